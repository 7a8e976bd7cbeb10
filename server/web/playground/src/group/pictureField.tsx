// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";

interface PictureFieldProps {
  readonly address: string;
  readonly onAddress: (address: string) => void;
}

/** Where a group's picture is. */
export function PictureField({ address, onAddress }: PictureFieldProps): JSX.Element {
  const isWrong = address.trim() !== "" && !/^\s*https?:\/\/./i.test(address);
  return (
    <>
      <label class="field">
        <span>Address of a picture</span>
        <input
          dir="ltr"
          inputMode="url"
          value={address}
          maxLength={2_048}
          autocomplete="off"
          spellcheck={false}
          aria-invalid={isWrong}
          onInput={(event) => {
            onAddress(event.currentTarget.value);
          }}
        />
      </label>
      <p class="form-problem" role="alert">
        {isWrong ? "An address begins with https:// or http://." : ""}
      </p>
    </>
  );
}
