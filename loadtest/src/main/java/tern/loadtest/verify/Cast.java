// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import tern.loadtest.client.Address;
import tern.loadtest.client.Await;
import tern.loadtest.client.Device;
import tern.loadtest.client.DeviceName;
import tern.loadtest.client.Frames;
import tern.loadtest.client.OpenFrames;
import tern.loadtest.client.Screen;
import tern.loadtest.client.Sockets;
import tern.loadtest.client.Tokens;
import tern.loadtest.history.ClientLog;
import tern.loadtest.history.Seen;
import tern.loadtest.history.Stored;
import tern.v1.ClientFrame;
import tern.v1.HistoryVisibility;
import tern.v1.WatchAccess;
import tern.v1.WatchRules;

/// All people of a run: made from the plan, brought together in their rooms, then let loose.
final class Cast {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long ANSWER_SECONDS = 15;
  // As many profiles as may be asked for at once.
  private static final int KNOWN = 100;

  private final Sockets sockets;
  private final Address address;
  private final Tokens tokens;
  private final Tokens grantedTokens;
  private final RunClock clock;
  private final Tally tally;
  private final Random random;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Hotspot hotspot = new Hotspot();
  private final Realm realm = new Realm();
  private final Inn inn = new Inn();
  private final Stage stage = new Stage();
  private final Map<String, Person> persons = new HashMap<>();
  private final Map<String, Actor> firstDevices = new HashMap<>();
  private final List<Actor> actors = new ArrayList<>();
  private final List<Outsider> outsiders = new ArrayList<>();
  private final List<Onlooker> onlookers = new ArrayList<>();
  private final List<String> rooms = new ArrayList<>();
  private final List<String> closedKeys = new ArrayList<>();

  /// People with these tokens; with `grantedTokens` those who may watch what [Stage#GRANT] grants.
  Cast(
      Sockets sockets,
      Address address,
      Tokens tokens,
      Tokens grantedTokens,
      RunClock clock,
      Tally tally,
      Random random) {
    this.sockets = sockets;
    this.address = address;
    this.tokens = tokens;
    this.grantedTokens = grantedTokens;
    this.clock = clock;
    this.tally = tally;
    this.random = random;
  }

  /// Connects everybody and founds the rooms.
  void gather(Plan plan) {
    for (DeviceName name : plan.devices()) {
      actors.add(actor(name));
      inn.welcome(name.user());
    }
    for (DeviceName name : plan.outsiders()) {
      Recorder recorder = new Recorder(name, Attendance.OUTSIDER, clock, tally);
      outsiders.add(new Outsider(device(name, recorder), recorder, rooms, closedKeys, newRandom()));
    }
    for (DeviceName name : plan.watchers()) {
      onlookers.add(onlooker(name));
      stage.welcome(name.user());
    }
    devices().forEach(device -> device.loop().execute(device::start));
    screens().forEach(screen -> screen.loop().execute(screen::start));
    if (!Await.until(PATIENCE, this::isEverybodyWelcome)) {
      throw new IllegalStateException("not everybody could connect within " + PATIENCE);
    }
    for (Plan.Room room : plan.rooms()) {
      found(room);
    }
  }

  void begin() {
    actors.forEach(actor -> actor.device().loop().execute(actor::begin));
    outsiders.forEach(outsider -> outsider.device().loop().execute(outsider::begin));
    onlookers.forEach(onlooker -> onlooker.screen().loop().execute(onlooker::begin));
  }

  void rest() {
    actors.forEach(actor -> actor.device().loop().execute(actor::rest));
    outsiders.forEach(outsider -> outsider.device().loop().execute(outsider::rest));
    onlookers.forEach(onlooker -> onlooker.screen().loop().execute(onlooker::rest));
  }

  /// Everybody says something at this very moment.
  void hurry() {
    actors.forEach(actor -> actor.device().loop().execute(actor::hurry));
  }

