// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { TernError, type ReportReason, type ReportSubject } from "@tern/client";
import { Modal } from "../ground/modal.js";
import { problemOf } from "../ground/wording.js";
import { REASONS } from "./peopleWords.js";
import { usePeople } from "./peopleView.js";

const MOST_CHARACTERS = 1_000;

interface ReportDialogProps {
  readonly subject: ReportSubject;
  /** The person, or the message as a line. */
  readonly what: string;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Puts a message or a person before the moderators. */
export function ReportDialog({ subject, what, onDone, onClose }: ReportDialogProps): JSX.Element {
  const { client } = usePeople();
  const [reason, setReason] = useState<ReportReason | undefined>();
  const [text, setText] = useState("");
  const [problem, setProblem] = useState("");
  const send = (chosen: ReportReason): void => {
    client.people.report(subject, chosen, text.trim()).then(
      () => {
        onDone();
        onClose();
      },
      (error: unknown) => {
        setProblem(problemOf(error instanceof TernError ? error.code : "UNKNOWN"));
      },
    );
  };
  return (
    <Modal title="Report" onClose={onClose}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (reason !== undefined) {
            send(reason);
          }
        }}
      >
        <p class="edit-text" dir="auto">
          {what}
        </p>
        <fieldset class="reasons">
          <legend>What is wrong?</legend>
          {REASONS.map(([one, words]) => (
            <label key={one} class="tick-box">
              <input
                type="radio"
                name="reason"
                checked={one === reason}
                onChange={() => {
                  setReason(one);
                }}
              />
              {words}
            </label>
          ))}
        </fieldset>
        <label class="field">
          <span>What should the moderators know?</span>
          <textarea
            dir="auto"
            rows={3}
            value={text}
            maxLength={MOST_CHARACTERS}
            onInput={(event) => {
              setText(event.currentTarget.value);
            }}
          />
        </label>
        <p class="hint">Only the moderators see this. What is written now is kept with it.</p>
        <p class="form-problem" role="alert">
          {problem}
        </p>
        <button type="submit" class="button button-grave" disabled={reason === undefined}>
          Send report
        </button>
      </form>
    </Modal>
  );
}
