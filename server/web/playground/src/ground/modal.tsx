// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { ComponentChildren, JSX } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { Icon } from "./icons.js";

interface ModalProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** The browser's own dialog: it keeps the focus inside, closes by Escape, and gives focus back. */
export function Modal({ title, onClose, children }: ModalProps): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => {
      element?.close();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class="modal"
      aria-labelledby={heading}
      onClose={(event) => {
        // The event comes late: whoever opened this may have gone on to something else.
        if (event.currentTarget.isConnected) {
          onClose();
        }
      }}
    >
      <header class="modal-head">
        <h2 id={heading}>{title}</h2>
        <button
          type="button"
          class="round"
          aria-label="Close"
          onClick={() => {
            dialog.current?.close();
          }}
        >
          <Icon name="close" />
        </button>
      </header>
      {children}
    </dialog>
  );
}