  void quiet() {
    for (Actor actor : actors) {
      actor
          .device()
          .loop()
          .execute(
              () -> {
                actor.recorder().quiet();
                actor.device().conversations().forEach(actor.device()::acknowledge);
              });
    }
    onlookers.forEach(
        onlooker -> onlooker.screen().loop().execute(() -> onlooker.recorder().quiet()));
  }

  /// Whether every member's device, and every screen, is connected, waits for nothing, and stands
  /// where the store stands.
  boolean isCaughtUp(Map<String, Long> heads) {
    return actors.stream()
            .allMatch(actor -> Await.on(actor.device().loop(), () -> isCaughtUp(actor, heads)))
        && onlookers.stream()
            .allMatch(
                onlooker -> Await.on(onlooker.screen().loop(), () -> onlooker.isCaughtUp(heads)));
  }

  /// Everybody reads everything.
  void lookAgain() {
    List<CompletableFuture<Void>> looks = new ArrayList<>();
    for (Actor actor : actors) {
      looks.add(Await.on(actor.device().loop(), () -> lastLook(actor)));
    }
    await(CompletableFuture.allOf(looks.toArray(CompletableFuture[]::new)), 4 * ANSWER_SECONDS);
  }

  private CompletableFuture<Void> lastLook(Actor actor) {
    return LastLook.of(actor.device(), actor.recorder(), inn.some(KNOWN, newRandom()));
  }

  List<ClientLog> logs() {
    List<ClientLog> logs = new ArrayList<>();
    for (Actor actor : actors) {
      logs.add(Await.on(actor.device().loop(), actor.recorder()::log));
      logs.add(Await.on(actor.device().loop(), actor.courier().recorder()::log));
    }
    for (Outsider outsider : outsiders) {
      logs.add(Await.on(outsider.device().loop(), outsider.recorder()::log));
    }
    for (Onlooker onlooker : onlookers) {
      logs.add(Await.on(onlooker.screen().loop(), onlooker.recorder()::log));
    }
    return logs;
  }

  /// Whether it is a conversation of these people.
  boolean concerns(Stored stored) {
    return stored.memberships().stream().anyMatch(member -> persons.containsKey(member.user()));
  }

  void onAnswer(Witness witness) {
    for (Actor actor : actors) {
      actor.device().loop().execute(() -> actor.recorder().onAnswer(witness::accepted));
    }
  }

  void leave() {
    devices().forEach(device -> device.loop().execute(() -> device.stop(true)));
    screens().forEach(screen -> screen.loop().execute(() -> screen.stop(true)));
  }

  private Stream<Device> devices() {
    return Stream.concat(
        actors.stream().map(Actor::device), outsiders.stream().map(Outsider::device));
  }

  private Stream<Screen> screens() {
    return onlookers.stream().map(Onlooker::screen);
  }

  private boolean isEverybodyWelcome() {
    return devices().allMatch(Cast::isWelcome)
        && screens().allMatch(screen -> Await.on(screen.loop(), screen::isWelcome));
  }

  private Onlooker onlooker(DeviceName name) {
    List<String> grants = random.nextBoolean() ? List.of(Stage.GRANT) : List.of();
    Recorder recorder = new Recorder(name, Attendance.watcher(grants), clock, tally);
    Screen screen =
        new Screen(
            sockets,
            sockets.nextLoop(),
            address,
            name,
            grants.isEmpty() ? tokens : grantedTokens,
            recorder,
            newRandom());
    return new Onlooker(screen, recorder, newRandom(), stage);
  }

  private Actor actor(DeviceName name) {
    Recorder recorder = new Recorder(name, Attendance.MEMBER, clock, tally);
    Person person = persons.computeIfAbsent(name.user(), _ -> new Person());
    Device device = device(name, recorder);
    Actor actor =
        new Actor(
            device,
            courier(device),
            recorder,
            person,
            newRandom(),
            new Places(hotspot, realm, inn, stage));
    firstDevices.putIfAbsent(name.user(), actor);
    return actor;
  }

  private Courier courier(Device device) {
    DeviceName name = device.name();
    return new Courier(
        http,
        device.loop(),
        address,
        tokens.tokenFor(name.user()),
        new Recorder(
            new DeviceName(name.user(), name.device(), Courier.INSTANCE),
            Attendance.MEMBER,
            clock,
            tally));
  }

