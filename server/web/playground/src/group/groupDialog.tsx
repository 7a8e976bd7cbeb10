// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { useCallback, useMemo, useState } from "preact/hooks";
import { TernError, type ConversationState } from "@tern/client";
import { Modal } from "../ground/modal.js";
import { moveFocus } from "../ground/roving.js";
import { problemOf } from "../ground/wording.js";
import { usePeople } from "../people/peopleView.js";
import { Banned } from "./banned.js";
import type { GroupView } from "./groupView.js";
import { Invitations } from "./invitations.js";
import { Members } from "./members.js";
import { Settings } from "./settings.js";

type Tab = "members" | "settings" | "invitations" | "banned";

const TAB_WORDS: Readonly<Record<Tab, string>> = {
  members: "Members",
  settings: "Settings",
  invitations: "Invitations",
  banned: "Banned",
};

/** Only groups are joined by invitations. */
const MODERATORS_TABS: readonly Tab[] = ["members", "settings", "invitations", "banned"];

interface GroupDialogProps {
  readonly state: ConversationState;
  /** The user has left the group, or deleted it. */
  readonly onLeft: () => void;
  readonly onClose: () => void;
}

/** All about a group; what one may not do is not offered. */
export function GroupDialog({ state, onLeft, onClose }: GroupDialogProps): JSX.Element {
  const { client, me } = usePeople();
  const [tab, setTab] = useState<Tab>("members");
  const [said, setSaid] = useState({ done: "", problem: "" });
  const { conversationId } = state;
  const group = useMemo(() => client.group(conversationId), [client, conversationId]);
  const { mayModerate } = group.rights;
  const tabs: readonly Tab[] = mayModerate
    ? MODERATORS_TABS.filter((one) => one !== "invitations" || state.details?.kind === "group")
    : ["members", "settings"];
  const shown = tabs.includes(tab) ? tab : "members";
  const fail = useCallback((error: unknown) => {
    const code = error instanceof TernError ? error.code : "UNKNOWN";
    setSaid({ done: "", problem: problemOf(code) });
  }, []);
  const settle = (change: Promise<unknown>, done: string): void => {
    change.then(() => {
      setSaid({ done, problem: "" });
    }, fail);
  };
  const view: GroupView = { client, group, state, me, settle, fail };

  return (
    <Modal
      title={shown === "members" ? `${state.members.length} members` : TAB_WORDS[shown]}
      class="modal-wide"
      onClose={onClose}
    >
      <Tabs
        tabs={tabs}
        shown={shown}
        onShow={(one) => {
          setTab(one);
          setSaid({ done: "", problem: "" });
        }}
      />
      <div role="tabpanel" aria-label={TAB_WORDS[shown]} class="panel">
        {shown === "members" && <Members view={view} />}
        {shown === "settings" && <Settings view={view} onLeft={onLeft} />}
        {shown === "invitations" && <Invitations view={view} />}
        {shown === "banned" && <Banned view={view} />}
      </div>
      <p class="profile-said" role="status">
        {said.done}
      </p>
      <p class="form-problem" role="alert">
        {said.problem}
      </p>
    </Modal>
  );
}

interface TabsProps {
  readonly tabs: readonly Tab[];
  readonly shown: Tab;
  readonly onShow: (tab: Tab) => void;
}

/** The arrow keys go from one to the next. */
function Tabs({ tabs, shown, onShow }: TabsProps): JSX.Element {
  return (
    <div
      class="panel-tabs"
      role="tablist"
      aria-label="About the group"
      onKeyDown={(event) => {
        moveFocus(event, "[role=tab]");
      }}
    >
      {tabs.map((tab) => (
        <button
          key={tab}
          type="button"
          role="tab"
          class="panel-tab"
          aria-selected={tab === shown}
          tabIndex={tab === shown ? 0 : -1}
          onClick={() => {
            onShow(tab);
          }}
          onFocus={() => {
            onShow(tab);
          }}
        >
          {TAB_WORDS[tab]}
        </button>
      ))}
    </div>
  );
}
