// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { type FoundingSettings, TernError, type TernClient } from "@tern/client";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Choice } from "../group/choice.js";
import { founded, Founding } from "../group/founding.js";
import { Icon } from "../ground/icons.js";
import { Modal } from "../ground/modal.js";
import { problemOf } from "../ground/wording.js";
import { latelyWatched } from "./lately.js";
import { roomIdFrom, selectionOf } from "./roomLink.js";

interface RoomsDialogProps {
  readonly client: TernClient;
  readonly me: string;
  /** A room is to be shown: one that is watched, or one that was made. */
  readonly onSelect: (selected: string) => void;
  readonly onClose: () => void;
}

const ACCESSES: readonly (readonly ["public" | "list", string])[] = [
  ["public", "Everybody who has the link"],
  ["list", "Only those on a list"],
];

/** The way into live rooms: watch one by its link, or make one. */
export function RoomsDialog({ client, me, onSelect, onClose }: RoomsDialogProps): JSX.Element {
  const choose = (selected: string): void => {
    onSelect(selected);
    onClose();
  };
  // Who is a member of a room has it in the list.
  const watch = (roomId: string): void => {
    const { entries, archived } = client.inbox;
    const isMember = [...entries, ...archived].some(
      ({ conversation }) => conversation.conversationId === roomId,
    );
    choose(isMember ? roomId : selectionOf(roomId));
  };
  return (
    <Modal title="Live rooms" class="modal-wide" onClose={onClose}>
      <Watch me={me} onRoom={watch} />
      <Make client={client} onMade={choose} />
    </Modal>
  );
}

interface WatchProps {
  readonly me: string;
  readonly onRoom: (roomId: string) => void;
}

function Watch({ me, onRoom }: WatchProps): JSX.Element {
  const [text, setText] = useState("");
  const roomId = roomIdFrom(text);
  const isWrong = text.trim() !== "" && roomId === undefined;
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (roomId !== undefined) {
          onRoom(roomId);
        }
      }}
    >
      <label class="field">
        <span>Link or id of a room</span>
        <input
          dir="ltr"
          value={text}
          maxLength={512}
          autofocus
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          aria-invalid={isWrong}
          onInput={(event) => {
            setText(event.currentTarget.value);
          }}
        />
      </label>
      <p class="form-problem" role="alert">
        {isWrong ? "That is no room’s link or id." : ""}
      </p>
      <Lately me={me} onRoom={onRoom} />
      <button type="submit" class="button" disabled={roomId === undefined}>
        Watch
      </button>
    </form>
  );
}

function Lately({ me, onRoom }: WatchProps): JSX.Element | null {
  const lately = latelyWatched(me);
  if (lately.length === 0) {
    return null;
  }
  return (
    <div role="group" aria-label="Watched lately">
      <p class="chips">
        {lately.map(({ roomId, name }) => (
          <button
            key={roomId}
            type="button"
            class="chip"
            onClick={() => {
              onRoom(roomId);
            }}
          >
            <bdi>{name}</bdi>
          </button>
        ))}
      </p>
    </div>
  );
}

interface MakeProps {
  readonly client: TernClient;
  readonly onMade: (conversationId: string) => void;
}

function Make({ client, onMade }: MakeProps): JSX.Element {
  const [name, setName] = useState("");
  const [access, setAccess] = useState<"public" | "list">("public");
  const [watchersPost, setWatchersPost] = useState(false);
  const [settings, setSettings] = useState<FoundingSettings>({});
  const [problem, setProblem] = useState("");
  const make = (): void => {
    client.open.create(name.trim(), { ...founded(settings), access, watchersPost }).then(
      ({ conversationId }) => {
        onMade(conversationId);
      },
      (error: unknown) => {
        setProblem(problemOf(error instanceof TernError ? error.code : "UNKNOWN"));
      },
    );
  };
  return (
    <form
      class="form part"
      onSubmit={(event) => {
        event.preventDefault();
        make();
      }}
    >
      <h3>Make a room</h3>
      <label class="field">
        <span>Name of the room</span>
        <input
          dir="auto"
          value={name}
          maxLength={128}
          autocomplete="off"
          onInput={(event) => {
            setName(event.currentTarget.value);
          }}
        />
      </label>
      <Choice label="Who may watch" value={access} of={ACCESSES} onChoose={setAccess} />
      <label class="tick-box">
        <input
          type="checkbox"
          checked={watchersPost}
          onChange={(event) => {
            setWatchersPost(event.currentTarget.checked);
          }}
        />
        Who watches may write, too
      </label>
      <Founding settings={settings} onSettings={setSettings} />
      <p class="form-problem" role="alert">
        {problem}
      </p>
      <button type="submit" class="button" disabled={name.trim() === ""}>
        <Icon name="live" />
        Make the room
      </button>
    </form>
  );
}
