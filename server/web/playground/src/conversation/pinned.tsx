// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import type { ConversationState, Message } from "@tern/client";
import { directionOf, whenOf } from "../ground/format.js";
import { Icon } from "../ground/icons.js";
import { Modal } from "../ground/modal.js";
import { previewOf } from "../ground/wording.js";
import { useNames } from "../people/peopleView.js";
import type { Desk } from "./desk.js";

interface PinnedProps {
  readonly desk: Desk;
  readonly state: ConversationState;
  readonly me: string;
}

/** The message that was pinned last, and the way to all of them. */
export function PinnedBar({ desk, state, me }: PinnedProps): JSX.Element | null {
  const [last] = state.pinned;
  if (last === undefined) {
    return null;
  }
  return (
    <section class="pinned-bar" aria-label="Pinned">
      <Icon name="pin" />
      <button
        type="button"
        class="pinned-last"
        title="Show this message"
        onClick={() => {
          desk.jump(last.sequence);
        }}
      >
        <PinnedLines message={last} me={me} />
      </button>
      <button
        type="button"
        class="round"
        aria-label={`All pinned messages, ${state.pinned.length}`}
        title="All pinned messages"
        onClick={() => {
          desk.open({ kind: "pinned" });
        }}
      >
        <Icon name="list" />
      </button>
    </section>
  );
}

/** All pinned messages, each with the way to it. */
export function PinnedList({ desk, state, me }: PinnedProps): JSX.Element {
  const { conversation } = desk;
  const close = (): void => {
    desk.open(undefined);
  };
  return (
    <Modal title={`${state.pinned.length} pinned`} onClose={close}>
      <ul class="pinned-list">
        {state.pinned.map((message) => (
          <li key={message.sequence}>
            <button
              type="button"
              class="pinned-last"
              onClick={() => {
                close();
                desk.jump(message.sequence);
              }}
            >
              <PinnedLines message={message} me={me} />
            </button>
            {conversation.rightsOver(message).mayPin && (
              <button
                type="button"
                class="round round-small"
                aria-label={`Unpin ${previewOf(message, me)}`}
                title="Unpin"
                onClick={() => {
                  desk.settle(conversation.unpin(message.sequence), "Unpinned");
                }}
              >
                <Icon name="close" />
              </button>
            )}
          </li>
        ))}
      </ul>
      {state.pinned.length === 0 && <p class="pinned-none">Nothing is pinned any more.</p>}
    </Modal>
  );
}

function PinnedLines({ message, me }: { message: Message; me: string }): JSX.Element {
  const nameOf = useNames();
  const words = previewOf(message, me, nameOf);
  return (
    <>
      <span class="pinned-who">
        <bdi>{message.senderId === me ? "You" : nameOf(message.senderId)}</bdi>
        {", "}
        <time>{whenOf(message.createdAtMs, Date.now())}</time>
      </span>
      <span class="pinned-text one-line" dir={directionOf(words) ?? "auto"}>
        {words}
      </span>
    </>
  );
}
