// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/** An address with its scheme, up to a space or what sets it off from the sentence. */
const ADDRESS = /\bhttps?:\/\/[^\s<>"“”«»]+/giu;
/** What ends a sentence rather than an address. */
const ENDING = /[.,;:!?'’*_…。，、；：！？؟،؛)\]}]$/u;
const OPENING: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

/** A piece of a text; with `url` it leads to that page, over http or https. */
export interface LinkPart {
  readonly text: string;
  readonly url?: URL;
}

/** Cuts a text at the addresses in it; joined, the pieces are the text. */
export function linksIn(text: string): readonly LinkPart[] {
  const parts: LinkPart[] = [];
  let end = 0;
  for (const { index, 0: found } of text.matchAll(ADDRESS)) {
    const address = withoutEnding(found);
    if (URL.canParse(address)) {
      parts.push({ text: text.slice(end, index) }, { text: address, url: new URL(address) });
      end = index + address.length;
    }
  }
  parts.push({ text: text.slice(end) });
  return parts.filter((part) => part.text !== "");
}

/** A closing bracket belongs to the address when it was opened there. */
function withoutEnding(address: string): string {
  let rest = address;
  for (let last = rest.at(-1) ?? ""; ENDING.test(rest); last = rest.at(-1) ?? "") {
    const opening = OPENING[last];
    if (opening !== undefined && count(rest, opening) >= count(rest, last)) {
      break;
    }
    rest = rest.slice(0, -1);
  }
  return rest;
}

function count(text: string, sign: string): number {
  return text.split(sign).length - 1;
}
