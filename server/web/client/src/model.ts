// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { PushLevel } from "./peopleModel.js";

/** What a conversation is. */
export type ConversationKind = "direct" | "group" | "support" | "open" | "unknown";

/** Who one is in a conversation; its rules say from which role on one may do what. */
export type Role = "member" | "moderator" | "owner" | "unknown";

/** What new members see of the past: all of it, or what is sent from their joining on. */
export type HistoryVisibility = "joined" | "start" | "unknown";

/** How an OPEN conversation is watched. */
export interface WatchRules {
  /** Who may: everybody who knows its id, who has the grant in the token, or who is listed. */
  readonly access: "public" | "grant" | "list" | "unknown";
  /** With access `grant`: the name that the claim `watch` of tokens must hold; else empty. */
  readonly grant: string;
  /** Whether those who may watch may also post. */
  readonly watchersPost: boolean;
}

/** A conversation's own state, without its messages. */
export interface ConversationDetails {
  readonly conversationId: string;
  readonly kind: ConversationKind;
  /** The name under which it was created; may be empty. */
  readonly key: string;
  /** Empty for direct conversations. */
  readonly name: string;
  readonly historyVisibility: HistoryVisibility;
  readonly createdAtMs: number;
  readonly revision: number;
  readonly memberCount: number;
  /** The address of a picture, or empty. */
  readonly imageUrl: string;
  /** The app's own. */
  readonly metadata: Readonly<Record<string, string>>;
  /** The least role that posts and edits in a group; `unknown` where there are no such rules. */
  readonly postRole: Role;
  /** The least role that adds members. */
  readonly addRole: Role;
  /** The least role that changes name, image and metadata. */
  readonly settingsRole: Role;
  /** The least role that pins. */
  readonly pinRole: Role;
  /** The least role that removes others. */
  readonly removeRole: Role;
  /** The least role that deletes what others have sent, and reads its earlier versions. */
  readonly deleteRole: Role;
  /** Only moderators and owners post, edit and react. */
  readonly frozen: boolean;
  /** How long a member waits between two messages; 0: not at all. */
  readonly slowModeSeconds: number;
  /** Whether whoever knows its key may join it. */
  readonly joinableByKey: boolean;
  /** Of an OPEN conversation only. */
  readonly watching?: WatchRules;
}

/** A user in a conversation. */
export interface Member {
  readonly userId: string;
  readonly role: Role;
  readonly revision: number;
  readonly removed: boolean;
  /** The first sequence that this member may see. */
  readonly visibleFrom: number;
  /** Until when they may not post, edit and react; 0 or past: they may. */
  readonly mutedUntilMs: number;
}

/** How far a member's devices (`delivered`) and eyes (`read`) have come, as sequences. */
export interface Marker {
  readonly userId: string;
  readonly delivered: number;
  readonly read: number;
}

/** What a system message tells. */
export type SystemEvent =
  | "membersAdded"
  | "membersRemoved"
  | "memberLeft"
  | "renamed"
  | "roleChanged"
  | "imageChanged"
  | "unknown";

/** A choice on a card: opens an address, or comes back to the app's backend as a value. */
export interface Button {
  readonly id: string;
  readonly label: string;
  readonly url?: string;
  readonly value?: string;
  /** Whether it takes one press of each user. */
  readonly once?: boolean;
}

/** One uploaded file. */
export interface Attachment {
  readonly attachmentId: string;
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly width: number;
  readonly height: number;
  readonly durationMs: number;
}

/** What is inside a message. `none`: deleted, or of a kind newer than this client. */
export type Content =
  | { readonly type: "text"; readonly text: string }
  | {
      readonly type: "card";
      readonly title: string;
      readonly text: string;
      readonly imageUrl: string;
      readonly buttons: readonly Button[];
    }
  | {
      readonly type: "attachments";
      readonly attachments: readonly Attachment[];
      readonly caption: string;
    }
  | { readonly type: "custom"; readonly kind: string; readonly json: string }
  | { readonly type: "encrypted"; readonly scheme: string; readonly ciphertext: Uint8Array }
  | {
      readonly type: "system";
      readonly event: SystemEvent;
      readonly userIds: readonly string[];
      readonly text: string;
      /** The new role, where there is one. */
      readonly role: Role;
    }
  | { readonly type: "none" };

/** What a client may send; system messages come from the server alone. */
export type SendableContent = Exclude<Content, { type: "system" } | { type: "none" }>;

