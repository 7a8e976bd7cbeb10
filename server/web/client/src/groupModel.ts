// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { ConversationDetails, Role } from "./model.js";

/** What is to become of a group; what is left out stays as it is. */
export interface GroupChange {
  readonly name?: string;
  /** An http or https address; empty for none. */
  readonly imageUrl?: string;
  /** Takes the place of all metadata. */
  readonly metadata?: Readonly<Record<string, string>>;
  readonly postRole?: GivenRole;
  readonly addRole?: GivenRole;
  readonly settingsRole?: GivenRole;
  readonly pinRole?: GivenRole;
  readonly removeRole?: GivenRole;
  readonly deleteRole?: GivenRole;
  readonly frozen?: boolean;
  /** At most a day; 0 ends it. */
  readonly slowModeSeconds?: number;
  readonly joinableByKey?: boolean;
  /** Of an OPEN conversation: whether those who watch may post. A change of its own, too. */
  readonly watchersPost?: boolean;
}

/** What a group or an OPEN conversation has from its beginning on; `Group.change` changes it. */
export type FoundingSettings = Omit<GroupChange, "name" | "joinableByKey" | "watchersPost">;

/** What stands beside the name when a group is created. */
export interface GroupOptions extends FoundingSettings {
  /**
   * The user's own unique name for it. A second group with the same key is not created: the first
   * one is answered as it is, whatever its settings.
   */
  readonly key?: string;
  /** What later members see of the past; from their joining on unless set. */
  readonly historyVisibility?: "joined" | "start";
  readonly joinableByKey?: boolean;
}

/** A role that can be given. */
export type GivenRole = Exclude<Role, "unknown">;

/** What the user may do with a group now; the server has the last word. */
export interface GroupRights {
  readonly mayAdd: boolean;
  /** Name, image and metadata. */
  readonly mayChangeLooks: boolean;
  /** Freeze it, slow it down, invite, and read who is banned. */
  readonly mayModerate: boolean;
  /** Say who may do what, and whether its key opens it. */
  readonly mayRule: boolean;
  readonly mayDelete: boolean;
  readonly mayLeave: boolean;
}

/** What the user may do to a member now. */
export interface MemberRights {
  readonly mayRemove: boolean;
  readonly mayMute: boolean;
  /** It removes, too. */
  readonly mayBan: boolean;
  /** The roles that may be given, the member's own left out. */
  readonly roles: readonly GivenRole[];
}

/** That a user may not be a member. */
export interface Ban {
  readonly userId: string;
  readonly bannedById: string;
  readonly bannedAtMs: number;
  /** `FOREVER` until they are unbanned. */
  readonly untilMs: number;
}

/** Those who are banned, ascending by user id. */
export interface BansPage {
  readonly bans: readonly Ban[];
  /** Whether more follow: ask again after the last one's user id. */
  readonly hasAfter: boolean;
}

/** A way into a group, for whoever has its token. */
export interface Invitation {
  readonly invitationId: string;
  readonly conversationId: string;
  readonly createdById: string;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  /** How many may join with it; 0: any number. */
  readonly maxUses: number;
  /** How many have. */
  readonly uses: number;
}

/** A new one, with the token that is told only now. */
export interface NewInvitation {
  readonly invitation: Invitation;
  readonly token: string;
}

export interface InvitationOptions {
  /** A minute to a year; a week unless set. */
  readonly lifetimeSeconds?: number;
  /** Any number unless set. */
  readonly maxUses?: number;
}

/** What opens a group: an invitation's token, or the key of one that is joinable by key. */
export type JoinBy = { readonly token: string } | { readonly key: string };

/** The part of a group's state that decides about rights. */
export type GroupRules = Pick<
  ConversationDetails,
  "kind" | "addRole" | "settingsRole" | "removeRole"
>;