  private Device device(DeviceName name, Recorder recorder) {
    return new Device(sockets, sockets.nextLoop(), address, name, tokens, recorder, newRandom());
  }

  private Random newRandom() {
    return new Random(random.nextLong());
  }

  private static boolean isWelcome(Device device) {
    return Await.on(device.loop(), device::isWelcome);
  }

  private static boolean isCaughtUp(Actor actor, Map<String, Long> heads) {
    Device device = actor.device();
    if (!actor.courier().isIdle() || !device.isWelcome() || device.unaccepted() > 0) {
      return false;
    }
    for (String room : device.conversations()) {
      long mine = device.standing(room).orElseThrow().revision();
      if (mine < heads.getOrDefault(room, 0L)) {
        return false;
      }
    }
    return true;
  }

  private void found(Plan.Room room) {
    String founder = room.founders().getFirst();
    List<String> others = room.founders().subList(1, room.founders().size());
    String conversation;
    if (room.isDirect()) {
      conversation = opened(founder, Frames.openDirect(others.getFirst()));
      String same = opened(others.getFirst(), Frames.openDirect(founder));
      if (!same.equals(conversation)) {
        throw new IllegalStateException("two users have two direct conversations");
      }
      person(founder).talksTo(others.getFirst());
      person(others.getFirst()).talksTo(founder);
    } else {
      HistoryVisibility visibility =
          room.wholePast()
              ? HistoryVisibility.HISTORY_VISIBILITY_START
              : HistoryVisibility.HISTORY_VISIBILITY_JOINED;
      conversation =
          opened(
              founder,
              room.isOpen()
                  ? OpenFrames.create(room.key(), others, rules(room))
                  : Frames.createGroup(room.key(), others, visibility));
      person(founder).owns(conversation, room.guests());
      room.guests().forEach(guest -> person(guest).visits(conversation));
      if (room.ruled()) {
        realm.rule(conversation, room);
      } else {
        closedKeys.add(room.key());
      }
    }
    place(conversation, room);
  }

  private void place(String conversation, Plan.Room room) {
    if (room.founders().size() >= 50) {
      hotspot.enlarge(conversation);
    } else if (!room.isDirect() && rooms.size() % 20 == 10) {
      hotspot.heat(conversation);
    }
    if (room.isOpen()) {
      stage.open(conversation, room);
    }
    if (room.access() != WatchAccess.WATCH_ACCESS_PUBLIC) {
      rooms.add(conversation);
    }
  }

  private static WatchRules rules(Plan.Room room) {
    boolean needsGrant = room.access() == WatchAccess.WATCH_ACCESS_GRANT;
    return WatchRules.newBuilder()
        .setAccess(room.access())
        .setGrant(needsGrant ? Stage.GRANT : "")
        .build();
  }

  private Person person(String user) {
    return persons.computeIfAbsent(user, _ -> new Person());
  }

  private String opened(String user, ClientFrame request) {
    Actor actor = firstDevices.get(user);
    if (actor == null) {
      throw new IllegalArgumentException("user: " + user + " (expected: one with a device)");
    }
    CompletableFuture<String> conversation = new CompletableFuture<>();
    actor
        .device()
        .loop()
        .execute(
            () -> {
              actor.recorder().onAnswer(seen -> opened(seen, conversation));
              actor.device().ask(request);
            });
    return await(conversation, ANSWER_SECONDS);
  }

  private static void opened(Seen seen, CompletableFuture<String> conversation) {
    switch (seen) {
      case Seen.Members members -> conversation.complete(members.conversation());
      case Seen.Refused refused ->
          conversation.completeExceptionally(new IllegalStateException("refused: " + refused));
      default -> {}
    }
  }

  private static <T> T await(CompletableFuture<T> answer, long seconds) {
    try {
      return answer.get(seconds, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | InterruptedException e) {
      throw new IllegalStateException("no answer within " + seconds + " s", e);
    }
  }
}
