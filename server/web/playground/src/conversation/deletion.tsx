// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import type { TimelineMessage } from "@tern/client";
import { Modal } from "../ground/modal.js";
import { previewOf } from "../ground/wording.js";
import { useNames } from "../people/peopleView.js";
import type { Desk } from "./desk.js";

interface DeletionProps {
  readonly desk: Desk;
  readonly message: TimelineMessage;
  readonly me: string;
}

/** Asks once more: what is deleted does not come back. */
export function Deletion({ desk, message, me }: DeletionProps): JSX.Element {
  const nameOf = useNames();
  const close = (): void => {
    desk.open(undefined);
  };
  return (
    <Modal title="Delete for everybody?" onClose={close}>
      <p class="edit-text" dir="auto">
        {previewOf(message, me, nameOf)}
      </p>
      <div class="modal-buttons">
        <button type="button" class="button button-plain" onClick={close}>
          Keep
        </button>
        <button
          type="button"
          class="button button-grave"
          onClick={() => {
            close();
            desk.settle(desk.conversation.delete(message.sequence), "Deleted");
          }}
        >
          Delete
        </button>
      </div>
    </Modal>
  );
}
