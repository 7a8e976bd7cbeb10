// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Conversation, ConversationState } from "@tern/client";
import type { Desk } from "./desk.js";
import { dayOf } from "../ground/format.js";
import { useIsOnScreen, useRenderAt } from "../ground/hooks.js";
import { Message } from "./message.js";
import { NewestButton } from "./newestButton.js";
import { goToMessage, useFound, useStay } from "./scrolling.js";
import { type Missed, type TimelineItem, timelineItems } from "./timelineItems.js";

const NEAR_PX = 80;
const HOW_TO_GO = "The arrow keys go from message to message, Enter opens what to do with one";

interface TimelineProps {
  readonly desk: Desk;
  readonly state: ConversationState;
  readonly me: string;
  /** Who can be mentioned. */
  readonly names: readonly string[];
  readonly onProblem: (error: unknown) => void;
}

/**
 * The messages, from the oldest that is loaded down to the newest, or those around one far above;
 * the arrow keys go from one to the next.
 */
export function Timeline({ desk, state, me, names, onProblem }: TimelineProps): JSX.Element {
  const { conversation } = desk;
  const { hasBefore, hasAfter, messages } = state;
  const box = useRef<HTMLDivElement>(null);
  const [isNearEnd, setNearEnd] = useState(true);
  const isAtEnd = isNearEnd && !hasAfter;
  const [isLoadingOlder, loadOlder] = useLoading(() => conversation.loadOlder(), onProblem);
  const [isLoadingNewer, loadNewer] = useLoading(() => conversation.loadNewer(), onProblem);
  const missed = useMissed(state, me);
  const items = useMemo(
    () => timelineItems(messages, me, hasAfter ? undefined : missed),
    [messages, me, missed, hasAfter],
  );
  const isOnScreen = useIsOnScreen(box);
  // With a mute the messages' own buttons go and come back, and nobody tells when it ends.
  useRenderAt(state.members.find(({ userId }) => userId === me)?.mutedUntilMs ?? 0);
  useStay(box, state, isAtEnd);
  useReading(conversation, state, isOnScreen && isAtEnd);
  useFound(box, desk.found);

  const looked = useCallback(() => {
    const { scrollTop = 0, scrollHeight = 0, clientHeight = 0 } = box.current ?? {};
    const isNear = scrollHeight - scrollTop - clientHeight < NEAR_PX;
    setNearEnd(isNear && !hasAfter);
    if (scrollTop < NEAR_PX && hasBefore) {
      loadOlder();
    }
    if (isNear && hasAfter) {
      loadNewer();
    }
  }, [hasBefore, hasAfter, loadOlder, loadNewer]);
  // Where what is shown meets the newest, that alone moves nothing.
  useEffect(() => {
    setNearEnd((isNear) => isNear && !hasAfter);
  }, [hasAfter]);

  return (
    <>
      <div
        class="timeline"
        ref={box}
        aria-description={HOW_TO_GO}
        role="log"
        aria-label="Messages"
        aria-live={hasAfter ? "off" : "polite"}
        aria-busy={isLoadingOlder || isLoadingNewer || !state.isLoaded}
        tabIndex={0}
        onScroll={looked}
        onKeyDown={(event) => {
          if (!(event.target instanceof HTMLTextAreaElement)) {
            goToMessage(event);
          }
        }}
      >
        {hasBefore && <More word="Earlier messages" isLoading={isLoadingOlder} load={loadOlder} />}
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
        {hasAfter && <More word="Later messages" isLoading={isLoadingNewer} load={loadNewer} />}
      </div>
      {state.isLoaded && !isAtEnd && (
        <NewestButton
          desk={desk}
          onPress={() => {
            conversation.showNewest();
            setNearEnd(true);
            box.current?.focus();
          }}
        />
      )}
    </>
  );
}

interface MoreProps {
  readonly word: string;
  readonly isLoading: boolean;
  readonly load: () => void;
}

function More({ word, isLoading, load }: MoreProps): JSX.Element {
  return (
    <button type="button" class="link older" onClick={load}>
      {isLoading ? "Loading…" : word}
    </button>
  );
}

/** Loads one page at a time. */
function useLoading(
  load: () => Promise<void>,
  onProblem: (error: unknown) => void,
): [boolean, () => void] {
  const [isLoading, setLoading] = useState(false);
  const isUnderWay = useRef(false);
  const newest = useRef({ load, onProblem });
  newest.current = { load, onProblem };
  const begin = useCallback(() => {
    if (!isUnderWay.current) {
      isUnderWay.current = true;
      setLoading(true);
      newest.current
        .load()
        .catch(newest.current.onProblem)
        .finally(() => {
          isUnderWay.current = false;
          setLoading(false);
        });
    }
  }, []);
  return [isLoading, begin];
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
  } else if (state.isLoaded && !state.hasAfter) {
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
