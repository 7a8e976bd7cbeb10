// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { webAddressOf } from "./format.js";
import { Icon } from "./icons.js";

const HUES = 8;

interface AvatarProps {
  readonly name: string;
  /** What the colour goes by; the name unless set. */
  readonly seed?: string;
  /** The address of a picture; shown where it is this page's own. */
  readonly picture?: string;
  readonly isGroup?: boolean;
  readonly size?: "small" | "large" | "huge";
}

/** A picture, or a coloured circle with an initial; the same name always has the same colour. */
export function Avatar(props: AvatarProps): JSX.Element {
  const { name, seed = name, picture = "", isGroup = false, size = "large" } = props;
  const url = webAddressOf(picture);
  return (
    <span class={`avatar avatar-${size}`} data-hue={hueOf(seed)} aria-hidden="true">
      {/* The page loads nothing from elsewhere. */}
      {url?.origin === location.origin ? (
        <img class="avatar-picture" src={url.href} alt="" />
      ) : (
        <Sign name={name} isGroup={isGroup} />
      )}
    </span>
  );
}

function Sign({ name, isGroup }: Pick<AvatarProps, "name" | "isGroup">): JSX.Element {
  return isGroup === true ? <Icon name="group" /> : <>{firstOf(name)}</>;
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
