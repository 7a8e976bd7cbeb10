// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { TimelineMessage } from "@tern/client";
import type { Desk } from "./desk.js";
import { mentionsIn } from "./mentions.js";
import { WritingField } from "./writingField.js";

interface MessageEditorProps {
  readonly desk: Desk;
  readonly message: TimelineMessage;
  readonly text: string;
  readonly names: readonly string[];
  /** The focus goes back to where it was. */
  readonly onLeave: () => void;
}

/** Changes a message's text in its place: Enter saves, Escape leaves it as it was. */
export function MessageEditor(props: MessageEditorProps): JSX.Element {
  const { desk, message, text: before, names, onLeave } = props;
  const [text, setText] = useState(before);
  const field = useRef<HTMLTextAreaElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const isChanged = text.trim() !== "" && text.trim() !== before;
  useEffect(() => {
    field.current?.focus();
    field.current?.setSelectionRange(before.length, before.length);
    form.current?.scrollIntoView({ block: "nearest" });
  }, [before]);

  const save = (): void => {
    if (isChanged) {
      const { metadata } = message;
      const mentions = mentionsIn(text, names);
      const { conversation } = desk;
      desk.settle(
        conversation.edit(message.sequence, text.trim(), { mentions, metadata }),
        "Edited",
      );
    }
    onLeave();
  };
  return (
    <form
      ref={form}
      class="editor"
      aria-label="Edit message"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <WritingField
        field={field}
        value={text}
        label="Text of the message"
        placeholder="Write a message"
        names={names}
        onChange={setText}
        onDone={save}
        onEscape={onLeave}
      />
      <p class="editor-buttons">
        <button type="button" class="link" onClick={onLeave}>
          Cancel
        </button>
        <button type="submit" class="link" disabled={!isChanged}>
          Save
        </button>
      </p>
    </form>
  );
}
