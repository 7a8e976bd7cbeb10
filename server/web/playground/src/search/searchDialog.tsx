// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import type { TernClient } from "@tern/client";
import { Modal } from "../ground/modal.js";
import { SearchPanel } from "./searchPanel.js";

interface SearchDialogProps {
  readonly client: TernClient;
  readonly me: string;
  readonly conversationId: string;
  readonly title: string;
  readonly onJump: (sequence: number) => void;
  readonly onClose: () => void;
}

/** Searches within one conversation. */
export function SearchDialog(props: SearchDialogProps): JSX.Element {
  const { client, me, conversationId, title, onJump, onClose } = props;
  return (
    <Modal title={`Search in ${title}`} onClose={onClose}>
      <SearchPanel
        {...{ client, me, conversationId }}
        label={`Search in ${title}`}
        isFirst
        onFound={({ sequence }) => {
          onClose();
          onJump(sequence);
        }}
      />
    </Modal>
  );
}
