// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import {
  type ForwardOutcome,
  type InboxEntry,
  type TernClient,
  TernError,
  type TimelineMessage,
} from "@tern/client";
import { Avatar } from "../ground/avatar.js";
import { Modal } from "../ground/modal.js";
import { type NameOf, previewOf, problemOf, titleOf } from "../ground/wording.js";
import { useNames } from "../people/peopleView.js";
import type { Desk } from "./desk.js";

/** The protocol's most targets of one forward. */
const MOST_TARGETS = 10;

interface ForwardingProps {
  readonly client: TernClient;
  readonly desk: Desk;
  readonly message: TimelineMessage;
  readonly me: string;
}

/** Chooses where to send a message on to. */
export function Forwarding({ client, desk, message, me }: ForwardingProps): JSX.Element {
  const nameOf = useNames();
  const [filter, setFilter] = useState("");
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [showsSender, setShowsSender] = useState(true);
  const [problem, setProblem] = useState("");
  const [isSending, setSending] = useState(false);
  const close = (): void => {
    desk.open(undefined);
  };
  const forward = async (): Promise<void> => {
    setSending(true);
    setProblem("");
    try {
      const { conversationId } = desk.conversation;
      const which = { conversationId, sequence: message.sequence };
      const outcomes = await client.forward(which, chosen, { showSender: showsSender });
      const refused = outcomes.filter(({ error }) => error !== undefined);
      if (refused.length === 0) {
        desk.announce(chosen.length === 1 ? "Forwarded" : `Forwarded to ${chosen.length}`);
        close();
        return;
      }
      setChosen(refused.map((one) => one.conversationId));
      setProblem(refusalOf(client, nameOf, refused[0]));
    } catch (error) {
      setProblem(problemOf(error instanceof TernError ? error.code : "UNKNOWN"));
    }
    setSending(false);
  };
  return (
    <Modal title="Forward to" onClose={close}>
      <form
        class="form forwarding"
        onSubmit={(event) => {
          event.preventDefault();
          void forward();
        }}
      >
        <p class="edit-text forward-what" dir="auto">
          {previewOf(message, me, nameOf)}
        </p>
        <label class="field">
          <span>Find a conversation</span>
          <input
            dir="auto"
            value={filter}
            autofocus
            autocomplete="off"
            spellcheck={false}
            onInput={(event) => {
              setFilter(event.currentTarget.value);
            }}
          />
        </label>
        <Targets
          {...{ client, filter, chosen }}
          from={desk.conversation.conversationId}
          onChoose={setChosen}
        />
        <label class="tick-box">
          <input
            type="checkbox"
            checked={showsSender}
            onChange={(event) => {
              setShowsSender(event.currentTarget.checked);
            }}
          />
          Show who wrote it
        </label>
        <p class="form-problem" role="alert">
          {problem}
        </p>
        <button type="submit" class="button" disabled={chosen.length === 0 || isSending}>
          {chosen.length > 1 ? `Forward to ${chosen.length}` : "Forward"}
        </button>
      </form>
    </Modal>
  );
}

interface TargetsProps {
  readonly client: TernClient;
  readonly filter: string;
  readonly from: string;
  readonly chosen: readonly string[];
  readonly onChoose: (chosen: readonly string[]) => void;
}

function Targets({ client, filter, from, chosen, onChoose }: TargetsProps): JSX.Element {
  const nameOf = useNames();
  const { entries, archived } = client.inbox;
  const shown = [...entries, ...archived].filter(
    (entry) => entry.conversation.conversationId !== from && matches(entry, filter, nameOf),
  );
  return (
    <fieldset class="forward-targets">
      <legend class="unseen">Conversations</legend>
      {shown.map(({ conversation, peerId }) => {
        const { conversationId, kind } = conversation;
        const isChosen = chosen.includes(conversationId);
        return (
          <label key={conversationId} class="forward-target">
            <Avatar
              name={titleOf(conversation, peerId, nameOf)}
              isGroup={kind !== "direct"}
              size="small"
            />
            <bdi class="one-line">{titleOf(conversation, peerId, nameOf)}</bdi>
            <input
              type="checkbox"
              checked={isChosen}
              disabled={!isChosen && chosen.length >= MOST_TARGETS}
              onChange={() => {
                onChoose(
                  isChosen
                    ? chosen.filter((one) => one !== conversationId)
                    : [...chosen, conversationId],
                );
              }}
            />
          </label>
        );
      })}
      {shown.length === 0 && <p class="search-note">No conversation of that name.</p>}
    </fieldset>
  );
}

function matches({ conversation, peerId }: InboxEntry, filter: string, nameOf: NameOf): boolean {
  const title = titleOf(conversation, peerId, nameOf).toLocaleLowerCase();
  return title.includes(filter.trim().toLocaleLowerCase());
}

function refusalOf(client: TernClient, nameOf: NameOf, refused?: ForwardOutcome): string {
  const { entries, archived } = client.inbox;
  const entry = [...entries, ...archived].find(
    (one) => one.conversation.conversationId === refused?.conversationId,
  );
  const title = entry === undefined ? "" : titleOf(entry.conversation, entry.peerId, nameOf);
  return `Not forwarded to ${title}: ${problemOf(refused?.error?.code ?? "UNKNOWN")}`;
}
