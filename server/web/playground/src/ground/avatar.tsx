// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { Icon } from "./icons.js";

const HUES = 8;

interface AvatarProps {
  readonly name: string;
  readonly isGroup?: boolean;
  readonly size?: "small" | "large";
}

/** A coloured circle with an initial; the same name always has the same colour. */
export function Avatar({ name, isGroup = false, size = "large" }: AvatarProps): JSX.Element {
  return (
    <span class={`avatar avatar-${size}`} data-hue={hueOf(name)} aria-hidden="true">
      {isGroup ? <Icon name="group" /> : firstOf(name)}
    </span>
  );
}

function firstOf(name: string): string {
  return (/[\p{L}\p{N}]/u.exec(name)?.[0] ?? "?").toUpperCase();
}

function hueOf(name: string): number {
  let hash = 7;
  for (let at = 0; at < name.length; at++) {
    hash = (hash * 7 + name.charCodeAt(at)) % 997;
  }
  return hash % HUES;
}
