// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { ConversationDetails, GivenRole } from "@tern/client";
import type { JSX } from "preact";
import { Choice } from "./choice.js";
import { WHO_WORDS } from "./groupView.js";

const RULES = [
  ["postRole", "Who writes"],
  ["addRole", "Who adds members"],
  ["settingsRole", "Who changes name and picture"],
  ["pinRole", "Who pins"],
  ["removeRole", "Who removes members"],
  ["deleteRole", "Who deletes what others wrote"],
] as const;

export type Rule = (typeof RULES)[number][0];

interface RuleChoicesProps {
  /** What one must be at least, rule by rule; what is left out is the server's usual. */
  readonly rules: Partial<Pick<ConversationDetails, Rule>>;
  /** Gives back the change where the rules come from the server. */
  readonly onChoose: (rule: Rule, role: GivenRole) => unknown;
}

/** What one must be at least to do something in a group. */
export function RuleChoices({ rules, onChoose }: RuleChoicesProps): JSX.Element {
  return (
    <div class="two-fields">
      {RULES.map(([rule, words]) => (
        <Choice
          key={rule}
          label={words}
          value={roleOf(rules, rule)}
          of={WHO_WORDS}
          onChoose={(role) => onChoose(rule, role)}
        />
      ))}
    </div>
  );
}

function roleOf(rules: RuleChoicesProps["rules"], rule: Rule): GivenRole {
  const role = rules[rule] ?? (rule === "postRole" ? "member" : "moderator");
  return role === "unknown" ? "moderator" : role;
}
