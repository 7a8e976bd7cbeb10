// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { ComponentChildren, JSX } from "preact";
import { Modal } from "./modal.js";

interface ConfirmationProps {
  readonly title: string;
  /** What is done if the person says so. */
  readonly deed: string;
  readonly keep?: string;
  readonly onDo: () => void;
  readonly onClose: () => void;
  /** What it means. */
  readonly children: ComponentChildren;
}

/** Asks once more before what can't be undone. */
export function Confirmation(props: ConfirmationProps): JSX.Element {
  const { title, deed, keep = "Keep", onDo, onClose, children } = props;
  return (
    <Modal title={title} onClose={onClose}>
      {children}
      <div class="modal-buttons">
        <button type="button" class="button button-plain" onClick={onClose}>
          {keep}
        </button>
        <button
          type="button"
          class="button button-grave"
          onClick={() => {
            onClose();
            onDo();
          }}
        >
          {deed}
        </button>
      </div>
    </Modal>
  );
}
