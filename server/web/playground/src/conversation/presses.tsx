// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Button, Press, TernClient } from "@tern/client";
import { Icon } from "../ground/icons.js";
import { namesOf } from "../ground/wording.js";
import { useNames } from "../people/peopleView.js";
import { sentenceStart } from "../ground/format.js";

interface ChoiceProps {
  readonly client: TernClient;
  readonly conversationId: string;
  readonly sequence: number;
  readonly button: Button;
  readonly onPressed: () => void;
  readonly onProblem: (error: unknown) => void;
}

/** A button whose press comes to whoever sent the card. */
export function PressButton(props: ChoiceProps): JSX.Element {
  const { client, conversationId, sequence, button, onPressed, onProblem } = props;
  const state = client.buttons.stateOf(conversationId, sequence, button.id);
  const isDone = state === "pressed";
  return (
    <button
      type="button"
      class={`card-button${isDone ? " is-pressed" : ""}`}
      aria-busy={state === "pressing"}
      disabled={state === "pressing" || sequence === 0 || (isDone && button.once === true)}
      onClick={() => {
        client.buttons.press(conversationId, sequence, button.id).then(onPressed, onProblem);
      }}
    >
      {state === "pressing" && <span class="spinner" aria-hidden="true" />}
      {isDone && <Icon name="check" />}
      <bdi>{button.label}</bdi>
      {isDone && <span class="unseen">, chosen</span>}
    </button>
  );
}

interface PressesProps {
  readonly client: TernClient;
  readonly conversationId: string;
  readonly sequence: number;
  readonly buttons: readonly Button[];
}

/** Below one's own card: who has chosen what. */
export function Presses(props: PressesProps): JSX.Element | null {
  const { buttons } = props;
  const presses = usePresses(props);
  const nameOf = useNames();
  const chosen = buttons
    .map(({ id, label }) => ({
      label,
      who: [...new Set(presses.filter((one) => one.buttonId === id).map((one) => one.userId))],
    }))
    .filter(({ who }) => who.length > 0);
  return (
    <div class="presses" role="status">
      {chosen.map(({ label, who }) => (
        <p key={label}>
          <Icon name="check" />
          <span>
            {sentenceStart(namesOf(who, "", nameOf))} chose “<bdi>{label}</bdi>”
          </span>
        </p>
      ))}
    </div>
  );
}

/** The presses of one's own card: those of before, and each one that comes. */
function usePresses({ client, conversationId, sequence }: PressesProps): readonly Press[] {
  const [presses, setPresses] = useState<readonly Press[]>([]);
  useEffect(() => {
    let isWanted = true;
    const take = (fresh: readonly Press[]): void => {
      setPresses((known) => {
        const numbers = new Set(known.map(({ number }) => number));
        return [...known, ...fresh.filter(({ number }) => !numbers.has(number))];
      });
    };
    const read = async (after: number): Promise<void> => {
      const page = await client.buttons.list(conversationId, sequence, after);
      if (isWanted) {
        take(page.presses);
        const last = page.presses.at(-1);
        if (page.hasAfter && last !== undefined) {
          await read(last.number);
        }
      }
    };
    // What can't be read now comes the next time the card is shown.
    const readQuietly = (): void => {
      read(0).catch(() => undefined);
    };
    readQuietly();
    const stops = [
      client.on("press", (event) => {
        if (event.conversationId === conversationId && event.sequence === sequence) {
          take([event.press]);
        }
      }),
      client.on("connection", ({ phase }) => {
        if (phase === "online") {
          readQuietly();
        }
      }),
    ];
    return () => {
      isWanted = false;
      stops.forEach((stop) => {
        stop();
      });
    };
  }, [client, conversationId, sequence]);
  return presses;
}
