// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Conversation, EditHeaders, Message, TernClient } from "@tern/client";

const FOUND_FOR_MS = 2_000;

/** What stands open above a conversation. */
export type Opened =
  | { readonly kind: "menu" | "picker"; readonly sequence: number; readonly anchor: HTMLElement }
  | {
      readonly kind: "edits" | "deletion" | "forward" | "report" | "pushes";
      readonly sequence: number;
    }
  | { readonly kind: "pinned" };

/** What the person is doing with messages of one conversation. */
export interface Desk {
  readonly client: TernClient;
  readonly conversation: Conversation;
  readonly opened: Opened | undefined;
  /** The sequence of the message that the next one answers. */
  readonly replyTo: number | undefined;
  /** The sequence of the message whose text is being changed. */
  readonly editing: number | undefined;
  /** The sequence of the message that was just jumped to. */
  readonly found: number | undefined;
  readonly open: (opened: Opened | undefined) => void;
  readonly reply: (sequence: number | undefined) => void;
  readonly edit: (sequence: number | undefined) => void;
  /** Changes a text; one that is refused comes back to the editor. */
  readonly saveEdit: (sequence: number, text: string, headers: EditHeaders) => void;
  /** Brings a message into view, from wherever it is. */
  readonly jump: (sequence: number) => void;
  /** Sets one's own reaction, or takes it back. */
  readonly toggle: (message: Message, reaction: string) => void;
  /** Waits for a change, and tells what became of it. */
  readonly settle: (change: Promise<void>, done?: string) => void;
  /** Tells a screen reader. */
  readonly announce: (text: string) => void;
  readonly onProblem: (error: unknown) => void;
  /** Closes the conversation. */
  readonly leave: () => void;
}

export interface DeskVoice {
  readonly onProblem: (error: unknown) => void;
  readonly announce: (text: string) => void;
  readonly leave: () => void;
}

export function useDesk(client: TernClient, conversation: Conversation, voice: DeskVoice): Desk {
  const { onProblem, announce, leave } = voice;
  const [opened, open] = useState<Opened | undefined>();
  const [replyTo, reply] = useState<number | undefined>();
  const [editing, edit] = useState<number | undefined>();
  const [found, jump] = useJump(conversation, voice);
  const settle = useCallback(
    (change: Promise<void>, done = "") => {
      change.then(() => {
        announce(done);
      }, onProblem);
    },
    [onProblem, announce],
  );
  const saveEdit = useSaveEdit(conversation, voice);
  const toggle = useCallback(
    ({ sequence, ownReactions }: Message, reaction: string) => {
      settle(
        ownReactions.includes(reaction)
          ? conversation.unreact(sequence, reaction)
          : conversation.react(sequence, reaction),
      );
    },
    [conversation, settle],
  );
  return useMemo(
    () => ({
      ...{ conversation, opened, replyTo, editing, found },
      ...{ open, reply, edit, jump, toggle, settle, announce },
      ...{ client, onProblem, leave, saveEdit },
    }),
    [
      ...[client, conversation, opened, replyTo, editing, found],
      ...[jump, toggle, settle, announce, onProblem, leave, saveEdit],
    ],
  );
}

function useSaveEdit(
  conversation: Conversation,
  { onProblem, announce }: DeskVoice,
): Desk["saveEdit"] {
  const isOpen = useRef(true);
  useEffect(() => {
    isOpen.current = true;
    return () => {
      isOpen.current = false;
    };
  }, []);
  return useCallback(
    (sequence, text, headers) => {
      conversation.edit(sequence, text, headers).then(
        () => {
          announce("Edited");
        },
        (error: unknown) => {
          // Where the message is on the screen, its editor tells.
          const message = conversation.state.messages.find((one) => one.sequence === sequence);
          if (!isOpen.current || message?.refusedEdit === undefined) {
            onProblem(error);
          }
        },
      );
    },
    [conversation, onProblem, announce],
  );
}

/** The way to a message, wherever it is; it is marked as found for a while. */
function useJump(
  conversation: Conversation,
  { onProblem, announce }: DeskVoice,
): [number | undefined, (sequence: number) => void] {
  const [found, setFound] = useState<number | undefined>();
  useEffect(() => {
    const timer = setTimeout(() => {
      setFound(undefined);
    }, FOUND_FOR_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [found]);

  useEffect(
    () => () => {
      conversation.showNewest();
    },
    [conversation],
  );

  const goal = useRef(0);
  const jump = useCallback(
    (sequence: number) => {
      goal.current = sequence;
      conversation.jumpTo(sequence).then((isHere) => {
        if (goal.current !== sequence) {
          return;
        }
        setFound(isHere ? sequence : undefined);
        if (!isHere) {
          announce("That message is not available");
        }
      }, onProblem);
    },
    [conversation, onProblem, announce],
  );
  return [found, jump];
}
