// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";

interface AwayProps {
  readonly url: URL;
  readonly class: string;
  readonly words: string;
}

/** Leads to another site, which is told nothing of this page. */
export function Away({ url, words, class: name }: AwayProps): JSX.Element {
  return (
    <a class={name} href={url.href} target="_blank" rel="noopener noreferrer" title={url.host}>
      <bdi>{words}</bdi>
    </a>
  );
}
