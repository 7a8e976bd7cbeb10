// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { useMemo, useRef, useState } from "preact/hooks";
import { goToMessage, useStay } from "../conversation/scrolling.js";
import { timelineItems } from "../conversation/timelineItems.js";
import { dayOf } from "../ground/format.js";
import { RoomMessage } from "./roomMessage.js";
import type { RoomDesk } from "./roomView.js";
import { skippedWords } from "./roomWords.js";

const NEAR_PX = 80;

/** The newest messages of a room; earlier ones are let go of when the person is back at the end. */
export function RoomTimeline({ desk }: { readonly desk: RoomDesk }): JSX.Element {
  const { room, state, me, onProblem } = desk;
  const box = useRef<HTMLDivElement>(null);
  const [isAtEnd, setAtEnd] = useState(true);
  const [isLoadingOlder, setLoadingOlder] = useState(false);
  const items = useMemo(() => timelineItems(state.messages, me, undefined), [state.messages, me]);
  useStay(box, state, isAtEnd);

  const loadOlder = (): void => {
    if (state.hasBefore && !isLoadingOlder) {
      setLoadingOlder(true);
      room
        .loadOlder()
        .catch(onProblem)
        .finally(() => {
          setLoadingOlder(false);
        });
    }
  };
  const scrolled = ({ scrollTop, scrollHeight, clientHeight }: HTMLDivElement): void => {
    const isNowAtEnd = scrollHeight - scrollTop - clientHeight < NEAR_PX;
    if (isNowAtEnd && !isAtEnd) {
      room.forgetOlder();
    }
    setAtEnd(isNowAtEnd);
  };

  return (
    <div
      class="timeline"
      ref={box}
      role="log"
      aria-label="Messages"
      aria-description="The arrow keys go from message to message, Enter opens what to do with one"
      aria-busy={isLoadingOlder || !state.isLoaded}
      tabIndex={0}
      onScroll={(event) => {
        scrolled(event.currentTarget);
      }}
      onKeyDown={(event) => {
        if (!(event.target instanceof HTMLTextAreaElement)) {
          goToMessage(event);
        }
      }}
    >
      <Earlier desk={desk} isLoading={isLoadingOlder} onLoad={loadOlder} />
      {state.isLoaded && items.length === 0 && (
        <p class="timeline-empty">Nothing has been said here yet.</p>
      )}
      {items.map((item) => {
        switch (item.kind) {
          case "day":
            return (
              <p class="day" key={item.key}>
                <span>{dayOf(item.atMs, Date.now())}</span>
              </p>
            );
          case "message": {
            const { message, isFirst, isLast } = item;
            return <RoomMessage key={item.key} {...{ desk, message, isFirst, isLast }} />;
          }
          case "unread":
            return null;
        }
      })}
    </div>
  );
}

interface EarlierProps {
  readonly desk: RoomDesk;
  readonly isLoading: boolean;
  readonly onLoad: () => void;
}

/** The way to what was before, and what was passed over in between. */
function Earlier({ desk: { state }, isLoading, onLoad }: EarlierProps): JSX.Element | null {
  const { skipped, hasBefore } = state;
  if (!hasBefore) {
    return null;
  }
  return (
    <div class="room-earlier">
      {skipped !== undefined && (
        <p class="unread-line">
          <span>{skippedWords(skipped.through - skipped.after)}</span>
        </p>
      )}
      <button type="button" class="link older" onClick={onLoad}>
        {isLoading ? "Loading…" : "Earlier messages"}
      </button>
    </div>
  );
}
