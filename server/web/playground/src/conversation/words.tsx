// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { Message } from "@tern/client";
import type { JSX } from "preact";
import { useNames } from "../people/peopleView.js";
import { Away } from "./away.js";
import { linksIn } from "./links.js";
import { partsOf } from "./mentions.js";

interface WordsProps {
  readonly message: Pick<Message, "mentions">;
  readonly text: string;
  readonly me: string;
}

/** The text, with those whom it calls set off, and its addresses to follow. */
export function Words({ message, text, me }: WordsProps): JSX.Element {
  const nameOf = useNames();
  return (
    <>
      {partsOf(text, message.mentions).map((part, index) =>
        part.userId === undefined ? (
          <Linked key={index} text={part.text} />
        ) : (
          <bdi
            key={index}
            class={`mention${part.userId === me ? " mention-me" : ""}`}
            title={part.text}
          >
            {`@${nameOf(part.userId)}`}
          </bdi>
        ),
      )}
    </>
  );
}

function Linked({ text }: { readonly text: string }): JSX.Element {
  return (
    <>
      {linksIn(text).map((part, index) =>
        part.url === undefined ? (
          part.text
        ) : (
          <Away key={index} url={part.url} words={part.text} class="away" />
        ),
      )}
    </>
  );
}
