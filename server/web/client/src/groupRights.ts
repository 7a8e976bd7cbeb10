// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { GivenRole, GroupRights, GroupRules, MemberRights } from "./groupModel.js";
import type { Member, Role } from "./model.js";
import { isAbove, isAtLeast, isLed } from "./rights.js";

const ROLES: readonly GivenRole[] = ["member", "moderator", "owner"];
const NO_GROUP_RIGHTS: GroupRights = {
  mayAdd: false,
  mayChangeLooks: false,
  mayModerate: false,
  mayRule: false,
  mayDelete: false,
  mayLeave: false,
};
const NO_MEMBER_RIGHTS: MemberRights = {
  mayRemove: false,
  mayMute: false,
  mayBan: false,
  roles: [],
};

/** What the protocol's table lets somebody of that role do with a group. */
export function groupRights(rules: GroupRules | undefined, own: Role | undefined): GroupRights {
  if (rules === undefined || !isLed(rules.kind) || own === undefined) {
    return NO_GROUP_RIGHTS;
  }
  return {
    mayAdd: isAtLeast(own, rules.addRole),
    mayChangeLooks: isAtLeast(own, rules.settingsRole),
    mayModerate: isAtLeast(own, "moderator"),
    mayRule: own === "owner",
    mayDelete: own === "owner",
    mayLeave: true,
  };
}

/** What the protocol's table lets a member do to one of all members. */
export function memberRights(
  rules: GroupRules | undefined,
  own: Member | undefined,
  member: Member,
  members: readonly Member[],
): MemberRights {
  if (rules === undefined || !isLed(rules.kind) || own === undefined) {
    return NO_MEMBER_RIGHTS;
  }
  const isMe = own.userId === member.userId;
  const mayRemove = !isMe && isAtLeast(own.role, rules.removeRole);
  const mayMute = !isMe && isAtLeast(own.role, "moderator") && isAbove(own.role, member.role);
  const owners = members.filter(({ role }) => role === "owner").length;
  const isLastOwner = member.role === "owner" && owners === 1;
  return {
    mayRemove: mayRemove && member.role !== "owner" && !isAbove(member.role, own.role),
    mayMute,
    mayBan: mayMute && mayRemove,
    roles: own.role === "owner" && !isLastOwner ? ROLES.filter((role) => role !== member.role) : [],
  };
}
