// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { type GroupOptions, TernError, type TernClient } from "@tern/client";
import { Modal } from "../ground/modal.js";
import { founded, Founding } from "../group/founding.js";
import { joinBy } from "../group/joinBy.js";
import { isUserId, SUGGESTED } from "../ground/people.js";
import { problemOf } from "../ground/wording.js";

type Kind = "direct" | "group" | "join";

const KIND_WORDS = { direct: "One person", group: "Group", join: "Join" } as const;
const BEGIN_WORDS = { direct: "Begin", group: "Create group", join: "Join group" } as const;

interface NewConversationProps {
  readonly client: TernClient;
  readonly me: string;
  readonly onOpened: (conversationId: string) => void;
  readonly onClose: () => void;
}

/** Begins a direct conversation or a group, or joins one. */
export function NewConversation(props: NewConversationProps): JSX.Element {
  const { client, me, onOpened, onClose } = props;
  const [kind, setKind] = useState<Kind>("direct");
  const [name, setName] = useState("");
  const [people, setPeople] = useState("");
  const [key, setKey] = useState("");
  const [options, setOptions] = useState<GroupOptions>({ historyVisibility: "start" });
  const [problem, setProblem] = useState("");
  const userIds = people.split(/[\s,،]+/u).filter((text) => text !== "");
  const wrong = wrongIn(userIds, me);
  const isReady =
    kind === "join"
      ? key.trim() !== ""
      : wrong === "" && (kind === "direct" ? userIds.length === 1 : name.trim() !== "");

  const begin = async (): Promise<void> => {
    try {
      const conversation =
        kind === "join"
          ? await joinBy(client, key)
          : kind === "direct"
            ? await client.openDirect(userIds[0] ?? "")
            : await client.createGroup(name.trim(), userIds, founded(options));
      onOpened(conversation.conversationId);
      onClose();
    } catch (error) {
      setProblem(problemOf(error instanceof TernError ? error.code : "UNKNOWN"));
    }
  };

  return (
    <Modal title="New conversation" class="modal-wide" onClose={onClose}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          void begin();
        }}
      >
        <KindChoice kind={kind} onKind={setKind} />
        {kind === "join" && (
          <TextField
            label="Link, invitation or key"
            value={key}
            most={512}
            isFirst
            onText={setKey}
          />
        )}
        {kind === "group" && (
          <TextField label="Name of the group" value={name} most={128} isFirst onText={setName} />
        )}
        {kind !== "join" && (
          <Who kind={kind} me={me} text={people} taken={userIds} onText={setPeople} />
        )}
        {kind === "group" && <GroupStart options={options} onOptions={setOptions} />}
        <p class="form-problem" role="alert">
          {wrong === "" ? problem : wrong}
        </p>
        <button type="submit" class="button" disabled={!isReady}>
          {BEGIN_WORDS[kind]}
        </button>
      </form>
    </Modal>
  );
}

/** Why these can't be talked to; empty when they can. */
function wrongIn(userIds: readonly string[], me: string): string {
  if (userIds.includes(me)) {
    return `“${me}” is you.`;
  }
  const wrong = userIds.find((userId) => !isUserId(userId));
  return wrong === undefined
    ? ""
    : `“${wrong}” is no user’s id: those are made of A–Z, a–z, 0–9, _ . @ and -.`;
}

interface KindChoiceProps {
  readonly kind: Kind;
  readonly onKind: (kind: Kind) => void;
}

function KindChoice({ kind, onKind }: KindChoiceProps): JSX.Element {
  return (
    <fieldset class="choice">
      <legend class="unseen">Kind</legend>
      {(["direct", "group", "join"] as const).map((one) => (
        <label key={one}>
          <input
            type="radio"
            name="kind"
            checked={kind === one}
            onChange={() => {
              onKind(one);
            }}
          />
          <span>{KIND_WORDS[one]}</span>
        </label>
      ))}
    </fieldset>
  );
}

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly most: number;
  /** Whether one begins to type here. */
  readonly isFirst: boolean;
  readonly onText: (text: string) => void;
}

function TextField({ label, value, most, isFirst, onText }: TextFieldProps): JSX.Element {
  return (
    <label class="field">
      <span>{label}</span>
      <input
        dir="auto"
        value={value}
        maxLength={most}
        autofocus={isFirst}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        onInput={(event) => {
          onText(event.currentTarget.value);
        }}
      />
    </label>
  );
}

interface WhoProps {
  readonly kind: "direct" | "group";
  readonly me: string;
  readonly text: string;
  readonly taken: readonly string[];
  readonly onText: (text: string) => void;
}

/** One or several users, by their ids. */
function Who({ kind, me, text, taken, onText }: WhoProps): JSX.Element {
  return (
    <>
      <TextField
        label={kind === "direct" ? "Who" : "Who else, separated by spaces"}
        value={text}
        most={2_000}
        isFirst={kind === "direct"}
        onText={onText}
      />
      <Suggestions
        me={me}
        taken={taken}
        onPick={(userId) => {
          onText(kind === "direct" ? userId : [...taken, userId].join(" "));
        }}
      />
    </>
  );
}

interface GroupStartProps {
  readonly options: GroupOptions;
  readonly onOptions: (options: GroupOptions) => void;
}

/** What a new group is like. */
function GroupStart({ options, onOptions }: GroupStartProps): JSX.Element {
  return (
    <>
      <label class="tick-box">
        <input
          type="checkbox"
          checked={options.historyVisibility === "start"}
          onChange={({ currentTarget: { checked } }) => {
            onOptions({ ...options, historyVisibility: checked ? "start" : "joined" });
          }}
        />
        Who joins later sees what was written before
      </label>
      <Founding
        settings={options}
        onSettings={(settings) => {
          onOptions({ ...options, ...settings });
        }}
      />
    </>
  );
}

interface SuggestionsProps {
  readonly me: string;
  readonly taken: readonly string[];
  readonly onPick: (userId: string) => void;
}

function Suggestions({ me, taken, onPick }: SuggestionsProps): JSX.Element {
  const free = SUGGESTED.filter((userId) => userId !== me && !taken.includes(userId));
  return (
    <p class="chips">
      {free.map((userId) => (
        <button
          key={userId}
          type="button"
          class="chip"
          onClick={() => {
            onPick(userId);
          }}
        >
          {userId}
        </button>
      ))}
    </p>
  );
}
