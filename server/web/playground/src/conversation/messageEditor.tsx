// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX, RefObject } from "preact";
import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { RefusedEdit, TimelineMessage } from "@tern/client";
import { problemOf } from "../ground/wording.js";
import type { Desk } from "./desk.js";
import { mentionsIn } from "./mentions.js";
import { WritingField } from "./writingField.js";

interface MessageEditorProps {
  readonly desk: Desk;
  readonly message: TimelineMessage;
  readonly names: readonly string[];
  /** The focus goes back to where it was. */
  readonly onLeave: () => void;
}

/**
 * Changes a message's text in its place: Enter saves, Escape leaves it as it was. An edit that was
 * refused stands here again, with the reason.
 */
export function MessageEditor({ desk, message, names, onLeave }: MessageEditorProps): JSX.Element {
  const { refusedEdit, sequence } = message;
  const before = textOf(message);
  const [text, setText] = useState(refusedEdit === undefined ? before : textOf(refusedEdit));
  const field = useRef<HTMLTextAreaElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const refusalId = useId();
  const mayEdit = desk.conversation.rightsOver(message).mayEdit;
  const isChanged = mayEdit && text.trim() !== "" && text.trim() !== before;
  useBeginning(form, field, refusedEdit !== undefined);

  const save = (): void => {
    if (isChanged) {
      const { metadata } = message;
      desk.saveEdit(sequence, text.trim(), { mentions: mentionsIn(text, names), metadata });
      onLeave();
    } else if (refusedEdit === undefined || text.trim() === before) {
      leave();
    }
  };
  const leave = (): void => {
    desk.conversation.discardEdit(sequence);
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
      {refusedEdit !== undefined && <Refusal id={refusalId} refusal={refusedEdit} />}
      <WritingField
        field={field}
        value={text}
        label="Text of the message"
        describedBy={refusedEdit && refusalId}
        placeholder="Write a message"
        names={names}
        onChange={setText}
        onDone={save}
        onEscape={leave}
      />
      <p class="editor-buttons">
        <button type="button" class="link" onClick={leave}>
          Cancel
        </button>
        <button type="submit" class="link" disabled={!isChanged}>
          Save
        </button>
      </p>
    </form>
  );
}

/** Why the words below were not taken; read out at once. */
function Refusal({ id, refusal }: { id: string; refusal: RefusedEdit }): JSX.Element {
  const { error, reason } = refusal;
  return (
    <p id={id} class="editor-refusal" role="alert">
      Your edit was not saved. {problemOf(error)}{" "}
      {reason !== undefined && <q dir="auto">{reason}</q>}
    </p>
  );
}

function textOf({ content }: Pick<TimelineMessage | RefusedEdit, "content">): string {
  return content.type === "text" ? content.text : "";
}

/** Takes the focus; after a refusal only if it has not gone to other writing meanwhile. */
function useBeginning(
  form: RefObject<HTMLFormElement | null>,
  field: RefObject<HTMLTextAreaElement | null>,
  isRefused: boolean,
): void {
  // Before anybody can write or select there.
  useLayoutEffect(() => {
    const active = document.activeElement ?? document.body;
    const here = form.current?.closest(".message");
    const isFree = active === document.body || here?.contains(active) === true;
    if (field.current !== null && (!isRefused || isFree)) {
      const end = field.current.value.length;
      field.current.focus();
      field.current.setSelectionRange(end, end);
      form.current?.scrollIntoView({ block: "nearest" });
    }
  }, [form, field, isRefused]);
}
