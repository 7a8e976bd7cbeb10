// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { type AppStateSource, pageVisibility } from "./appState.js";
import type { Buttons, PressEvent } from "./buttons.js";
import { Connection, type ConnectionListener } from "./connection.js";
import type { ConnectionState } from "./connectionState.js";
import { type Conversation } from "./conversation.js";
import type { Drafts } from "./drafts.js";
import type { DeviceState, PushReport } from "./deviceModel.js";
import { Emitter } from "./emitter.js";
import { TernError } from "./errors.js";
import { forward, type ForwardOptions, type ForwardOutcome } from "./forwards.js";
import { detailsFrom, memberFrom, newEntryFrom } from "./fromWire.js";
import type { ConversationOpened } from "./gen/tern/v1/conversation.js";
import { Group } from "./group.js";
import type { GroupOptions, JoinBy } from "./groupModel.js";
import type { ConversationState, InboxState, Member, Message } from "./model.js";
import { OpenRooms } from "./open.js";
import type { OpenRoomState, WatchEnd } from "./openModel.js";
import { OwnDevice } from "./ownDevice.js";
import type { OwnList } from "./ownList.js";
import { search, type SearchFilter, type SearchPage } from "./search.js";
import { People } from "./people.js";
import type { PeopleState } from "./peopleModel.js";
import type { SocketConstructor } from "./socket.js";
import { type StateStorage, inMemoryStorage } from "./storage.js";
import { Store } from "./store.js";
import { appStateToWire, settingsToWire, visibilityToWire } from "./toWire.js";
import { randomUuid } from "./uuid.js";

const CLIENT = "tern-js/0.1.0";

export interface ClientOptions {
  /** The server's socket, such as "wss://chat.example.com/v1/ws". */
  readonly url: string;
  /** Fetches an access token; called before each try to connect and before one expires. */
  readonly getToken: () => Promise<string>;
  /** One installation of the app: 1 to 64 of A-Z a-z 0-9 _ . @ - */
  readonly deviceId: string;
  /** One running copy of it, such as a tab; usually left to chance. */
  readonly instanceId?: string;
  /** Where the platform has none of its own (Node 20): the one of the package `ws`. */
  readonly webSocket?: SocketConstructor;
  /** Where to keep state between two lives of the client; usually in memory alone. */
  readonly storage?: StateStorage;
  /** Whether the person is looking; usually by the visibility of the page. */
  readonly appState?: AppStateSource;
  /** What each Hello tells of this device until `client.device` registers; else nothing. */
  readonly device?: DeviceState;
  /** From 0 to below 1; spreads the times at which clients come back. */
  readonly random?: () => number;
}

/** What a client tells; each event carries the whole new state of its part. */
export interface ClientEvents {
  connection: ConnectionState;
  inbox: InboxState;
  conversation: ConversationState;
  people: PeopleState;
  /** Of a room that is watched. */
  room: OpenRoomState;
  /** A room is not watched any more, and not because nobody here wants to. */
  roomEnded: WatchEnd & { readonly conversationId: string };
  /** A message of somebody else has come while connected. */
  message: { readonly conversationId: string; readonly message: Message };
  /** What the user has begun to write in a conversation has changed, here or elsewhere. */
  draft: { readonly conversationId: string };
  /** Somebody has pressed a button of a card that the user sent. */
  press: PressEvent;
  /** Something failed that no caller waits for. */
  problem: TernError;
}

/**
 * One device of one user. Connects and comes back by itself, knows the conversation list, keeps
 * the conversations that are watched up to date, and sends what was written, once and in order.
 */
