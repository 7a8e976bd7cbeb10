// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { ConversationHost } from "./conversationHost.js";
import type { LiveConversation } from "./liveConversation.js";
import type {
  ConversationState,
  EditHeaders,
  EditsPage,
  Message,
  MessageChange,
  MessageHeaders,
  MessageRights,
  PinnedPage,
  SendableContent,
} from "./model.js";
import { contentOf, newMessage, NOBODY } from "./newMessage.js";
import { barOf, rightsOver } from "./rights.js";
import { randomUuid } from "./uuid.js";

/** One conversation, kept up to date while someone listens to it. Get it from the client. */
export class Conversation {
  readonly conversationId: string;
  readonly #host: ConversationHost;
  readonly #live: LiveConversation;

  /** @internal */
  constructor(live: LiveConversation, host: ConversationHost) {
    this.conversationId = live.conversationId;
    this.#live = live;
    this.#host = host;
  }

  /** A new object after each change. */
  get state(): ConversationState {
    return this.#live.state;
  }

  /** Calls `listener` at each change until the returned function is called. */
  subscribe(listener: (state: ConversationState) => void): () => void {
    return this.#live.subscribe(listener);
  }

  /**
   * Sends a message, now or as soon as there is a connection; returns its client message id. It
   * stands in `state.messages` at once, and its `tick` tells what becomes of it.
   */
  send(content: string | SendableContent, headers: Partial<MessageHeaders> = {}): string {
    const message = newMessage(this.#host.userId(), content, headers);
    this.#live.history.showNewest(message.replyTo);
    this.#host.typing.sent(this.conversationId);
    this.#host.outgoing.add({ conversationId: this.conversationId, message });
    return message.clientMessageId;
  }

  /** Sends a failed message once more. */
  retry(clientMessageId: string): void {
    this.#host.outgoing.retry(this.conversationId, clientMessageId);
  }

  /** Forgets a failed message. */
  discard(clientMessageId: string): void {
    this.#host.outgoing.discard(this.conversationId, clientMessageId);
  }

  /**
   * Replaces content, mentions and metadata of one's own message; the new text shows at once. As
   * with all changes below: made now, or as soon as there is a connection; resolves once the
   * server has kept it, rejects with TernError if it is refused, and then nothing has changed. A
   * refused edit stands beside its message as `refusedEdit`, so that nothing written is lost.
   */
  edit(
    sequence: number,
    content: string | SendableContent,
    { mentions = NOBODY, metadata = {} }: EditHeaders = {},
  ): Promise<void> {
    const editId = randomUuid();
    return this.#change(sequence, {
      kind: "edit",
      editId,
      content: contentOf(content),
      mentions,
      metadata,
    });
  }

  /** Forgets an edit that was refused, as `refusedEdit` of the message tells. */
  discardEdit(sequence: number): void {
    this.#host.changes.discard(this.conversationId, sequence);
  }

  /** Deletes a message for everybody. */
  delete(sequence: number): Promise<void> {
    return this.#change(sequence, { kind: "delete" });
  }

  /** Sets one's own reaction, an emoji or a short word; it shows at once. */
  react(sequence: number, reaction: string): Promise<void> {
    return this.#change(sequence, { kind: "reaction", reaction, on: true });
  }

  /** Takes one's own reaction back; it goes at once. */
  unreact(sequence: number, reaction: string): Promise<void> {
    return this.#change(sequence, { kind: "reaction", reaction, on: false });
  }

  /** Pins a message for everybody. */
  pin(sequence: number): Promise<void> {
    return this.#change(sequence, { kind: "pin", pinned: true });
  }

  unpin(sequence: number): Promise<void> {
    return this.#change(sequence, { kind: "pin", pinned: false });
  }

  /** What the user may do to a message now. */
  rightsOver(message: Message): MessageRights {
    const { members, details } = this.state;
    const userId = this.#host.userId();
    const own = members.find((member) => member.userId === userId);
    const nowMs = Date.now();
    const isBlocked =
      details?.kind === "direct" && members.some((member) => this.#host.isBlocked(member.userId));
    return rightsOver(message, {
      userId,
      role: own?.role,
      kind: details?.kind,
      pinRole: details?.pinRole,
      deleteRole: details?.deleteRole,
      members,
      editWindowMs: this.#host.editWindowMs(),
      nowMs,
      bar: isBlocked ? "blocked" : details && own && barOf(details, own, nowMs),
    });
  }

  /** Reads the pinned messages; `state.pinned` has them too while someone subscribes. */
  listPinned(before = 0): Promise<PinnedPage> {
    return this.#live.history.listPinned(before);
  }

  /** Reads the earlier versions of an edited message, before a revision or the latest. */
  readEdits(sequence: number, before = 0): Promise<EditsPage> {
    return this.#live.history.readEdits(sequence, before);
  }

  /** Tells that the user has read up to a sequence, or all that has come. */
  markRead(sequence = this.#live.position?.sequence ?? 0): void {
    this.#live.markRead(sequence);
  }

  /** To be called at each key stroke (true), and when the text was cleared (false). */
  setTyping(typing: boolean): void {
    this.#host.typing.tell(this.conversationId, typing);
  }

  /** Loads the page before the first message here; rejects with TernError. */
  loadOlder(): Promise<void> {
    return this.#live.load("before");
  }

  /** Loads the page after the last message here, where `state.hasAfter`; rejects with TernError. */
  loadNewer(): Promise<void> {
    return this.#live.load("after");
  }

  /**
   * Shows a message, however far above: `state.messages` are then those around it, and where
   * `state.hasAfter` the newest ones come back by `showNewest` or by so many `loadNewer`. Returns
   * whether it is there.
   */
  jumpTo(sequence: number): Promise<boolean> {
    return this.#live.jumpTo(sequence);
  }

  /** Shows the newest messages again; sending one does so, too. */
  showNewest(): void {
    this.#live.history.showNewest();
  }

  /** A message that is known, whether it stands in `state.messages` or beside them. */
  find(sequence: number): Message | undefined {
    return this.#live.find(sequence);
  }

  #change(sequence: number, change: MessageChange): Promise<void> {
    return this.#host.changes.ask({ conversationId: this.conversationId, sequence, ...change });
  }
}
