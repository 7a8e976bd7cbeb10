// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import type { Button, Content, TimelineMessage } from "@tern/client";
import { webAddressOf } from "../ground/format.js";

import { Away } from "./away.js";
import type { Desk } from "./desk.js";
import { PressButton, Presses } from "./presses.js";

type CardContent = Extract<Content, { type: "card" }>;

interface CardProps {
  readonly desk: Desk;
  readonly message: TimelineMessage;
  readonly card: CardContent;
  readonly me: string;
}

/** What an app's backend sends: a title, a text, a picture, and choices. */
export function Card({ desk, message, card, me }: CardProps): JSX.Element {
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
              <Choice desk={desk} message={message} button={button} />
            </li>
          ))}
        </ul>
      )}
      {message.senderId === me && message.sequence > 0 && buttons.length > 0 && (
        <Presses
          client={desk.client}
          conversationId={desk.conversation.conversationId}
          sequence={message.sequence}
          buttons={buttons}
        />
      )}
    </div>
  );
}

interface ChoiceProps extends Pick<CardProps, "desk" | "message"> {
  readonly button: Button;
}

function Choice({ desk, message, button }: ChoiceProps): JSX.Element {
  const url = button.url === undefined ? undefined : webAddressOf(button.url);
  return url === undefined ? (
    <PressButton
      client={desk.client}
      conversationId={desk.conversation.conversationId}
      sequence={message.sequence}
      button={button}
      onPressed={() => {
        desk.announce(`${button.label}: chosen`);
      }}
      onProblem={desk.onProblem}
    />
  ) : (
    <Away url={url} class="card-button" words={button.label} />
  );
}