export class TernClient {
  /** The people whom this client shows, and the user among them. */
  readonly people: People;
  /** Live rooms and broadcasts, which one watches without being a member. */
  readonly open: OpenRooms;
  /** Where this device can be pushed to while the user is away. */
  readonly device: OwnDevice;
  readonly #options: ClientOptions;
  readonly #appState: AppStateSource;
  readonly #events = new Emitter<ClientEvents>();
  readonly #connection: Connection;
  readonly #store: Store;
  #restored: Promise<void> | undefined;
  #wantsConnection = false;
  #stopListening: (() => void) | undefined;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#appState = options.appState ?? pageVisibility();
    const random = options.random ?? Math.random;
    const instanceId = options.instanceId ?? randomUuid();
    this.#connection = new Connection(
      {
        url: options.url,
        socket: options.webSocket ?? globalThis.WebSocket,
        random,
        getToken: options.getToken,
        hello: (accessToken) => ({
          accessToken,
          deviceId: options.deviceId,
          instanceId,
          appState: appStateToWire(this.#appState.current()),
          inboxCursor: this.#store.inboxCursor,
          client: CLIENT,
          device: this.device.told(),
        }),
      },
      this.#listener(),
    );
    this.#store = this.#newStore(random);
    const host = { connection: this.#connection, ready: () => this.#ready() };
    this.device = new OwnDevice({ ...options, ...host }, options.device);
    this.open = new OpenRooms({
      ...{ ...host, events: this.#events, random },
      opened: (opened) => this.#opened(opened, ""),
    });
    this.people = new People({
      ...host,
      changed: (state) => {
        this.#events.emit("people", state);
        this.#store.saveSoon();
      },
    });
  }

  /** Calls `listener` at each event of that name until the returned function is called. */
  on<Name extends keyof ClientEvents>(
    name: Name,
    listener: (event: ClientEvents[Name]) => void,
  ): () => void {
    return this.#events.on(name, listener);
  }

  get connection(): ConnectionState {
    return this.#connection.state;
  }

  get inbox(): InboxState {
    return this.#store.inbox.state;
  }

  /** Arranges the user's own conversations: archives, hides, puts on top, mutes, marks unread. */
  get list(): OwnList {
    return this.#store.own.list;
  }

  /** What the user has begun to write, on all of their devices. */
  get drafts(): Drafts {
    return this.#store.own.drafts;
  }

  /** Presses the buttons of cards. */
  get buttons(): Buttons {
    return this.#store.own.buttons;
  }

  /** As the server named the user; empty before the first Welcome. */
  get userId(): string {
    return this.#store.userId;
  }

  /** Connects, and stays connected until `disconnect()`. While waiting, does not wait longer. */
  connect(): void {
    if (this.#wantsConnection) {
      this.#connection.connect();
      return;
    }
    this.#wantsConnection = true;
    this.#stopListening = this.#listenToPlatform();
    this.#restored ??= this.#store.restore();
    void this.#restored.then(() => {
      if (this.#wantsConnection) {
        this.#connection.connect();
      }
    });
  }

  /** Closes the socket and stays away. What is written meanwhile goes out after `connect()`. */
  disconnect(): void {
    this.#wantsConnection = false;
    this.#stopListening?.();
    this.#connection.disconnect();
  }

  /** A conversation of the user; it is loaded once something subscribes to it. */
  conversation(conversationId: string): Conversation {
    return this.#store.conversation(conversationId);
  }

  /** The same conversation, for those who lead a group. */
  group(conversationId: string): Group {
    return new Group(this.conversation(conversationId), {
      connection: this.#connection,
      ready: () => this.#ready(),
      userId: () => this.userId,
      deleted: (id) => {
        this.#store.left(id);
      },
    });
  }

  /** Joins a group by an invitation's token, or by a key that opens it. */
  async join(by: JoinBy): Promise<Conversation> {
    await this.#ready();
    const value = {
      by:
        "token" in by
          ? ({ $case: "token", value: by.token } as const)
          : ({ $case: "key", value: by.key } as const),
    };
    const frame = { $case: "joinConversation", value } as const;
    return this.#opened(await this.#connection.requestPatiently(frame, "conversationOpened"), "");
  }

  /** Gets or creates the direct conversation with another user. */
  async openDirect(userId: string): Promise<Conversation> {
    await this.#ready();
    const frame = { $case: "openDirect", value: { userId } } as const;
    return this.#opened(
      await this.#connection.requestPatiently(frame, "conversationOpened"),
      userId,
    );
  }

  /** Creates a group with its settings; the user becomes its owner. */
  async createGroup(
    name: string,
    userIds: readonly string[],
    { key = "", historyVisibility = "joined", joinableByKey = false, ...rest }: GroupOptions = {},
  ): Promise<Conversation> {
    await this.#ready();
    const value = {
      ...{ name, userIds: [...userIds], key, joinableByKey },
      ...settingsToWire(rest),
      historyVisibility: visibilityToWire(historyVisibility),
    };
    const frame = { $case: "createGroup", value } as const;
    // Without a key a repeat may create a second group.
    const opened =
      key === ""
        ? await this.#connection.request(frame, "conversationOpened")
        : await this.#connection.requestPatiently(frame, "conversationOpened");
    return this.#opened(opened, "");
  }

  /** Resolves with those whose membership changed. */
  addMembers(conversationId: string, userIds: readonly string[]): Promise<Member[]> {
    const value = { conversationId, userIds: [...userIds] };
    return this.#changeMembers({ $case: "addMembers", value });
  }

  /** Resolves with those whose membership changed. */
  removeMembers(conversationId: string, userIds: readonly string[]): Promise<Member[]> {
    const value = { conversationId, userIds: [...userIds] };
    return this.#changeMembers({ $case: "removeMembers", value });
  }

  /** Looks for messages by their words, the newest first. */
  async search(query: string, filter: SearchFilter = {}): Promise<SearchPage> {
    await this.#ready();
    return search(this.#connection, query, filter);
  }

  /** Forwards a message to at most 10 conversations; tells what became of it in each. */
  forward(
    which: { readonly conversationId: string; readonly sequence: number },
    targets: readonly string[],
    options: ForwardOptions = {},
  ): Promise<readonly ForwardOutcome[]> {
    return forward(this.#connection, () => this.#ready(), which, targets, options);
  }

  /** Tells the server that a push came, or was tapped; see `device`. */
  reportPush(report: PushReport): Promise<void> {
    return this.device.reportPush(report);
  }

  async leave(conversationId: string): Promise<void> {
    await this.#ready();
    const frame = { $case: "leaveConversation", value: { conversationId } } as const;
    await this.#connection.request(frame, "membersChanged");
    this.#store.left(conversationId);
  }

  #newStore(random: () => number): Store {
    return new Store({
      connection: this.#connection,
      events: this.#events,
      storage: this.#options.storage ?? inMemoryStorage(),
      random,
      ready: () => this.#ready(),
      isBlocked: (userId) => this.people.state.blocked.has(userId),
      profiles: {
        restore: (profiles) => {
          this.people.restore(profiles);
        },
        stored: () => this.people.stored(),
      },
    });
  }

  #listener(): ConnectionListener {
    return {
      changed: (state) => {
        this.#events.emit("connection", state);
      },
      welcomed: (welcome) => {
        // First who is here: of another user nothing may be kept under this one's name.
        this.people.welcomed(this.#store.userId, welcome.userId);
        this.#store.welcomed(welcome);
        this.open.welcomed(welcome);
      },
      received: (news) => {
        if (news.$case === "tokenExpiring") {
          void this.#refreshToken();
        } else if (!this.people.received(news) && !this.open.received(news)) {
          this.#store.received(news);
        }
      },
      lost: () => {
        this.#store.lost();
        this.people.lost();
        this.open.lost();
      },
    };
  }

  async #changeMembers(frame: Parameters<Connection["send"]>[0]): Promise<Member[]> {
    await this.#ready();
    const { members } = await this.#connection.requestPatiently(frame, "membersChanged");
    return members.map(memberFrom);
  }

  async #ready(): Promise<void> {
    if (this.#wantsConnection) {
      await this.#restored;
    }
    await this.#connection.ready();
  }

  #opened(opened: ConversationOpened, peerId: string): Conversation {
    if (opened.conversation === undefined) {
      throw new TernError("UNEXPECTED_ANSWER", "conversationOpened without a conversation");
    }
    const details = detailsFrom(opened.conversation);
    return this.#store.opened(newEntryFrom(opened, details, this.userId, peerId), opened);
  }

  async #refreshToken(): Promise<void> {
    try {
      const accessToken = await this.#options.getToken();
      const frame = { $case: "refreshToken", value: { accessToken } } as const;
      await this.#connection.request(frame, "tokenRefreshed");
    } catch (error) {
      // Without it the session ends with TOKEN_EXPIRED, and the next try fetches a token again.
      const cause = error instanceof Error ? error.message : String(error);
      this.#events.emit("problem", new TernError("NO_TOKEN", cause, true));
    }
  }

  /** A page that comes back to the screen or to the network does not wait any longer. */
  #listenToPlatform(): () => void {
    const comeBack = (): void => {
      this.#connection.comeBackNow();
    };
    const stopAppState = this.#appState.subscribe(() => {
      const state = this.#appState.current();
      const value = { appState: appStateToWire(state) };
      if (state === "foreground") {
        comeBack();
      }
      this.#connection.request({ $case: "setAppState", value }, "appStateSet").catch(() => {
        // Hello tells the state anew when the connection is back.
      });
    });
    const target = typeof window === "undefined" ? undefined : window;
    target?.addEventListener("online", comeBack);
    return () => {
      stopAppState();
      target?.removeEventListener("online", comeBack);
    };
  }
}
