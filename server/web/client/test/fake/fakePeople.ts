// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { ClientFrame } from "../../src/gen/tern/v1/frame.js";
import type { Preferences, Profile } from "../../src/gen/tern/v1/user.js";
import type { FakeServer, FakeSession } from "./fakeServer.js";

type Payload = NonNullable<ClientFrame["frame"]>;
type Change = Extract<Payload, { $case: "updatePreferences" }>["value"];

/** What a fake server knows of people: their profiles, who is online, whom a user avoids. */
export class FakePeople {
  readonly profiles = new Map<string, Profile>();
  readonly online = new Set<string>();
  readonly blocked = new Set<string>();
  readonly muted = new Set<string>();
  /** Whether there is room for another one who watches. */
  hasRoom = true;
  #preferences: Preferences = {
    presenceVisibility: 1,
    invisible: false,
    pushLevel: 1,
    quietHours: undefined,
    mentionsPass: true,
    urgentPasses: true,
  };

  /** Lets a server answer requests about these people. */
  constructor(server: FakeServer) {
    server.intercept = (session, frame, id) => this.#answer(session, frame, id);
  }

  name(userId: string, name: string, changedAtMs = 1): Profile {
    const others = { imageUrl: "", locale: "", timeZone: "", metadata: {} };
    const profile = { userId, name, ...others, changedAtMs };
    this.profiles.set(userId, profile);
    return profile;
  }

  #answer(session: FakeSession, frame: Payload, id: number): boolean {
    switch (frame.$case) {
      case "readProfiles": {
        const profiles = frame.value.userIds.flatMap((one) => this.profiles.get(one) ?? []);
        session.send({ $case: "profiles", value: { profiles } }, id);
        return true;
      }
      case "updateProfile": {
        const profile = this.name(session.userId, frame.value.name ?? "", 9);
        session.send({ $case: "profiles", value: { profiles: [profile] } }, id);
        return true;
      }
      case "subscribePresence": {
        const presences = frame.value.userIds.map((userId) => {
          const online = this.online.has(userId);
          return { userId, online, awaySinceMs: online ? 0 : 7 };
        });
        session.send({ $case: "presenceUpdate", value: { presences, live: this.hasRoom } }, id);
        return true;
      }
      default:
        return this.#answerAboutOneself(session, frame, id);
    }
  }

  #answerAboutOneself(session: FakeSession, frame: Payload, id: number): boolean {
    switch (frame.$case) {
      case "blockUser":
      case "muteUser": {
        const { userId } = frame.value;
        const isBlock = frame.$case === "blockUser";
        const isOn = isBlock ? frame.value.blocked : frame.value.muted;
        const list = isBlock ? this.blocked : this.muted;
        list[isOn ? "add" : "delete"](userId);
        const value = { userId, blocked: this.blocked.has(userId), muted: this.muted.has(userId) };
        session.send({ $case: "relationChanged", value }, id);
        return true;
      }
      case "listBlocked":
      case "listMuted": {
        const list = [...(frame.$case === "listBlocked" ? this.blocked : this.muted)].sort();
        const [next] = list.filter((userId) => userId > frame.value.page);
        const people = next === undefined ? [] : [{ userId: next, sinceMs: 1 }];
        session.send({ $case: "people", value: { people, nextPage: next ?? "" } }, id);
        return true;
      }
      case "readPreferences":
      case "updatePreferences": {
        this.#prefer(frame.$case === "updatePreferences" ? frame.value : undefined);
        session.send({ $case: "preferences", value: this.#preferences }, id);
        return true;
      }
      case "report":
        session.send(
          { $case: "reported", value: { reportId: frame.value.reportId, duplicate: false } },
          id,
        );
        return true;
      default:
        return false;
    }
  }

  #prefer(change: Change | undefined): void {
    const before = this.#preferences;
    const hours = change?.quietHours ?? before.quietHours;
    this.#preferences = {
      presenceVisibility: change?.presenceVisibility || before.presenceVisibility,
      invisible: change?.invisible ?? before.invisible,
      pushLevel: change?.pushLevel || before.pushLevel,
      quietHours: hours?.from === "" ? undefined : hours,
      mentionsPass: change?.mentionsPass ?? before.mentionsPass,
      urgentPasses: change?.urgentPasses ?? before.urgentPasses,
    };
  }
}
