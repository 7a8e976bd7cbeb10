// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

const GAP_PX = 6;
const EDGE_PX = 8;

interface FloatingProps {
  /** What it stands beside, and what has the focus again afterwards. */
  readonly anchor: HTMLElement;
  readonly class: string;
  readonly role: "dialog" | "menu";
  readonly label: string;
  /** Closed by Escape, or by a press elsewhere. */
  readonly onClose: () => void;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  readonly children: ComponentChildren;
}

/** A small surface above all others; whatever in it has `data-first` gets the focus. */
export function Floating(props: FloatingProps): JSX.Element {
  const { anchor, role, label, onClose, onKeyDown, children } = props;
  const surface = useRef<HTMLDivElement>(null);
  usePlace(surface, anchor);
  // At once: later it would take the focus from whoever has gone on already.
  useLayoutEffect(() => {
    const element = surface.current;
    element?.querySelector<HTMLElement>("[data-first]")?.focus();
    return () => {
      const active = document.activeElement ?? document.body;
      // Whoever pressed elsewhere has the focus there.
      if (active === document.body || element?.contains(active) === true) {
        anchor.focus({ preventScroll: true });
      }
    };
  }, [anchor]);
  return (
    <div
      ref={surface}
      class={`floating ${props.class}`}
      popover="auto"
      role={role}
      aria-label={label}
      onToggle={(event) => {
        if (event.newState === "closed") {
          onClose();
        }
      }}
      {...(onKeyDown && { onKeyDown })}
    >
      {children}
    </div>
  );
}

/** Shows a surface below or above its anchor, and keeps it there and on the screen. */
export function usePlace(
  surface: { readonly current: HTMLElement | null },
  anchor: HTMLElement | null,
): void {
  useLayoutEffect(() => {
    const element = surface.current;
    if (element === null || anchor === null) {
      return undefined;
    }
    element.showPopover();
    const again = (): void => {
      place(element, anchor);
    };
    again();
    window.addEventListener("resize", again);
    window.addEventListener("scroll", again, { capture: true, passive: true });
    return () => {
      window.removeEventListener("resize", again);
      window.removeEventListener("scroll", again, { capture: true });
    };
  }, [surface, anchor]);
}

function place(element: HTMLElement, anchor: HTMLElement): void {
  const around = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = element;
  const below = around.bottom + GAP_PX;
  const above = around.top - GAP_PX - height;
  const isRoomBelow = below + height <= innerHeight - EDGE_PX;
  const top = isRoomBelow || above < EDGE_PX ? below : above;
  const runsLeft = getComputedStyle(anchor).direction === "rtl";
  const [start, end] = sidesFor(anchor, width);
  const left = runsLeft ? around.right - width : around.left;
  element.style.top = `${within(top, 0, innerHeight - height)}px`;
  element.style.left = `${within(left, start, end - width)}px`;
}

/** It stays on the screen of its own person, if it fits there. */
function sidesFor(anchor: HTMLElement, width: number): readonly [left: number, right: number] {
  const screen = anchor.closest(".modal, .person")?.getBoundingClientRect();
  return screen !== undefined && screen.width >= width + 2 * EDGE_PX
    ? [screen.left, screen.right]
    : [0, innerWidth];
}

function within(at: number, least: number, most: number): number {
  return Math.max(least + EDGE_PX, Math.min(at, most - EDGE_PX));
}
