// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { useEffect, useRef, useState } from "preact/hooks";
import type { Draft, TernClient } from "@tern/client";
import type { Desk } from "./desk.js";

/**
 * What stands in the field: what was begun here, or on another device while nobody wrote here.
 * The message that it answers comes and goes with it.
 */
export function useDraft(client: TernClient, desk: Desk): [string, (text: string) => void] {
  const { conversationId } = desk.conversation;
  const { replyTo, reply } = desk;
  const [text, setText] = useState(() => client.drafts.of(conversationId).text);

  useEffect(() => {
    let shown: Draft = { text: "", replyTo: 0 };
    const look = (): void => {
      const draft = client.drafts.of(conversationId);
      const answersAnother = draft.text.trim() !== "" && draft.replyTo !== shown.replyTo;
      if (draft.text !== shown.text || answersAnother) {
        shown = draft;
        setText(draft.text);
        reply(draft.replyTo || undefined);
      }
    };
    look();
    const stops = [client.on("draft", look), client.on("inbox", look)];
    return () => {
      stops.forEach((stop) => {
        stop();
      });
    };
  }, [client, conversationId, reply]);
  const told = useRef(replyTo);
  useEffect(() => {
    const draft = client.drafts.of(conversationId);
    const hasChanged = told.current !== replyTo;
    told.current = replyTo;
    if (hasChanged && draft.text.trim() !== "" && draft.replyTo !== (replyTo ?? 0)) {
      client.drafts.write(conversationId, draft.text, replyTo);
    }
  }, [client, conversationId, replyTo]);

  const write = (words: string): void => {
    setText(words);
    client.drafts.write(conversationId, words, replyTo);
  };
  return [text, write];
}
