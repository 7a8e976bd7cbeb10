// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import { type Profile, type SearchHit, TernClient, webStorage } from "@tern/client";
import { ConversationView } from "../conversation/conversationView.js";
import type { DemoServer } from "../ground/demoServer.js";
import { useEvents } from "../ground/hooks.js";
import { keep, kept, randomName } from "../ground/kept.js";
import { joinBy } from "../group/joinBy.js";
import { PeopleProvider } from "../people/peopleProvider.js";
import { selectionOf, watchedBy } from "../open/roomLink.js";
import { RoomsDialog } from "../open/roomsDialog.js";
import { RoomView } from "../open/roomView.js";
import { ConnectionBanner } from "./connectionBanner.js";
import { ConversationList } from "./conversationList.js";
import { NewConversation } from "./newConversation.js";
import { PersonBar } from "./personBar.js";
import { Toasts, useToasts } from "./toasts.js";
import { Welcome } from "./welcome.js";

interface PersonProps {
  readonly server: DemoServer;
  readonly userId: string;
  readonly side: number;
  /** The user on the other side, where there is one. */
  readonly other: string | undefined;
  /** An invitation with which they have come. */
  readonly joins: string | undefined;
  /** A room that they have come to watch. */
  readonly watches: string | undefined;
  readonly onRename: (userId: string) => void;
  readonly onBadge: (side: number, badge: number) => void;
  readonly onProfile: (side: number, profile: Profile | undefined) => void;
}

/** One person's screen, with a client, a device and a connection of its own. */
export function Person(props: PersonProps): JSX.Element {
  const { server, userId, side, other, joins, watches, onRename, onBadge, onProfile } = props;
  const [client, isOn, setOn] = useClient(server, userId, side);
  const [selected, select] = useSelected(userId, side);
  const [target, goTo] = useTarget(select);
  const [isStarting, setStarting] = useState<"conversation" | "room" | undefined>();
  const toasts = useToasts();
  useEvents(client, "connection", "inbox");
  const { badge, isLoaded, entries, archived } = client.inbox;
  const entry = [...entries, ...archived].find(
    (one) => one.conversation.conversationId === selected,
  );

  useEffect(() => {
    onBadge(side, badge);
  }, [side, badge, onBadge]);
  const report = toasts.report;
  useEffect(() => client.on("problem", report), [client, report]);
  const openDirect = useOpenDirect(client, select, report);

  useOwnProfile(client, userId, side, onProfile);
  useJoining(client, joins, select, report);
  useWatching(watches, select);

  return (
    <PeopleProvider client={client} me={userId} onWrite={openDirect}>
      <section
        class={`person ${selected === undefined ? "on-list" : "on-conversation"}`}
        aria-label={`${userId}’s screen`}
        data-user={userId}
      >
        <PersonBar userId={userId} isOn={isOn} onSwitch={setOn} onRename={onRename} />
        <ConnectionBanner client={client} isOn={isOn} />
        <div class="person-body">
          <ConversationList
            client={client}
            me={userId}
            selected={selected}
            onSelect={select}
            onFound={goTo}
            onNew={() => {
              setStarting("conversation");
            }}
            onRooms={() => {
              setStarting("room");
            }}
            onProblem={report}
          />
          {selected === undefined ? (
            <Welcome
              isEmpty={isLoaded && entries.length === 0}
              other={other}
              onHello={openDirect}
            />
          ) : (
            <Selected
              key={selected}
              {...{ client, userId, selected, target, select }}
              peerId={entry?.peerId ?? ""}
              onProblem={report}
            />
          )}
        </div>
        <Starting
          {...{ client, userId, select }}
          what={isStarting}
          onClose={() => {
            setStarting(undefined);
          }}
        />
        <Toasts toasts={toasts} />
      </section>
    </PeopleProvider>
  );
}

interface SelectedProps {
  readonly client: TernClient;
  readonly userId: string;
  readonly selected: string;
  readonly peerId: string;
  readonly target: SearchHit | undefined;
  readonly select: (selected: string | undefined) => void;
  readonly onProblem: (error: unknown) => void;
}

