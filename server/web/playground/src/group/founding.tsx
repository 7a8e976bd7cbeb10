// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { FoundingSettings } from "@tern/client";
import type { JSX } from "preact";
import { Choice } from "./choice.js";
import { SLOW_MODES } from "./groupView.js";
import { PictureField } from "./pictureField.js";
import { RuleChoices } from "./ruleChoices.js";

interface FoundingProps {
  readonly settings: FoundingSettings;
  readonly onSettings: (settings: FoundingSettings) => void;
}

/** What a group or a room may have from its beginning on; folded, as the usual suits most. */
export function Founding({ settings, onSettings }: FoundingProps): JSX.Element {
  return (
    <details class="founding">
      <summary>Picture, slow mode, who may do what</summary>
      <div class="form">
        <PictureField
          address={settings.imageUrl ?? ""}
          onAddress={(imageUrl) => {
            onSettings({ ...settings, imageUrl });
          }}
        />
        <Choice
          label="Wait between two messages"
          value={settings.slowModeSeconds ?? 0}
          of={SLOW_MODES}
          onChoose={(slowModeSeconds) => {
            onSettings({ ...settings, slowModeSeconds });
          }}
        />
        <RuleChoices
          rules={settings}
          onChoose={(rule, role) => {
            onSettings({ ...settings, [rule]: role });
          }}
        />
      </div>
    </details>
  );
}

/** As the server is to hear them: an address as it was meant. */
export function founded<Settings extends FoundingSettings>(settings: Settings): Settings {
  return { ...settings, imageUrl: settings.imageUrl?.trim() ?? "" };
}
