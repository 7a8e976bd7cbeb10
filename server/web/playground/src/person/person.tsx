// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { ComponentChildren, JSX } from "preact";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { Profile, TernClient } from "@tern/client";
import { ConversationView } from "../conversation/conversationView.js";
import type { DemoServer } from "../ground/demoServer.js";
import { useEvents } from "../ground/hooks.js";
import { keep } from "../ground/kept.js";
import { joinBy } from "../group/joinBy.js";
import type { DemoDevice } from "../lock/demoDevice.js";
import { Phones, Pocket } from "../lock/phones.js";
import { type Devices, useDevices } from "../lock/useDevice.js";
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

/** From these widths on the devices fit beside list and chat, or beside one of them. */
const ROOMY_PX = 860;
const BESIDE_PX = 560;

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

/** One person: the devices they have, and the screen of one of them. */
export function Person(props: PersonProps): JSX.Element {
  const { server, userId, side, onBadge } = props;
  const devices = useDevices(server, userId, side);
  const { client } = devices.shown;
  const [selected, select] = useSelected(userId, side);
  const [target, goTo] = useTarget(select);
  const section = useRef<HTMLElement>(null);
  const [showsPhones, setShowsPhones] = usePhones(section, devices);
  const toasts = useToasts();
  useEvents(client, "inbox");
  const { badge } = client.inbox;
  useEffect(() => {
    onBadge(side, badge);
  }, [side, badge, onBadge]);

  return (
    <section
      ref={section}
      class={`person ${selected === undefined ? "on-list" : "on-conversation"}`}
      aria-label={`${userId}’s screen`}
      data-user={userId}
    >
      <DeviceScreen
        key={devices.shown.name}
        {...{ ...props, selected, select, target, goTo }}
        device={devices.shown}
        report={toasts.report}
        showsPhones={showsPhones}
        onPhones={setShowsPhones}
        phones={
          showsPhones && (
            <Phones
              {...{ userId, devices }}
              onOpen={(device, banner) => {
                devices.show(device);
                device.open(banner);
                if (banner.conversationId !== "") {
                  goTo(banner);
                }
              }}
              onClose={() => {
                setShowsPhones(false);
              }}
            />
          )
        }
      />
      <Toasts toasts={toasts} />
    </section>
  );
}

interface DeviceScreenProps extends PersonProps {
  readonly device: DemoDevice;
  readonly selected: string | undefined;
  readonly select: (selected: string | undefined) => void;
  readonly target: Target | undefined;
  readonly goTo: (target: Target) => void;
  readonly report: (error: unknown) => void;
  readonly showsPhones: boolean;
  readonly onPhones: (isShown: boolean) => void;
  /** What stands beside it. */
  readonly phones: ComponentChildren;
}

/** What the app shows on one device. */
function DeviceScreen(props: DeviceScreenProps): JSX.Element {
  const { userId, side, joins, watches, device, selected, select, goTo, report } = props;
  const { client, mode } = device;
  const [isStarting, setStarting] = useState<"conversation" | "room" | undefined>();
  useEvents(client, "connection", "inbox");
  useEffect(() => client.on("problem", report), [client, report]);
  const openDirect = useOpenDirect(client, select, report);
  useOwnProfile(client, userId, side, props.onProfile);
  useJoining(client, joins, select, report);
  useWatching(watches, select);

  return (
    <PeopleProvider client={client} me={userId} onWrite={openDirect}>
      <PersonBar
        {...{ userId, device }}
        onRename={props.onRename}
        showsPhones={props.showsPhones}
        onPhones={props.onPhones}
      />
      <ConnectionBanner client={client} isOn={mode !== "off"} isFrozen={mode === "frozen"} />
      <div class="person-rest">
        <div class="person-screen">
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
            <Main {...props} onHello={openDirect} />
          </div>
        </div>
        {props.phones}
      </div>
      <Starting
        {...{ client, userId, select }}
        what={isStarting}
        onClose={() => {
          setStarting(undefined);
        }}
      />
    </PeopleProvider>
  );
}

interface MainProps extends DeviceScreenProps {
  readonly onHello: (peer: string) => void;
}

/** Beside the list: a conversation, how to begin one, or that nobody looks. */
function Main(props: MainProps): JSX.Element {
  const { device, other, selected, target, userId, select, report, onHello } = props;
  const { client, mode } = device;
  const { isLoaded, entries, archived } = client.inbox;
  if (mode === "background") {
    return <Pocket device={device} />;
  }
  if (selected === undefined) {
    return <Welcome isEmpty={isLoaded && entries.length === 0} other={other} onHello={onHello} />;
  }
  const entry = [...entries, ...archived].find(
    (one) => one.conversation.conversationId === selected,
  );
  return (
    <Selected
      key={selected}
      {...{ client, userId, selected, target, select }}
      peerId={entry?.peerId ?? ""}
      onProblem={report}
    />
  );
}

interface SelectedProps {
  readonly client: TernClient;
  readonly userId: string;
  readonly selected: string;
  readonly peerId: string;
  readonly target: Target | undefined;
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

/** A message to be shown in its place. */
interface Target {
  readonly conversationId: string;
  readonly sequence: number;
}

/** The message that was found or pushed, and the way to it. */
function useTarget(
  select: (conversationId: string) => void,
): [Target | undefined, (target: Target) => void] {
  const [target, setTarget] = useState<Target | undefined>();
  const goTo = useCallback(
    (next: Target) => {
      select(next.conversationId);
      // Another object also for the same message, so that one goes there again.
      setTarget({ ...next });
    },
    [select],
  );
  return [target, goTo];
}

/** Whether the devices stand beside the chat: where there is room, or when one is put away. */
function usePhones(
  section: { readonly current: HTMLElement | null },
  devices: Devices,
): [boolean, (isShown: boolean) => void] {
  const [isShown, setShown] = useState(false);
  const isAway = devices.shown.mode !== "inUse";
  useEffect(() => {
    const width = section.current?.offsetWidth ?? 0;
    if (width >= ROOMY_PX || (isAway && width >= BESIDE_PX)) {
      setShown(true);
    }
  }, [section, isAway]);
  return [isShown, setShown];
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
