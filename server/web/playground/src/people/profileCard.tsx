// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { TernError } from "@tern/client";
import { webAddressOf } from "../ground/format.js";
import { useClock } from "../ground/hooks.js";
import { Icon, type IconName } from "../ground/icons.js";
import { Modal } from "../ground/modal.js";
import { problemOf } from "../ground/wording.js";
import { clockOf, languageOf, presenceOf } from "./peopleWords.js";
import { usePeople, useWatched } from "./peopleView.js";
import { PersonAvatar } from "./personAvatar.js";
import { ReportDialog } from "./reportDialog.js";

interface ProfileCardProps {
  readonly userId: string;
  /** The live room in which one meets them; empty elsewhere. */
  readonly roomId: string;
  readonly onWrite: () => void;
  readonly onClose: () => void;
}

/** Who somebody is, whether they are there, and what one may do about them. */
export function ProfileCard({ userId, roomId, onWrite, onClose }: ProfileCardProps): JSX.Element {
  const { client, state, nameOf } = usePeople();
  const [isReporting, setReporting] = useState(false);
  const [said, say] = useState("");
  useWatched([userId], roomId);
  const isBlocked = state.blocked.has(userId);
  const isMuted = state.muted.has(userId);
  const act = (change: Promise<void>, done: string): void => {
    change.then(
      () => {
        say(done);
      },
      (error: unknown) => {
        say(problemOf(error instanceof TernError ? error.code : "UNKNOWN"));
      },
    );
  };

  return (
    <Modal title={nameOf(userId)} class="profile-card" onClose={onClose}>
      <Facts userId={userId} />
      <div class="profile-actions">
        <Action icon="send" word="Message" onAct={onWrite} />
        <Action
          icon={isMuted ? "bell" : "bellOff"}
          word={isMuted ? "Unmute" : "Mute"}
          onAct={() => {
            act(
              isMuted ? client.people.unmute(userId) : client.people.mute(userId),
              isMuted ? "No longer muted" : "Muted: no pushes, and no typing shown",
            );
          }}
        />
        <Action
          icon="block"
          word={isBlocked ? "Unblock" : "Block"}
          isGrave={!isBlocked}
          onAct={() => {
            act(
              isBlocked ? client.people.unblock(userId) : client.people.block(userId),
              isBlocked ? "No longer blocked" : "Blocked: nothing goes between the two of you",
            );
          }}
        />
        <Action
          icon="flag"
          word="Report"
          isGrave
          onAct={() => {
            setReporting(true);
          }}
        />
      </div>
      <p class="profile-said" role="status">
        {said}
      </p>
      {isReporting && (
        <ReportDialog
          subject={roomId === "" ? { userId } : { userId, conversationId: roomId }}
          what={nameOf(userId)}
          onDone={() => {
            say("Reported to the moderators");
          }}
          onClose={() => {
            setReporting(false);
          }}
        />
      )}
    </Modal>
  );
}

/** Picture, id, presence, language and clock. */
function Facts({ userId }: { readonly userId: string }): JSX.Element {
  const { state } = usePeople();
  const now = useMinutes();
  const profile = state.profiles.get(userId);
  const there = presenceOf(state.presences.get(userId), now);
  const clock = profile === undefined ? "" : clockOf(profile, now);
  const picture = webAddressOf(profile?.imageUrl ?? "");
  return (
    <div class="profile-facts">
      <PersonAvatar userId={userId} size="huge" />
      <p class="profile-presence">{there || "Whether they are online is not to be seen"}</p>
      <dl class="facts">
        <Fact name="Id" words={userId} />
        {profile !== undefined && profile.locale !== "" && (
          <Fact name="Language" words={languageOf(profile)} />
        )}
        {profile !== undefined && clock !== "" && (
          <Fact name="Their clock" words={`${clock}, ${profile.timeZone.replaceAll("_", " ")}`} />
        )}
      </dl>
      {picture !== undefined && picture.origin !== location.origin && (
        // The page loads nothing from elsewhere.
        <a class="card-elsewhere" href={picture.href} target="_blank" rel="noopener noreferrer">
          {`Picture on ${picture.host}`}
        </a>
      )}
    </div>
  );
}

function Fact({ name, words }: { readonly name: string; readonly words: string }): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <bdi>{words}</bdi>
      </dd>
    </div>
  );
}

interface ActionProps {
  readonly icon: IconName;
  readonly word: string;
  readonly isGrave?: boolean;
  readonly onAct: () => void;
}

function Action({ icon, word, isGrave = false, onAct }: ActionProps): JSX.Element {
  return (
    <button
      type="button"
      class={`profile-action${isGrave ? " profile-action-grave" : ""}`}
      onClick={onAct}
    >
      <Icon name={icon} />
      {word}
    </button>
  );
}

/** The local clock, renewed often enough for minutes. */
function useMinutes(): number {
  const [isRunning, setRunning] = useState(false);
  useEffect(() => {
    setRunning(true);
  }, []);
  return Math.floor(useClock(isRunning) / 1_000) * 1_000;
}
