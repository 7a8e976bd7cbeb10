// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../ground/icons.js";
import { keep } from "../ground/kept.js";

const KEY = "tern.direction";

/** From left to right, or from right to left: as the browser's language, until somebody chooses. */
export function DirectionToggle(): JSX.Element {
  const [direction, setDirection] = useState(initialDirection);
  useEffect(() => {
    document.documentElement.dir = direction;
  }, [direction]);
  const other = direction === "rtl" ? "ltr" : "rtl";
  const words = other === "rtl" ? "Lay out from right to left" : "Lay out from left to right";
  return (
    <button
      type="button"
      class="round"
      aria-label={words}
      title={words}
      onClick={() => {
        keep(localStorage, KEY, other);
        setDirection(other);
      }}
    >
      <Icon name="direction" />
    </button>
  );
}

function initialDirection(): "ltr" | "rtl" {
  const chosen = localStorage.getItem(KEY);
  if (chosen === "ltr" || chosen === "rtl") {
    return chosen;
  }
  return /^(ar|dv|fa|he|ps|sd|ug|ur|yi)\b/.test(navigator.language) ? "rtl" : "ltr";
}
