// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { ConversationState } from "@tern/client";

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
export function useFound(
  box: { readonly current: HTMLElement | null },
  found: number | undefined,
): void {
  // Before anything scrolls: at the lower edge of a page the next one would be loaded.
  useLayoutEffect(() => {
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
  useSteadyEdge(box, lowerEdge, isAtEnd);
}

/** Keeps the lower edge where it is when the box itself grows or shrinks. */
function useSteadyEdge(
  box: { readonly current: HTMLDivElement | null },
  lowerEdge: { current: number },
  isAtEnd: boolean,
): void {
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
  }, [box, lowerEdge, isAtEnd]);
}