/** Whom a message calls. */
export interface Mentions {
  readonly userIds: readonly string[];
  readonly everyone: boolean;
}

/** What may stand beside a message's content when it is sent. */
export interface MessageHeaders {
  readonly mentions: Mentions;
  /** Whether it counts as unread for the others. */
  readonly countable: boolean;
  readonly silent: boolean;
  readonly urgent: boolean;
  /** The sequence of the message that this one answers; 0 for none. */
  readonly replyTo: number;
  readonly metadata: Readonly<Record<string, string>>;
}

/** How many reacted to a message in one way, an emoji or a short word of the app's. */
export interface Reaction {
  readonly reaction: string;
  readonly count: number;
  /** The first of them, at most 10. */
  readonly userIds: readonly string[];
}

/** Where a forwarded message comes from; never from which conversation. */
export interface ForwardedFrom {
  /** Who wrote it, if the one who forwarded it shows that; else empty. */
  readonly senderId: string;
}

/** A message as the server keeps it; `sequence` is 0 until it is accepted. */
export interface Message extends MessageHeaders {
  readonly sequence: number;
  readonly revision: number;
  readonly senderId: string;
  readonly clientMessageId: string;
  readonly createdAtMs: number;
  /** 0 unless edited. */
  readonly editedAtMs: number;
  /** 0 unless deleted; then content and headers are empty. */
  readonly deletedAtMs: number;
  /** Who deleted it; empty unless deleted. */
  readonly deletedById: string;
  /** 0 unless pinned. */
  readonly pinnedAtMs: number;
  readonly content: Content;
  /** At most 20 kinds, in the order in which they first came. */
  readonly reactions: readonly Reaction[];
  /** Which of them are one's own. */
  readonly ownReactions: readonly string[];
  /** Set where its sender did not write it. */
  readonly forwarded?: ForwardedFrom | undefined;
}

/** How far one's own message has come. */
export type Tick = "pending" | "failed" | "accepted" | "delivered" | "read";

/**
 * What a quote shows of a message. Where the message itself is not here, its content holds only how
 * it begins: of a text 200 characters and "…", of a card a title, of files their caption, of the
 * app's own content its kind, of a system message nothing.
 */
export type QuotedMessage = Pick<
  Message,
  "sequence" | "revision" | "senderId" | "content" | "editedAtMs" | "deletedAtMs" | "deletedById"
>;

/**
 * The message that another one answers, as it stands now. `loading`: not here yet; `unavailable`:
 * not kept any more, or from before the user may see.
 */
export type Quote =
  | { readonly state: "shown"; readonly message: QuotedMessage }
  | { readonly state: "loading" }
  | { readonly state: "unavailable" };

/** A message as a conversation shows it. */
export interface TimelineMessage extends Message {
  /** Set on one's own messages that are not deleted. */
  readonly tick?: Tick;
  /** Set where it answers another message. */
  readonly quote?: Quote;
  /** An edit shows already, or a deletion is asked for, but the server has not confirmed it. */
  readonly unconfirmed?: "edit" | "delete";
  /** Set where the last edit was refused: what was written is here still. */
  readonly refusedEdit?: RefusedEdit;
  /** Why a message failed: a name of the protocol's error table, such as "TOO_LARGE". */
  readonly error?: string;
  /** Of a message that moderation refused: why, for the person who wrote it. */
  readonly reason?: string;
}

/** A message that the server has not accepted. */
export interface OutgoingMessage {
  readonly conversationId: string;
  readonly message: Message;
  /** Set when it failed for good: the error's name. */
  readonly error?: string;
  /** Why moderation refused it, for the person who wrote it. */
  readonly reason?: string;
}

/** What replaces a message's content when it is edited; headers left out become empty. */
export type EditHeaders = Partial<Pick<MessageHeaders, "mentions" | "metadata">>;

/** What an edit puts in the place of what there was. */
export interface EditedTo extends Pick<MessageHeaders, "mentions" | "metadata"> {
  readonly content: SendableContent;
}

/** An edit that was refused; it is kept until there is another one, or it is discarded. */
export interface RefusedEdit extends EditedTo {
  readonly conversationId: string;
  readonly sequence: number;
  /** The error's name. */
  readonly error: string;
  /** Why moderation refused it, for the person who wrote it. */
  readonly reason?: string;
}

