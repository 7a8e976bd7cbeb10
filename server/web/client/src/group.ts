// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { Connection } from "./connection.js";
import type { Conversation } from "./conversation.js";
import { TernError } from "./errors.js";
import { banFrom, detailsFrom, memberFrom } from "./fromWire.js";
import type { MembersChanged, UpdateConversation } from "./gen/tern/v1/conversation.js";
import type { InvitationChanged } from "./gen/tern/v1/invitation.js";
import type {
  BansPage,
  GivenRole,
  GroupChange,
  GroupRights,
  Invitation,
  InvitationOptions,
  MemberRights,
  NewInvitation,
} from "./groupModel.js";
import { groupRights, memberRights } from "./groupRights.js";
import type { ConversationDetails, Member } from "./model.js";
import { rolesToWire, roleToWire } from "./toWire.js";

/** A mute or ban until this time lasts until somebody ends it. */
export const FOREVER = Number.MAX_SAFE_INTEGER;

/** @internal What a group needs of its client. */
export interface GroupHost {
  readonly connection: Pick<Connection, "request" | "requestPatiently">;
  /** Resolves once connected. */
  ready(): Promise<void>;
  userId(): string;
  deleted(conversationId: string): void;
}

/**
 * What its leaders do with a group. All of it needs a connection, and may be repeated, save
 * `invite`; what changes is told to all members and shows in the conversation's state.
 */
export class Group {
  readonly conversationId: string;
  readonly #conversation: Conversation;
  readonly #host: GroupHost;

  /** @internal */
  constructor(conversation: Conversation, host: GroupHost) {
    this.conversationId = conversation.conversationId;
    this.#conversation = conversation;
    this.#host = host;
  }

  /** What the user may do with it, by what is known here. */
  get rights(): GroupRights {
    return groupRights(this.#conversation.state.details, this.#own()?.role);
  }

  /** What the user may do to a member. */
  rightsOver(member: Member): MemberRights {
    const { details, members } = this.#conversation.state;
    return memberRights(details, this.#own(), member, members);
  }

  /** Resolves with the group as it stands then. */
  async change(change: GroupChange): Promise<ConversationDetails> {
    const value = changeToWire(this.conversationId, change);
    const frame = { $case: "updateConversation", value } as const;
    await this.#host.ready();
    const answer = await this.#host.connection.requestPatiently(frame, "conversationChanged");
    if (answer.conversation === undefined) {
      throw new TernError("UNEXPECTED_ANSWER", "conversationChanged without a conversation");
    }
    return detailsFrom(answer.conversation);
  }

  /** Resolves with those whose membership changed; as do the next ones. */
  setRole(userId: string, role: GivenRole): Promise<Member[]> {
    const value = { ...this.#with(userId), role: roleToWire(role) };
    return this.#changeMembers({ $case: "setRole", value });
  }

  /** Keeps a member from posting, editing and reacting until a time, or `FOREVER`. */
  mute(userId: string, untilMs = FOREVER): Promise<Member[]> {
    const value = {
      ...this.#with(userId),
      muted: true,
      untilMs: untilMs === FOREVER ? 0 : untilMs,
    };
    return this.#changeMembers({ $case: "muteMember", value });
  }

  unmute(userId: string): Promise<Member[]> {
    const value = { ...this.#with(userId), muted: false, untilMs: 0 };
    return this.#changeMembers({ $case: "muteMember", value });
  }

  /** Removes a user who can't come back until a time, or `FOREVER`; need not be a member. */
  ban(userId: string, untilMs = FOREVER): Promise<Member[]> {
    const value = {
      ...this.#with(userId),
      banned: true,
      untilMs: untilMs === FOREVER ? 0 : untilMs,
    };
    return this.#changeMembers({ $case: "banUser", value });
  }

  unban(userId: string): Promise<Member[]> {
    const value = { ...this.#with(userId), banned: false, untilMs: 0 };
    return this.#changeMembers({ $case: "banUser", value });
  }

  /** Reads who is banned, after a user or from the first. */
  async listBanned(afterUserId = ""): Promise<BansPage> {
    const value = { conversationId: this.conversationId, afterUserId, limit: 0 };
    await this.#host.ready();
    const frame = { $case: "listBanned", value } as const;
    const { bans, hasAfter } = await this.#host.connection.requestPatiently(frame, "bannedPage");
    return { bans: bans.map(banFrom), hasAfter };
  }

  /** Makes an invitation; its token is told this once. */
  async invite({
    lifetimeSeconds = 0,
    maxUses = 0,
  }: InvitationOptions = {}): Promise<NewInvitation> {
    const value = { conversationId: this.conversationId, lifetimeSeconds, maxUses };
    await this.#host.ready();
    const frame = { $case: "createInvitation", value } as const;
    return invitedFrom(await this.#host.connection.request(frame, "invitationChanged"));
  }

  /** Reads the invitations that are still good, the newest first. */
  async listInvitations(): Promise<readonly Invitation[]> {
    const value = { conversationId: this.conversationId };
    await this.#host.ready();
    const frame = { $case: "listInvitations", value } as const;
    return (await this.#host.connection.requestPatiently(frame, "invitations")).invitations;
  }

  /** Ends an invitation; who joined with it stays. */
  async revoke(invitationId: string): Promise<void> {
    const value = { conversationId: this.conversationId, invitationId };
    await this.#host.ready();
    const frame = { $case: "revokeInvitation", value } as const;
    await this.#host.connection.requestPatiently(frame, "invitationChanged");
  }

  /** Deletes the group for good, with all that was said in it. */
  async delete(): Promise<void> {
    const { conversationId } = this;
    await this.#host.ready();
    const frame = { $case: "deleteConversation", value: { conversationId } } as const;
    await this.#host.connection.request(frame, "conversationDeleted");
    this.#host.deleted(conversationId);
  }

  #own(): Member | undefined {
    const me = this.#host.userId();
    return this.#conversation.state.members.find(({ userId }) => userId === me);
  }

  #with(userId: string): { conversationId: string; userId: string } {
    return { conversationId: this.conversationId, userId };
  }

  async #changeMembers(frame: Parameters<Connection["request"]>[0]): Promise<Member[]> {
    await this.#host.ready();
    const answer = await this.#host.connection.requestPatiently(frame, "membersChanged");
    return membersOf(answer);
  }
}

function membersOf({ members }: MembersChanged): Member[] {
  return members.map(memberFrom);
}

function invitedFrom({ invitation, token }: InvitationChanged): NewInvitation {
  if (invitation === undefined) {
    throw new TernError("UNEXPECTED_ANSWER", "invitationChanged without an invitation");
  }
  return { invitation, token };
}

function changeToWire(conversationId: string, change: GroupChange): UpdateConversation {
  const { name, imageUrl, metadata, frozen, slowModeSeconds } = change;
  const { joinableByKey, watchersPost } = change;
  return {
    ...{ conversationId, name, imageUrl, frozen, slowModeSeconds, joinableByKey, watchersPost },
    metadata: metadata && { entries: { ...metadata } },
    ...rolesToWire(change),
  };
}
