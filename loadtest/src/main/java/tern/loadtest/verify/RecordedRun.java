// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import tern.loadtest.history.Audience;
import tern.loadtest.history.ClientLog;
import tern.loadtest.history.Fate;
import tern.loadtest.history.Headers;
import tern.loadtest.history.History;
import tern.loadtest.history.Invite;
import tern.loadtest.history.Item;
import tern.loadtest.history.Life;
import tern.loadtest.history.MemberSeen;
import tern.loadtest.history.Past;
import tern.loadtest.history.People;
import tern.loadtest.history.Personal;
import tern.loadtest.history.Press;
import tern.loadtest.history.ProfileSeen;
import tern.loadtest.history.Relation;
import tern.loadtest.history.Rules;
import tern.loadtest.history.Ruling;
import tern.loadtest.history.Seen;
import tern.loadtest.history.Settings;
import tern.loadtest.history.Shelf;
import tern.loadtest.history.Step;
import tern.loadtest.history.Stored;
import tern.loadtest.history.Witnessed;

/// A small run as a faultless server would have played it, written down by hand in the records of
/// true runs: alice and bob talk, bob is away for a while, carol joins, people rule and arrange
/// their lists, messages change, mallory stays outside. Its parts are open, so that a fault can be
/// planted.
final class RecordedRun {
  static final String ROOM = "00000000-0000-4000-8000-000000000001";
  static final String ALICE = "alice";
  static final String BOB = "bob";
  static final String CAROL = "carol";
  static final String MALLORY = "mallory";

  private static final Set<String> OUTSIDERS =
      Set.of(MALLORY, RecordedWatch.WALT, RecordedWatch.WANDA);

  /// The last message's sequence.
  static final long LAST = 13;

  // The number of somebody's message that says more than its text.
  private static final int FULL = 5;
  private static final Headers FULL_HEADERS =
      new Headers(List.of(BOB), false, true, false, 2, Map.of("key", "value"));

  private static final long STEP_NANOS = 10_000_000L;

  final Map<String, List<Seen>> logs = new LinkedHashMap<>();
  final List<Item> messages = new ArrayList<>();
  // What became of them, and of whom; see RecordedChanges.
  final List<Item> changes = new ArrayList<>();
  final List<Past.Reacted> reactions = new ArrayList<>();
  final List<Past.Edited> edits = new ArrayList<>();
  final List<Life> lives = new ArrayList<>();
  final List<Witnessed> witnessed = new ArrayList<>();
  final List<MemberSeen> memberships = new ArrayList<>();
  // What became of the group itself; see RecordedRulings.
  final List<Settings> settings = new ArrayList<>();
  final List<Rules.Ban> bans = new ArrayList<>();
  final List<Invite> invites = new ArrayList<>();
  // What people say of each other and of themselves; see RecordedPeople.
  final List<Relation> relations = new ArrayList<>();
  final List<ProfileSeen> profiles = new ArrayList<>();
  final List<Personal.Place> places = new ArrayList<>();
  final List<Personal.Draft> drafts = new ArrayList<>();
  final Map<String, Shelf> shelves = new LinkedHashMap<>();
  final List<Press> presses = new ArrayList<>();
  final Map<Long, Long> notedAt = new LinkedHashMap<>();
  final Map<String, MemberSeen> members = new LinkedHashMap<>();
  // A group that is joined and ends, and a conversation of two.
  final RecordedRoom parlour = new RecordedRoom("00000000-0000-4000-8000-000000000002", false);
  final RecordedRoom pair = new RecordedRoom("00000000-0000-4000-8000-000000000003", true);
  // An OPEN room.
  final RecordedRoom hall = new RecordedRoom("00000000-0000-4000-8000-000000000004", false);
  // Those who are pushed to.
  final RecordedPhones phones = new RecordedPhones(this);
  final Map<String, Long> read = new LinkedHashMap<>();
  final Set<String> online = new TreeSet<>();
  private long time;
  private long revision = 1;
  private int requests;

  static RecordedRun clean() {
    RecordedRun run = new RecordedRun();
    run.play();
    return run;
  }

