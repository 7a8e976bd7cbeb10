// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { ClientEvents, ConversationState, TernClient, Conversation } from "@tern/client";
import { useEffect, useReducer, useState } from "preact/hooks";

const MOST_WAIT_MS = 2 ** 31 - 1;

/** Renders again at each event of that name. */
export function useEvents(client: TernClient, ...names: (keyof ClientEvents)[]): void {
  const [, again] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const stops = names.map((name) =>
      client.on(name, () => {
        again(undefined);
      }),
    );
    again(undefined);
    return () => {
      stops.forEach((stop) => {
        stop();
      });
    };
    // The names are written out where this is called and never change.
  }, [client]);
}

/** The conversation's state, kept up to date while this is on the screen. */
export function useConversation(conversation: Conversation): ConversationState {
  const [state, setState] = useState(conversation.state);
  useEffect(() => {
    setState(conversation.state);
    return conversation.subscribe(setState);
  }, [conversation]);
  return state.conversationId === conversation.conversationId ? state : conversation.state;
}

/** The local clock, renewed twice a second while `isRunning`. */
export function useClock(isRunning: boolean): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    setNow(Date.now());
    if (!isRunning) {
      return undefined;
    }
    const timer = setInterval(() => {
      setNow(Date.now());
    }, 500);
    return () => {
      clearInterval(timer);
    };
  }, [isRunning]);
  return now;
}

/**
 * What a control shows: what was chosen, until the value has moved or the choice is refused; then
 * the value. Without it, a control would fall back whenever anything renders before the answer.
 */
export function useChosen<Value>(
  value: Value,
): readonly [Value, (chosen: Value, change: Promise<unknown>) => void] {
  const [choice, setChoice] = useState<{ readonly chosen: Value }>();
  useEffect(() => {
    setChoice(undefined);
  }, [value]);
  const choose = (chosen: Value, change: Promise<unknown>): void => {
    const mine = { chosen };
    setChoice(mine);
    change.catch(() => {
      setChoice((now) => (now === mine ? undefined : now));
    });
  };
  return [choice === undefined ? value : choice.chosen, choose];
}

/** Renders again at that time, in milliseconds since 1970; past: not at all. */
export function useRenderAt(atMs: number): void {
  const [, again] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const waitMs = atMs - Date.now();
    // Longer than a timer can wait is longer than anybody looks.
    const isSoon = waitMs > 0 && waitMs < MOST_WAIT_MS;
    const timer = isSoon ? setTimeout(again, waitMs, undefined) : undefined;
    return () => {
      clearTimeout(timer);
    };
  }, [atMs]);
}

/** Whether an element is on the screen: the page is visible, and the element in it. */
export function useIsOnScreen(element: { readonly current: Element | null }): boolean {
  const [isPageVisible, setPageVisible] = useState(document.visibilityState === "visible");
  const [isInView, setInView] = useState(false);
  useEffect(() => {
    const changed = (): void => {
      setPageVisible(document.visibilityState === "visible");
    };
    document.addEventListener("visibilitychange", changed);
    const observer = new IntersectionObserver((entries) => {
      setInView(entries.at(-1)?.isIntersecting ?? false);
    });
    if (element.current !== null) {
      observer.observe(element.current);
    }
    return () => {
      document.removeEventListener("visibilitychange", changed);
      observer.disconnect();
    };
  }, [element]);
  return isPageVisible && isInView;
}
