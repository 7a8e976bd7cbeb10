// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import type { Conversation, Edit, TimelineMessage } from "@tern/client";
import { dayOf, timeOf } from "../ground/format.js";
import { Modal } from "../ground/modal.js";
import { lineOf } from "../ground/wording.js";

interface EditHistoryProps {
  readonly conversation: Conversation;
  readonly message: TimelineMessage;
  readonly onProblem: (error: unknown) => void;
  readonly onClose: () => void;
}

/** What a message said before, the latest version first. */
export function EditHistory(props: EditHistoryProps): JSX.Element {
  const { conversation, message, onProblem, onClose } = props;
  const { edits, hasBefore, readOn } = useEdits(conversation, message, onProblem);
  return (
    <Modal title="Edit history" onClose={onClose}>
      <ol class="edits" aria-busy={edits === undefined}>
        <li>
          <p class="edit-when">Now</p>
          <p class="edit-text" dir="auto">
            {lineOf(message.content)}
          </p>
        </li>
        {edits?.map(({ revision, replacedAtMs, content }) => (
          <li key={revision}>
            <p class="edit-when">
              {`${dayOf(replacedAtMs, Date.now())}, until ${timeOf(replacedAtMs)}`}
            </p>
            <p class="edit-text" dir="auto">
              {lineOf(content)}
            </p>
          </li>
        ))}
      </ol>
      {hasBefore && (
        <button type="button" class="link" onClick={readOn}>
          Earlier versions
        </button>
      )}
    </Modal>
  );
}

interface Edits {
  /** Undefined until the first ones have come. */
  readonly edits: readonly Edit[] | undefined;
  readonly hasBefore: boolean;
  readonly readOn: () => void;
}

function useEdits(
  conversation: Conversation,
  { sequence }: TimelineMessage,
  onProblem: (error: unknown) => void,
): Edits {
  const [edits, setEdits] = useState<readonly Edit[] | undefined>();
  const [hasBefore, setHasBefore] = useState(false);
  const read = useCallback(
    (known: readonly Edit[]) => {
      conversation.readEdits(sequence, known.at(-1)?.revision).then((page) => {
        setEdits([...known, ...page.edits]);
        setHasBefore(page.hasBefore);
      }, onProblem);
    },
    [conversation, sequence, onProblem],
  );
  useEffect(() => {
    read([]);
  }, [read]);
  const readOn = (): void => {
    read(edits ?? []);
  };
  return { edits, hasBefore, readOn };
}
