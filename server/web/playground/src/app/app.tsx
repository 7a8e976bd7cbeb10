// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { Profile } from "@tern/client";
import type { JSX } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import { Bird } from "../ground/icons.js";
import type { DemoServer } from "../ground/demoServer.js";
import { Invited } from "../group/invited.js";
import { hashOf, joinKeyFrom, peopleFrom, SUGGESTED } from "../ground/people.js";
import { type Watching, WatchLink } from "../open/watchLink.js";
import { Person } from "../person/person.js";
import { DirectionToggle } from "./directionToggle.js";
import { PeopleTabs } from "./peopleTabs.js";
import { ThemeToggle } from "./themeToggle.js";

/** The page: one or two people, each a client of their own. */
export function App({ server }: { readonly server: DemoServer }): JSX.Element {
  const [people, setPeople] = usePeople();
  const [shown, setShown] = useState(0);
  const [badges, setBadges] = useState<readonly number[]>([0, 0]);
  const [joinKey, setJoinKey] = useJoinKey();
  const [joining, setJoining] = useState<Joining | undefined>();
  const [watching, watch] = useWatching(people, setPeople);
  const [profiles, setProfiles] = useState<readonly (Profile | undefined)[]>([]);
  const total = badges.slice(0, people.length).reduce((sum, badge) => sum + badge, 0);

  useEffect(() => {
    document.title = total > 0 ? `(${total}) Tern playground` : "Tern playground";
  }, [total]);
  const setProfile = useCallback((side: number, profile: Profile | undefined) => {
    setProfiles(([first, second]) => (side === 0 ? [profile, second] : [first, profile]));
  }, []);
  const setBadge = useCallback((side: number, badge: number) => {
    setBadges((all) => all.map((one, index) => (index === side ? badge : one)));
  }, []);

  return (
    <div class="page">
      <header class="bar">
        <Bird />
        <div class="bar-name">
          <h1>Tern</h1>
          <p dir="auto">
            {people.length > 1
              ? "Two people, two real clients, one server. Take one offline and keep typing."
              : "One of two windows. Open the other and talk."}
          </p>
        </div>
        <DirectionToggle />
        <ThemeToggle />
      </header>
      {people.length > 1 && (
        <PeopleTabs {...{ people, profiles, badges, shown }} onShow={setShown} />
      )}
      <main class={`people people-${people.length} shown-${shown}`}>
        {people.map((userId, side) => (
          <Person
            key={`${side}/${userId}`}
            server={server}
            userId={userId}
            side={side}
            other={people[1 - side]}
            joins={joining?.userId === userId ? joining.key : undefined}
            watches={watching?.userId === userId ? watching.roomId : undefined}
            onRename={(name) => {
              setPeople(people.map((one, index) => (index === side ? name : one)));
            }}
            onBadge={setBadge}
            onProfile={setProfile}
          />
        ))}
      </main>
      <WatchLink people={people} onWatch={watch} />
      {joinKey !== undefined && (
        <Invited
          people={people}
          onClose={() => {
            setJoinKey(undefined);
          }}
          onJoin={(userId) => {
            setJoinKey(undefined);
            setJoining({ userId, key: joinKey });
            setPeople(people.includes(userId) ? people : [userId]);
          }}
        />
      )}
      <datalist id="suggested-users">
        {SUGGESTED.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </div>
  );
}

/** The key in the address, until somebody has answered to it. */
function useJoinKey(): [string | undefined, (key: string | undefined) => void] {
  const [joinKey, setJoinKey] = useState(() => joinKeyFrom(location.hash));
  useEffect(() => {
    const changed = (): void => {
      setJoinKey(joinKeyFrom(location.hash));
    };
    window.addEventListener("hashchange", changed);
    return () => {
      window.removeEventListener("hashchange", changed);
    };
  }, []);
  return [joinKey, setJoinKey];
}

/** Who has come to watch a room; who was not on the page is then alone on it. */
function useWatching(
  people: readonly string[],
  setPeople: (people: readonly string[]) => void,
): [Watching | undefined, (came: Watching) => void] {
  const [watching, setWatching] = useState<Watching | undefined>();
  const watch = (came: Watching): void => {
    setWatching(came);
    setPeople(people.includes(came.userId) ? people : [came.userId]);
  };
  return [watching, watch];
}

/** Who comes in by which key. */
interface Joining {
  readonly userId: string;
  readonly key: string;
}

/** The people stand in the address, so that a reload or a link brings them back. */
function usePeople(): [readonly string[], (people: readonly string[]) => void] {
  const [people, setPeople] = useState(() => peopleFrom(location.hash));
  useEffect(() => {
    const changed = (): void => {
      setPeople(peopleFrom(location.hash));
    };
    window.addEventListener("hashchange", changed);
    return () => {
      window.removeEventListener("hashchange", changed);
    };
  }, []);
  const choose = useCallback((chosen: readonly string[]) => {
    location.hash = hashOf(chosen);
  }, []);
  return [people, choose];
}