  History history() {
    List<ClientLog> clients = new ArrayList<>();
    logs.forEach(
        (user, log) ->
            clients.add(
                new ClientLog(user, user, OUTSIDERS.contains(user), List.of(), List.copyOf(log))));
    List<Stored.StoredMember> stored = new ArrayList<>();
    for (MemberSeen member : members.values()) {
      stored.add(
          new Stored.StoredMember(
              member, member.revision(), 0, read.getOrDefault(member.user(), 0L)));
    }
    long last = messages.isEmpty() ? 0 : messages.getLast().sequence();
    return new History(
        clients,
        List.of(
            new Stored(
                ROOM,
                false,
                0,
                last,
                revision,
                kept(),
                stored,
                List.copyOf(memberships),
                past(),
                rules(),
                personal(),
                List.copyOf(presses)),
            parlour.stored(),
            pair.stored(),
            hall.stored()),
        new People(List.copyOf(relations), List.copyOf(profiles)),
        List.copyOf(lives),
        List.copyOf(witnessed),
        phones.history(),
        0);
  }

  private List<Item> kept() {
    return messages.stream().map(this::latest).toList();
  }

  private Past past() {
    List<Item> states = new ArrayList<>(messages);
    states.addAll(changes);
    return new Past(List.copyOf(states), List.copyOf(reactions), List.copyOf(edits));
  }

  private Personal personal() {
    return new Personal(List.copyOf(places), List.copyOf(drafts));
  }

  private Rules rules() {
    return new Rules(
        List.copyOf(settings),
        List.copyOf(bans),
        List.of(),
        List.copyOf(invites),
        Audience.NONE,
        Map.copyOf(notedAt));
  }

  List<Seen> log(String user) {
    return logs.computeIfAbsent(user, _ -> new ArrayList<>());
  }

  private void play() {
    settings.add(RecordedRulings.AT_FIRST);
    notedAt.put(revision, now());
    note(new MemberSeen(ALICE, 3, 1, false, 1));
    note(new MemberSeen(BOB, 1, 1, false, 1));
    for (String user : List.of(ALICE, BOB, CAROL, MALLORY)) {
      log(user).add(new Seen.Opened(now(), 1, "epoch"));
    }
    open(ALICE);
    open(BOB);
    say(ALICE, 1);
    say(BOB, 1);
    say(ALICE, 2);
    online.remove(BOB);
    log(BOB).add(new Seen.Closed(now(), 1, 1006));
    say(ALICE, 3);
    log(BOB).add(new Seen.Opened(now(), 2, "epoch"));
    catchUp(BOB, 2, revision - 1);
    join(CAROL);
    say(CAROL, 1);
    new RecordedRulings(this).play();
    new RecordedShares(this).play();
    new RecordedShelves(this).play();
    new RecordedEntries(this).play();
    hall.isWatched = true;
    new RecordedWatch(this).play();
    RecordedPeople people = new RecordedPeople(this);
    people.play();
    say(ALICE, 5);
    log(MALLORY)
        .add(new Seen.Refused(now(), 1, "READ_HISTORY", ROOM, "", "NOT_FOUND", "no such thing"));
    new RecordedChanges(this).play();
    markRead(BOB, 3);
    RecordedLook look = new RecordedLook(this);
    look.of(ALICE, 1);
    people.lookAgain();
    look.of(BOB, 3);
    look.of(CAROL, 1);
    phones.play();
  }

  int nextRequest() {
    return ++requests;
  }

  long revision() {
    return revision;
  }

  /// Gives away the next revision.
  long takeRevision() {
    notedAt.put(++revision, time);
    return revision;
  }

  /// A message as it was sent, or as it is now.
  Item message(long sequence, boolean isNow) {
    return isNow ? latest(message(sequence)) : message(sequence);
  }

  private Item message(long sequence) {
    return messages.get((int) sequence - 1);
  }

  private Item latest(Item sent) {
    return changes.stream()
        .filter(item -> item.sequence() == sent.sequence())
        .reduce(sent, (_, newer) -> newer);
  }

  static Item own(String user, Item item) {
    List<String> own =
        item.fate().reactions().stream()
            .filter(kind -> kind.users().contains(user))
            .map(Fate.Reactors::reaction)
            .toList();
    return item.with(item.fate().withReactions(item.fate().reactions(), own));
  }

  long now() {
    return time += STEP_NANOS;
  }

  /// Lets some time go by.
  void pass(long nanos) {
    time += nanos;
  }

  long sequence() {
    return messages.size();
  }

