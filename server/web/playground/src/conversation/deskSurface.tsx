// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import type { ConversationState, TimelineMessage } from "@tern/client";
import { previewOf } from "../ground/wording.js";
import { WhyNoPush } from "../lock/whyNoPush.js";
import { ReportDialog } from "../people/reportDialog.js";
import { Deletion } from "./deletion.js";
import type { Desk, Opened } from "./desk.js";
import { EditHistory } from "./editHistory.js";
import { EmojiPicker } from "./emojiPicker.js";
import { Forwarding } from "./forwarding.js";
import { MessageMenu } from "./messageMenu.js";
import { PinnedList } from "./pinned.js";

interface DeskSurfaceProps {
  readonly desk: Desk;
  readonly state: ConversationState;
  readonly me: string;
  readonly onProblem: (error: unknown) => void;
}

/** What stands open above the conversation, if anything does. */
export function DeskSurface({ desk, state, me, onProblem }: DeskSurfaceProps): JSX.Element | null {
  const { opened } = desk;
  if (opened === undefined) {
    return null;
  }
  if (opened.kind === "pinned") {
    return <PinnedList desk={desk} state={state} me={me} />;
  }
  const message = state.messages.find(({ sequence }) => sequence === opened.sequence);
  // It was deleted meanwhile, or the conversation was reset.
  if (message === undefined || message.deletedAtMs > 0) {
    return null;
  }
  return <OverMessage {...{ desk, opened, message, me, onProblem }} />;
}

interface OverMessageProps extends Omit<DeskSurfaceProps, "state"> {
  readonly opened: Exclude<Opened, { kind: "pinned" }>;
  readonly message: TimelineMessage;
}

function OverMessage({ desk, opened, message, me, onProblem }: OverMessageProps): JSX.Element {
  const close = (): void => {
    desk.open(undefined);
  };
  switch (opened.kind) {
    case "menu":
      return <MessageMenu desk={desk} message={message} anchor={opened.anchor} />;
    case "picker":
      return (
        <EmojiPicker
          anchor={opened.anchor}
          own={message.ownReactions}
          onClose={close}
          onPick={(reaction) => {
            close();
            desk.toggle(message, reaction);
          }}
        />
      );
    case "edits":
      return (
        <EditHistory
          conversation={desk.conversation}
          message={message}
          onProblem={onProblem}
          onClose={close}
        />
      );
    case "forward":
      return <Forwarding client={desk.client} desk={desk} message={message} me={me} />;
    case "deletion":
      return <Deletion desk={desk} message={message} me={me} />;
    case "pushes":
      return (
        <WhyNoPush
          conversationId={desk.conversation.conversationId}
          sequence={opened.sequence}
          onClose={close}
        />
      );
    case "report":
      return (
        <ReportDialog
          subject={{ conversationId: desk.conversation.conversationId, sequence: opened.sequence }}
          what={previewOf(message, me)}
          onDone={() => {
            desk.announce("Reported to the moderators");
          }}
          onClose={close}
        />
      );
  }
}
