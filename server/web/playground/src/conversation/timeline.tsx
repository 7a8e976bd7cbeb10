// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Conversation, ConversationState } from "@tern/client";
import type { Desk } from "./desk.js";
import { dayOf } from "../ground/format.js";
import { useIsOnScreen } from "../ground/hooks.js";
import { Message } from "./message.js";
import { type Missed, type TimelineItem, timelineItems } from "./timelineItems.js";

const NEAR_PX = 80;

interface TimelineProps {
  readonly desk: Desk;
  readonly state: ConversationState;
  readonly me: string;
  /** Who can be mentioned. */
  readonly names: readonly string[];
  readonly onProblem: (error: unknown) => void;
}

/**
 * The messages, from the oldest that is loaded down to the newest; the arrow keys go from one to
 * the next.
 */
export function Timeline({ desk, state, me, names, onProblem }: TimelineProps): JSX.Element {
  const { conversation } = desk;
  const box = useRef<HTMLDivElement>(null);
  const [isAtEnd, setAtEnd] = useState(true);
  const [isLoadingOlder, setLoadingOlder] = useState(false);
  const missed = useMissed(state, me);
  const items = useMemo(
    () => timelineItems(state.messages, me, missed),
    [state.messages, me, missed],
  );
  const isOnScreen = useIsOnScreen(box);
  useStay(box, state, isAtEnd);
  useReading(conversation, state, isOnScreen && isAtEnd);
  useFound(box, desk.found);

  const loadOlder = (): void => {
    if (state.hasBefore && !isLoadingOlder) {
      setLoadingOlder(true);
      conversation
        .loadOlder()
        .catch(onProblem)
        .finally(() => {
          setLoadingOlder(false);
        });
    }
  };
  const scrolled = ({ scrollTop, scrollHeight, clientHeight }: HTMLDivElement): void => {
    setAtEnd(scrollHeight - scrollTop - clientHeight < NEAR_PX);
    if (scrollTop < NEAR_PX) {
      loadOlder();
    }
  };

  return (
    <div
      class="timeline"
      ref={box}
      aria-description="The arrow keys go from message to message, Enter opens what to do with one"
      role="log"
      aria-label="Messages"
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
      {state.hasBefore && (
        <button type="button" class="link older" onClick={loadOlder}>
          {isLoadingOlder ? "Loading…" : "Earlier messages"}
        </button>
      )}
      {state.isLoaded && items.length === 0 && (
        <p class="timeline-empty">No messages yet. Say hello.</p>
      )}
      {items.map((item) => (
        <Item
          key={item.key}
          item={item}
          desk={desk}
          me={me}
          names={names}
          showsSender={state.details?.kind !== "direct"}
        />
      ))}
    </div>
  );
}

interface ItemProps {
  readonly item: TimelineItem;
  readonly desk: Desk;
  readonly me: string;
  readonly names: readonly string[];
  readonly showsSender: boolean;
}

function Item({ item, desk, me, names, showsSender }: ItemProps): JSX.Element {
  switch (item.kind) {
    case "day":
      return (
        <p class="day">
          <span>{dayOf(item.atMs, Date.now())}</span>
        </p>
      );
    case "unread":
      return (
        <p class="unread-line">
          <span>{item.count === 1 ? "1 unread message" : `${item.count} unread messages`}</span>
        </p>
      );
    case "message": {
      const { message, isFirst, isLast } = item;
      return <Message {...{ desk, message, me, names, isFirst, isLast, showsSender }} />;
    }
  }
}

/**
 * What was unread when the user came to the conversation, or came back to it: the line above it
 * stays while they read on.
 */
function useMissed(state: ConversationState, me: string): Missed | undefined {
  const missed = useRef<Missed | undefined>(undefined);
  if (state.isBehind) {
    missed.current = undefined;
  } else if (state.isLoaded) {
    missed.current ??= {
      after: state.markers.get(me)?.read ?? 0,
      through: state.messages.reduce((most, { sequence }) => Math.max(most, sequence), 0),
    };
  }
  return missed.current;
}

/** Marks as read what is on the screen of somebody who looks. */
function useReading(
  conversation: Conversation,
  state: ConversationState,
  isLooking: boolean,
): void {
  useEffect(() => {
    if (isLooking && state.isLoaded && !state.isBehind && !state.isGone) {
      conversation.markRead();
    }
  }, [conversation, state, isLooking]);
}

/** By the arrows from message to message, the newest first. */
export function goToMessage(event: KeyboardEvent): void {
  if (event.key !== "ArrowUp" && event.key !== "ArrowDown") {
    return;
  }
  const box = event.currentTarget as HTMLElement;
  const messages = [...box.querySelectorAll<HTMLElement>(".message")];
  const at = messages.findIndex((message) => message.contains(document.activeElement));
  const isDown = event.key === "ArrowDown";
  const next = at < 0 ? messages.length - 1 : at + (isDown ? 1 : -1);
  if (messages[next] !== undefined && !(at < 0 && isDown)) {
    event.preventDefault();
    messages[next].focus();
  }
}

/** Brings the message that was jumped to into view, and the focus to it. */
function useFound(box: { readonly current: HTMLElement | null }, found: number | undefined): void {
  useEffect(() => {
    const message = box.current?.querySelector<HTMLElement>(`[data-sequence="${found ?? ""}"]`);
    message?.scrollIntoView({ block: "center" });
    message?.focus({ preventScroll: true });
  }, [box, found]);
}

/**
 * Stays at the newest message, or with the one in view when older ones come before it, or when
 * what stands above or below grows.
 */
export function useStay(
  box: { readonly current: HTMLDivElement | null },
  state: Pick<ConversationState, "messages">,
  isAtEnd: boolean,
): void {
  const last = useRef({ first: 0, height: 0 });
  const lowerEdge = useRef(0);
  const first = state.messages[0]?.sequence ?? 0;
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) {
      return;
    }
    const grewAtStart = first > 0 && first < last.current.first;
    if (grewAtStart && !isAtEnd) {
      element.scrollTop += element.scrollHeight - last.current.height;
    } else if (isAtEnd || state.messages.at(-1)?.tick === "pending") {
      element.scrollTop = element.scrollHeight;
    }
    last.current = { first, height: element.scrollHeight };
    lowerEdge.current = element.scrollTop + element.clientHeight;
  }, [box, state, first, isAtEnd]);
  useEffect(() => {
    const element = box.current;
    if (element === null) {
      return undefined;
    }
    const scrolled = (): void => {
      lowerEdge.current = element.scrollTop + element.clientHeight;
    };
    const watch = new ResizeObserver(() => {
      element.scrollTop =
        (isAtEnd ? element.scrollHeight : lowerEdge.current) - element.clientHeight;
    });
    watch.observe(element);
    element.addEventListener("scroll", scrolled, { passive: true });
    return () => {
      watch.disconnect();
      element.removeEventListener("scroll", scrolled);
    };
  }, [box, isAtEnd]);
}
