// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Modal } from "../ground/modal.js";
import { useNames, useWatched } from "../people/peopleView.js";
import { PersonAvatar } from "../people/personAvatar.js";
import { type DeliveryRecord, deviceNameOf, stepsOf, wordingOf } from "./deliveryRecord.js";

const LOOK_EVERY_MS = 1_000;
const CLOCK = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });

interface WhyNoPushProps {
  readonly conversationId: string;
  readonly sequence: number;
  readonly onClose: () => void;
}

/** What became of a message on each device of those who should know of it, and why. */
export function WhyNoPush({ conversationId, sequence, onClose }: WhyNoPushProps): JSX.Element {
  const found = useRecords(conversationId, sequence);
  const records = found?.filter(({ outcome }) => outcome !== "own_message");
  const whose = [...new Set(records?.map(({ userId }) => userId))];
  useWatched(whose);
  return (
    <Modal title="Why was there no push?" class="why" onClose={onClose}>
      {records === undefined && <p>Asking the server…</p>}
      {records?.length === 0 && (
        <p>
          {found?.length === 0
            ? "None of its recipients has told Tern of a device yet."
            : "Nobody but its sender has a device here."}
        </p>
      )}
      {whose.map((userId) => (
        <Recipient
          key={userId}
          userId={userId}
          records={records?.filter((record) => record.userId === userId) ?? []}
        />
      ))}
    </Modal>
  );
}

interface RecipientProps {
  readonly userId: string;
  readonly records: readonly DeliveryRecord[];
}

function Recipient({ userId, records }: RecipientProps): JSX.Element {
  const nameOf = useNames();
  return (
    <section class="why-person">
      <h3>
        <PersonAvatar userId={userId} size="small" />
        <bdi>{nameOf(userId)}</bdi>
      </h3>
      <ul>
        {records.map((record) => {
          const { ending, title, why } = wordingOf(record);
          return (
            <li key={record.deviceId} data-outcome={record.outcome}>
              <p class="why-head">
                <span class="one-line">{deviceNameOf(record)}</span>
                <span class={`why-mark why-${ending}`}>{title}</span>
              </p>
              <p>{why}</p>
              {record.reason !== undefined && <p>It said: {record.reason}</p>}
              {stepsOf(record, (ms) => CLOCK.format(ms)).map((step) => (
                <p key={step} class="why-step">
                  {step}
                </p>
              ))}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** Looks again each second: what waits now is decided soon. Undefined until the first answer. */
function useRecords(
  conversationId: string,
  sequence: number,
): readonly DeliveryRecord[] | undefined {
  const [records, setRecords] = useState<readonly DeliveryRecord[] | undefined>();
  useEffect(() => {
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async (): Promise<void> => {
      try {
        const query = `conversation=${conversationId}&sequence=${sequence}`;
        const response = await fetch(`/demo/delivery?${query}`);
        if (!isOver && response.ok) {
          const { devices } = (await response.json()) as { devices: readonly DeliveryRecord[] };
          setRecords(devices);
        }
      } catch {
        // The server is away; the next look finds it.
      }
      if (!isOver) {
        timer = setTimeout(() => void look(), LOOK_EVERY_MS);
      }
    };
    void look();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [conversationId, sequence]);
  return records;
}
