// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { ComponentChildren, JSX } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { Icon } from "./icons.js";

interface ModalProps {
  readonly title: string;
  readonly class?: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** The browser's own dialog: it keeps the focus inside, closes by Escape, and gives focus back. */
export function Modal({ title, class: name = "", onClose, children }: ModalProps): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const element = dialog.current;
    const opener = document.activeElement;
    element?.showModal();
    return () => {
      element?.close();
      // A dialog that was taken from the page before it was closed gives back nothing itself.
      if (document.activeElement === document.body && opener instanceof HTMLElement) {
        opener.focus({ preventScroll: true });
      }
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class={`modal ${name}`}
      aria-labelledby={heading}
      onClose={(event) => {
        // It comes late, when whoever opened this may have gone on, and from dialogs within too.
        if (event.currentTarget.isConnected && event.target === event.currentTarget) {
          onClose();
        }
      }}
    >
      <header class="modal-head">
        <h2 id={heading}>
          <bdi>{title}</bdi>
        </h2>
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