/** A conversation of the user, or a room that they watch. */
function Selected(props: SelectedProps): JSX.Element {
  const { client, userId, selected, peerId, target, select, onProblem } = props;
  const roomId = watchedBy(selected);
  const close = (): void => {
    select(undefined);
  };
  return roomId === undefined ? (
    <ConversationView
      {...{ client, peerId, onProblem }}
      me={userId}
      conversationId={selected}
      target={target?.conversationId === selected ? target : undefined}
      onBack={close}
    />
  ) : (
    <RoomView {...{ client, roomId, onProblem }} me={userId} onLeave={close} />
  );
}

interface StartingProps {
  readonly what: "conversation" | "room" | undefined;
  readonly client: TernClient;
  readonly userId: string;
  readonly select: (selected: string) => void;
  readonly onClose: () => void;
}

/** Where something new begins, if it does. */
function Starting({ what, client, userId, select, onClose }: StartingProps): JSX.Element | null {
  switch (what) {
    case "conversation":
      return <NewConversation client={client} me={userId} onOpened={select} onClose={onClose} />;
    case "room":
      return <RoomsDialog client={client} me={userId} onSelect={select} onClose={onClose} />;
    case undefined:
      return null;
  }
}

/** Tells how the user is shown to others, for the page around this screen. */
function useOwnProfile(
  client: TernClient,
  userId: string,
  side: number,
  onProfile: (side: number, profile: Profile | undefined) => void,
): void {
  useEffect(() => {
    const tell = (): void => {
      onProfile(side, client.people.state.profiles.get(userId));
    };
    tell();
    return client.on("people", tell);
  }, [client, userId, side, onProfile]);
}

function useOpenDirect(
  client: TernClient,
  onOpened: (conversationId: string) => void,
  onProblem: (error: unknown) => void,
): (peer: string) => void {
  return useCallback(
    (peer: string) => {
      client.openDirect(peer).then(({ conversationId }) => {
        onOpened(conversationId);
      }, onProblem);
    },
    [client, onOpened, onProblem],
  );
}

/** Joins by an invitation, once. */
function useJoining(
  client: TernClient,
  joins: string | undefined,
  onJoined: (conversationId: string) => void,
  onProblem: (error: unknown) => void,
): void {
  useEffect(() => {
    if (joins !== undefined) {
      joinBy(client, joins).then(({ conversationId }) => {
        onJoined(conversationId);
      }, onProblem);
    }
  }, [client, joins, onJoined, onProblem]);
}

/** Watches a room that a link led to. */
function useWatching(roomId: string | undefined, select: (selected: string) => void): void {
  useEffect(() => {
    if (roomId !== undefined) {
      select(selectionOf(roomId));
    }
  }, [roomId, select]);
}

/** The message that was found, and the way to it. */
function useTarget(
  select: (conversationId: string) => void,
): [SearchHit | undefined, (hit: SearchHit) => void] {
  const [target, setTarget] = useState<SearchHit | undefined>();
  const goTo = useCallback(
    (hit: SearchHit) => {
      select(hit.conversationId);
      // Another object also for the same message, so that one goes there again.
      setTarget({ ...hit });
    },
    [select],
  );
  return [target, goTo];
}

/** The device stays the same over reloads; what it knows lasts as long as the tab. */
function useClient(
  server: DemoServer,
  userId: string,
  side: number,
): [TernClient, boolean, (isOn: boolean) => void] {
  const client = useMemo(() => {
    const device = kept(localStorage, `tern.device.${side}`, randomName);
    return new TernClient({
      url: server.url,
      getToken: () => server.tokenFor(userId),
      deviceId: `playground-${device}`,
      storage: webStorage(`tern.state.${side}.${userId}`, sessionStorage),
    });
  }, [server, userId, side]);
  const [isOn, setOn] = useState(true);

  useEffect(() => {
    if (isOn) {
      client.connect();
    }
    return () => {
      client.disconnect();
    };
  }, [client, isOn]);
  return [client, isOn, setOn];
}

function useSelected(
  userId: string,
  side: number,
): [string | undefined, (conversationId: string | undefined) => void] {
  const key = `tern.open.${side}.${userId}`;
  const [selected, setSelected] = useState(() => sessionStorage.getItem(key) ?? undefined);
  const select = useCallback(
    (conversationId: string | undefined) => {
      keep(sessionStorage, key, conversationId);
      setSelected(conversationId);
    },
    [key],
  );
  return [selected, select];
}