  private void open(String user) {
    online.add(user);
    int request = ++requests;
    log(user).add(new Seen.CatchUpAsked(now(), 1, request, ROOM, "", -1));
    Step step =
        new Step(
            ROOM,
            0,
            revision,
            sequence(),
            List.copyOf(members.values()),
            visible(user),
            List.of(),
            List.of(settings.getLast()));
    log(user)
        .add(new Seen.CatchUpPage(now(), 1, request, step, "NO_POSITION", true, false, List.of()));
  }

  void catchUp(String user, int session, long from) {
    online.add(user);
    int request = ++requests;
    log(user).add(new Seen.CatchUpAsked(now(), session, request, ROOM, "epoch", from));
    List<Item> missed =
        visible(user).stream()
            .filter(item -> item.revision() > from)
            .sorted(Comparator.comparingLong(Item::revision))
            .toList();
    Step step = new Step(ROOM, from, revision, sequence(), List.of(), missed, List.of(), List.of());
    log(user).add(new Seen.CatchUpPage(now(), session, request, step, "", true, false, List.of()));
  }

  void say(String user, int counter) {
    String text = user + ":" + counter;
    String id = UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    Headers headers = counter == FULL ? FULL_HEADERS : Headers.NONE;
    log(user).add(new Seen.Sent(now(), session(user), ROOM, id, text, headers, true));
    Item item = say(user, text, headers, id);
    log(user)
        .add(
            new Seen.Accepted(
                now(), session(user), ROOM, id, item.sequence(), item.revision(), false));
    witnessed.add(new Witnessed(now(), ROOM, item.sequence(), id, true));
  }

  /// The message is there, whoever is told so.
  Item say(String user, String text, String id) {
    return say(user, text, Headers.NONE, id);
  }

  private Item say(String user, String text, Headers headers, String id) {
    Item item = new Item(sequence() + 1, revision + 1, user, id, text, true, headers, Fate.NONE);
    messages.add(item);
    read.put(user, item.sequence());
    announce(List.of(), List.of(item), List.of());
    return item;
  }

  private void join(String user) {
    Ruling ruling = new Ruling(Ruling.Kind.ADD, ROOM, List.of(user), Map.of());
    int request = nextRequest();
    log(ALICE).add(new Seen.RulingAsked(now(), 1, request, ruling));
    MemberSeen member = new MemberSeen(user, 1, revision + 1, false, sequence() + 1);
    note(member);
    announce(List.of(member), List.of(), List.of());
    log(ALICE).add(new Seen.Ruled(now(), 1, request, ruling, revision, List.of()));
    log(ALICE).add(new Seen.Members(now(), 1, ROOM, revision, List.of(member)));
    tell(ALICE, Item.systemText("KIND_MEMBERS_ADDED", List.of(user), ""));
    open(user);
  }

  void note(MemberSeen member) {
    members.put(member.user(), member);
    memberships.add(member);
  }

  /// The server tells of what this user has brought about.
  void tell(String user, String text) {
    String id = UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    Item item =
        new Item(sequence() + 1, revision + 1, user, id, text, false, Headers.NONE, Fate.NONE);
    messages.add(item);
    announce(List.of(), List.of(item), List.of());
  }

  void announce(List<MemberSeen> changed, List<Item> items, List<Settings> set) {
    long after = revision;
    takeRevision();
    for (String user : online) {
      Step step = new Step(ROOM, after, revision, sequence(), changed, items, List.of(), set);
      log(user).add(new Seen.Live(now(), session(user), step));
    }
  }

  private void markRead(String user, int session) {
    read.put(user, sequence());
    log(user).add(new Seen.MarkReadAsked(now(), session, ROOM, sequence()));
    log(user).add(new Seen.ReadMarked(now(), session, ROOM, sequence(), sequence(), 0));
  }

  /// What the user may see, as it is now.
  List<Item> visible(String user) {
    long first = shelf(user).visibleFrom();
    return messages.stream()
        .filter(item -> item.sequence() >= first)
        .map(item -> own(user, latest(item)))
        .toList();
  }

  long visibleFrom(String user) {
    return Optional.ofNullable(members.get(user)).orElseThrow().visibleFrom();
  }

  /// What the user has arranged.
  Shelf shelf(String user) {
    return shelves.getOrDefault(user, Shelf.fresh(visibleFrom(user)));
  }

  int session(String user) {
    return (int) log(user).stream().filter(Seen.Opened.class::isInstance).count();
  }
}