/** What is to become of a message. */
export type MessageChange =
  | (EditedTo & {
      readonly kind: "edit";
      /** Makes a repeat harmless, as a client message id does. */
      readonly editId: string;
    })
  | { readonly kind: "delete" }
  | { readonly kind: "reaction"; readonly reaction: string; readonly on: boolean }
  | { readonly kind: "pin"; readonly pinned: boolean };

/** A change of a message that the server has not confirmed. */
export type OutgoingChange = MessageChange & {
  readonly conversationId: string;
  readonly sequence: number;
};

/** A version of a message that an edit has replaced. */
export interface Edit extends Pick<MessageHeaders, "mentions" | "metadata"> {
  /** The revision of the edit that replaced it. */
  readonly revision: number;
  readonly replacedAtMs: number;
  readonly content: Content;
}

/** Earlier versions of a message, the latest first. */
export interface EditsPage {
  readonly edits: readonly Edit[];
  /** Whether earlier ones follow: ask again before the revision of the last one. */
  readonly hasBefore: boolean;
}

/** A page of pinned messages, ascending by sequence. */
export interface PinnedPage {
  readonly messages: readonly Message[];
  /** Whether more follow: ask again before the sequence of the first one. */
  readonly hasBefore: boolean;
}

/** What the user may do to a message now; the server has the last word. */
export interface MessageRights {
  readonly mayReply: boolean;
  readonly mayReact: boolean;
  readonly mayEdit: boolean;
  readonly mayDelete: boolean;
  readonly mayPin: boolean;
  readonly mayReadEdits: boolean;
}

/** Where a client stands in a conversation. */
export interface Position {
  readonly epoch: string;
  readonly revision: number;
  readonly sequence: number;
}

/** Of one conversation: as the preferences say, or another level. */
export type OwnPushLevel = PushLevel | "asEverywhere";

/** Where a conversation stands in a user's own list; hidden ones stand in none. */
export type InboxPlace = "main" | "archived" | "hidden";

/** One line of the conversation list. */
export interface InboxEntry {
  readonly conversation: ConversationDetails;
  readonly lastMessage?: Message;
  /** 1,000 means 1,000 or more. */
  readonly unread: number;
  /** One's own markers. */
  readonly marker: Marker;
  readonly revision: number;
  readonly sequence: number;
  readonly activeAtMs: number;
  /** Of direct conversations: the other user. */
  readonly peerId: string;
  readonly place: InboxPlace;
  /** When the user put it on top of the list; 0 unless it is there. */
  readonly pinnedAtMs: number;
  /** Until when the user wants no push from it; 0 or past: not muted. */
  readonly mutedUntilMs: number;
  /** About which of its messages the user wants pushes. */
  readonly pushLevel: OwnPushLevel;
  /** The first sequence that the user may see. */
  readonly visibleFrom: number;
  /** What the user has begun to write, as the server keeps it; `client.drafts` knows it now. */
  readonly draft?: SavedDraft;
}

/** A draft as it was saved last, by whichever device. */
export interface SavedDraft {
  readonly text: string;
  /** The sequence of the message that it is to answer; 0 for none. */
  readonly replyTo: number;
  readonly savedAtMs: number;
}

/** The conversation list: what the user put on top, then the newest first. */
export interface InboxState {
  readonly entries: readonly InboxEntry[];
  /** The archived ones, the newest first; all of them after `client.list.loadArchived()`. */
  readonly archived: readonly InboxEntry[];
  /** The sum of the unread counts of `entries`, for the app's icon. */
  readonly badge: number;
  /** False until the first list has come. */
  readonly isLoaded: boolean;
}

/** A conversation as it stands now; a new object after each change. */
export interface ConversationState {
  readonly conversationId: string;
  readonly details?: ConversationDetails;
  readonly members: readonly Member[];
  /** Ascending, without gaps; one's own that are not accepted yet stand at the end. */
  readonly messages: readonly TimelineMessage[];
  /** The pinned messages, the one pinned last first. */
  readonly pinned: readonly Message[];
  readonly markers: ReadonlyMap<string, Marker>;
  /** Who is typing now, without oneself. */
  readonly typing: readonly string[];
  /** Whether earlier messages can be loaded. */
  readonly hasBefore: boolean;
  /** Whether the newest messages are not among these, but come after them: see `jumpTo`. */
  readonly hasAfter: boolean;
  /** False until the newest page has come. */
  readonly isLoaded: boolean;
  /** True while it is not known whether something was missed. */
  readonly isBehind: boolean;
  /** The user is no longer a member, or never was. */
  readonly isGone: boolean;
}
