// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { ComposerNotice } from "../conversation/composerNotice.js";
import { WritingField } from "../conversation/writingField.js";
import { Icon } from "../ground/icons.js";
import type { RoomDesk } from "./roomView.js";
import { usePostingIn } from "./useRoom.js";

interface RoomComposerProps {
  readonly desk: RoomDesk;
  readonly name: string;
}

/** Where one writes in a room, or why one can't; changes a message where one is being changed. */
export function RoomComposer({ desk, name }: RoomComposerProps): JSX.Element | null {
  const { room, state, editing, edit, settle, onProblem } = desk;
  const [text, setText] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);
  const posting = usePostingIn(desk);
  const isSlow = !posting.may && posting.because === "slow";
  const isHeld = text.trim() === "" || (isSlow && editing === undefined);
  useEditedText(desk, setText, field);
  if (!state.isLoaded) {
    return null;
  }
  if (!posting.may && !isSlow) {
    return (
      <div class="composer composer-closed" role="status">
        <ComposerNotice refusal={posting} />
      </div>
    );
  }

  const done = (): void => {
    if (isHeld) {
      return;
    }
    try {
      if (editing === undefined) {
        room.send(text.trim());
      } else {
        settle(room.edit(editing, text.trim()), "The message is changed");
        edit(undefined);
      }
      setText("");
    } catch (error) {
      onProblem(error);
    }
    field.current?.focus();
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        done();
      }}
    >
      {isSlow && <ComposerNotice refusal={posting} />}
      {editing !== undefined && <EditBar onStop={edit} />}
      <WritingField
        field={field}
        value={text}
        label={editing === undefined ? `Message to ${name}` : "Change your message"}
        placeholder="Write to everybody"
        names={[]}
        onChange={setText}
        onDone={done}
        onEscape={() => {
          edit(undefined);
        }}
      />
      <button type="submit" class="send" aria-label="Send" disabled={isHeld}>
        <Icon name="send" />
      </button>
    </form>
  );
}

/** The text of the message that is being changed stands in the field until that is over. */
function useEditedText(
  { state, editing }: RoomDesk,
  setText: (text: string) => void,
  field: { readonly current: HTMLTextAreaElement | null },
): void {
  const was = useRef<number | undefined>(undefined);
  useLayoutEffect(() => {
    if (was.current === editing) {
      return;
    }
    was.current = editing;
    const message = state.messages.find(({ sequence }) => sequence === editing);
    setText(message?.content.type === "text" ? message.content.text : "");
    if (editing !== undefined) {
      field.current?.focus();
    }
  }, [state, editing, setText, field]);
}

function EditBar({ onStop }: { readonly onStop: (none: undefined) => void }): JSX.Element {
  return (
    <div class="reply-bar" role="group" aria-label="You change a message">
      <Icon name="edit" />
      <p class="quote">Changing what you wrote</p>
      <button
        type="button"
        class="round round-small"
        aria-label="Leave it as it is"
        title="Leave it as it is (Escape)"
        onClick={() => {
          onStop(undefined);
        }}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}
