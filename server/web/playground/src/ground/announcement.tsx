// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { useCallback, useState } from "preact/hooks";

/** Something to be read out; also if it was just read out in the same words. */
export function useAnnouncement(): [JSX.Element, (text: string) => void] {
  const [said, say] = useState({ text: "", times: 0 });
  const announce = useCallback((text: string) => {
    say(({ times }) => ({ text, times: times + 1 }));
  }, []);
  const element = (
    <p class="unseen" role="status">
      <span key={said.times}>{said.text}</span>
    </p>
  );
  return [element, announce];
}
