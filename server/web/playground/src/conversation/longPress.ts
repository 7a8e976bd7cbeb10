// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { useRef } from "preact/hooks";

const LONG_MS = 450;
const SLACK_PX = 10;

interface Press {
  readonly x: number;
  readonly y: number;
  readonly timer: ReturnType<typeof setTimeout>;
}

export interface LongPressHandlers {
  readonly onContextMenu: (event: MouseEvent) => void;
  readonly onPointerDown: (event: PointerEvent) => void;
  readonly onPointerMove: (event: PointerEvent) => void;
  readonly onPointerUp: () => void;
  readonly onPointerCancel: () => void;
}

/**
 * Calls `act` at a long press of a finger, a right click or the menu key. Not every browser makes
 * a context menu of a long press, so it is timed here; text fields and links keep their own menu.
 */
export function useLongPress(act: () => void): LongPressHandlers {
  const press = useRef<Press | undefined>(undefined);
  const end = (): void => {
    clearTimeout(press.current?.timer);
    press.current = undefined;
  };
  return {
    onContextMenu: (event) => {
      if (!hasOwnMenu(event.target)) {
        event.preventDefault();
        end();
        act();
      }
    },
    onPointerDown: ({ pointerType, clientX: x, clientY: y, target }) => {
      end();
      if (pointerType === "touch" && !hasOwnMenu(target)) {
        press.current = { x, y, timer: setTimeout(act, LONG_MS) };
      }
    },
    onPointerMove: ({ clientX, clientY }) => {
      const begun = press.current;
      if (begun && Math.hypot(clientX - begun.x, clientY - begun.y) > SLACK_PX) {
        end();
      }
    },
    onPointerUp: end,
    onPointerCancel: end,
  };
}

function hasOwnMenu(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("textarea, a, .reaction") !== null;
}
