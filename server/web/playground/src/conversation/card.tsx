// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import type { Button, Content } from "@tern/client";
import { webAddressOf } from "../ground/format.js";

type CardContent = Extract<Content, { type: "card" }>;

/** What an app's backend sends: a title, a text, a picture, and choices. */
export function Card({ card }: { readonly card: CardContent }): JSX.Element {
  const { title, text, imageUrl, buttons } = card;
  const picture = webAddressOf(imageUrl);
  const isOurs = picture?.origin === location.origin;
  return (
    <div class="card">
      {picture !== undefined && isOurs && <img class="card-picture" src={picture.href} alt="" />}
      {title !== "" && (
        <p class="card-title" dir="auto">
          {title}
        </p>
      )}
      {text !== "" && (
        <p class="text" dir="auto">
          {text}
        </p>
      )}
      {picture !== undefined && !isOurs && (
        // The page loads nothing from elsewhere.
        <Away url={picture} class="card-elsewhere" words={`Picture on ${picture.host}`} />
      )}
      {buttons.length > 0 && (
        <ul class="card-buttons" aria-label="Choices">
          {buttons.map((button) => (
            <li key={button.id}>
              <Choice button={button} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Choice({ button }: { readonly button: Button }): JSX.Element {
  const url = button.url === undefined ? undefined : webAddressOf(button.url);
  return url === undefined ? (
    <button type="button" class="card-button" disabled title="Only the app itself can take this">
      <bdi>{button.label}</bdi>
    </button>
  ) : (
    <Away url={url} class="card-button" words={button.label} />
  );
}

interface AwayProps {
  readonly url: URL;
  readonly class: string;
  readonly words: string;
}

function Away({ url, words, class: name }: AwayProps): JSX.Element {
  return (
    <a class={name} href={url.href} target="_blank" rel="noopener noreferrer" title={url.host}>
      <bdi>{words}</bdi>
    </a>
  );
}
