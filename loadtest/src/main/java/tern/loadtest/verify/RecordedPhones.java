// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import tern.loadtest.history.Life;
import tern.loadtest.history.PhoneLog;
import tern.loadtest.history.PhoneSeen;
import tern.loadtest.history.PhoneWish;
import tern.loadtest.history.PushHistory;
import tern.loadtest.history.PushHistory.Arrived;
import tern.loadtest.history.PushHistory.Kept;
import tern.loadtest.history.PushTimes;

/// The part of a recorded run in which erin writes to people whose phones lie about, each in a
/// conversation of two, and the server is killed once, with a push on its way. Times are
/// milliseconds since that part began.
final class RecordedPhones {
  static final String ERIN = "erin";
  static final String SLEEPER = "sleeper";
  static final String READER = "reader";
  static final String TABLET = "'s tablet";
  static final String LOOKER = "looker";
  static final String MUTER = "muter";
  static final String LEAVER = "leaver";
  static final String LENDER = "lender";
  static final String BORROWER = "borrower";
  private static final String RETURNER = "returner";
  private static final String UNMUTER = "unmuter";
  static final String SHARED = "fcm/shared";
  private static final int KILLED = 20_000;
  private static final int BACK = 21_000;
  private static final int END = 40_000;
  private static final PushTimes TIMES =
      new PushTimes(
          Duration.ofSeconds(2),
          Duration.ofSeconds(3),
          Duration.ofSeconds(4),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofMillis(200));

  final List<Kept> messages = new ArrayList<>();
  final List<Arrived> arrived = new ArrayList<>();
  long unsettled;
  private final RecordedRun run;
  // By user: each has one phone, and the reader a tablet, too.
  private final Map<String, List<PhoneSeen>> logs = new LinkedHashMap<>();
  private final Map<String, Set<String>> members = new LinkedHashMap<>();
  private long from;
  private long requests;

  RecordedPhones(RecordedRun run) {
    this.run = run;
  }

  PushHistory history() {
    List<PhoneLog> phones = new ArrayList<>();
    logs.forEach(
        (name, log) -> phones.add(new PhoneLog(name.replace(TABLET, ""), name, List.copyOf(log))));
    return new PushHistory(
        TIMES,
        phones,
        Map.copyOf(members),
        List.copyOf(messages),
        arrived.stream().sorted(Comparator.comparingLong(Arrived::at)).toList(),
        unsettled);
  }

  /// Writes down the server's lives, too: the first is all that went before.
  void play() {
    from = run.now();
    run.lives.add(new Life(0, at(KILLED), true, "on", "on", "on", 1, List.of()));
    run.lives.add(new Life(at(BACK), at(END), false, "on", "on", "on", 1, List.of()));
    for (String user : List.of(SLEEPER, READER, LOOKER, MUTER, LEAVER, LENDER, RETURNER, UNMUTER)) {
      members.put(talk(user), Set.of(ERIN, user));
    }
    come(ERIN, 0, true, address(ERIN));
    come(LOOKER, 0, true, address(LOOKER));
    leaveBehind();
    lookAndRead();
    logOut();
    lend();
    comeBack();
    unmuteJustBeforeTheKill();
    beKilled();
  }

  static String talk(String user) {
    return "00000000-0000-4000-8000-with-" + user;
  }

  static String address(String user) {
    return "fcm/" + user;
  }

  private void leaveBehind() {
    come(SLEEPER, 0, false, address(SLEEPER));
    gone(SLEEPER, 100);
    say(1_000, SLEEPER, false);
    push(1_200, address(SLEEPER), SLEEPER, 1);
    say(1_100, SLEEPER, true);
    say(4_000, SLEEPER, false);
    ask(ERIN, 4_050, new PhoneWish.Delete(talk(SLEEPER), 3));
    come(MUTER, 0, false, address(MUTER));
    ask(MUTER, 40, new PhoneWish.Mute(talk(MUTER), true));
    gone(MUTER, 100);
    say(1_000, MUTER, false);
  }

  private void lookAndRead() {
    come(READER, 0, false, address(READER));
    gone(READER, 100);
    say(1_000, READER, false);
    push(1_200, address(READER), READER, 1);
    String tablet = READER + TABLET;
    come(tablet, 4_900, true, address(tablet));
    ask(tablet, 5_000, new PhoneWish.Read(talk(READER), 1));
    arrived.add(new Arrived(at(5_200), address(READER), talk(READER), 1, true));
    say(9_000, READER, false);
    push(11_100, address(READER), READER, 2);
    push(11_100, address(tablet), READER, 2);
    say(1_000, LOOKER, false);
    acknowledge(LOOKER, 2_000, 1);
    say(8_000, LOOKER, false);
    acknowledge(LOOKER, 8_500, 2);
    say(9_400, LOOKER, false);
    push(11_500, address(LOOKER), LOOKER, 3);
  }

  private void logOut() {
    come(LEAVER, 0, false, address(LEAVER));
    gone(LEAVER, 100);
    say(1_000, LEAVER, false);
    push(1_200, address(LEAVER), LEAVER, 1);
    come(LEAVER, 5_000, false, address(LEAVER));
    ask(LEAVER, 5_100, new PhoneWish.Forget());
    gone(LEAVER, 5_200);
  }

  // The borrower has no conversation.
  private void lend() {
    come(LENDER, 0, false, SHARED);
    gone(LENDER, 100);
    come(BORROWER, 3_000, false, SHARED);
    gone(BORROWER, 3_100);
    say(9_000, LENDER, false);
  }

  // What is acknowledged without a registration is not kept.
  private void comeBack() {
    come(RETURNER, 0, true, address(RETURNER));
    say(1_000, RETURNER, false);
    ask(RETURNER, 1_010, new PhoneWish.Forget());
    acknowledge(RETURNER, 1_020, 1);
    gone(RETURNER, 1_100);
    come(RETURNER, 1_500, false, address(RETURNER));
    gone(RETURNER, 1_600);
    push(4_500, address(RETURNER), RETURNER, 1);
  }

  // It comes with the first after the kill, which may have left long before.
  private void unmuteJustBeforeTheKill() {
    come(UNMUTER, 0, false, address(UNMUTER));
    ask(UNMUTER, 40, new PhoneWish.Mute(talk(UNMUTER), true));
    ask(UNMUTER, 19_700, new PhoneWish.Mute(talk(UNMUTER), false));
    gone(UNMUTER, KILLED);
    say(22_300, UNMUTER, false);
    push(22_600, address(UNMUTER), UNMUTER, 1);
  }

  // One push is on its way, and one acknowledgement is not kept.
  private void beKilled() {
    say(19_000, LOOKER, false);
    acknowledge(LOOKER, 19_500, 4);
    say(18_990, SLEEPER, false);
    push(19_900, address(SLEEPER), SLEEPER, 4);
    gone(LOOKER, KILLED);
    gone(ERIN, KILLED);
    push(22_500, address(SLEEPER), SLEEPER, 4);
    push(23_500, address(LOOKER), LOOKER, 4);
  }

  /// A push comes that shows the message that erin wrote to somebody.
  void push(int ms, String address, String recipient, long sequence) {
    arrived.add(new Arrived(at(ms), address, talk(recipient), sequence, false));
  }

  long at(int ms) {
    return from + TimeUnit.MILLISECONDS.toNanos(ms);
  }

  private List<PhoneSeen> log(String name) {
    return logs.computeIfAbsent(name, _ -> new ArrayList<>());
  }

  private void come(String name, int ms, boolean looking, String address) {
    log(name).add(new PhoneSeen.Greeted(at(ms), looking));
    ask(name, ms, new PhoneWish.Register(address));
    log(name).add(new PhoneSeen.Came(at(ms + 10)));
  }

  private void gone(String name, int ms) {
    log(name).add(new PhoneSeen.Gone(at(ms)));
  }

  private void ask(String name, int ms, PhoneWish wish) {
    long request = ++requests;
    log(name).add(new PhoneSeen.Asked(at(ms), request, wish));
    log(name).add(new PhoneSeen.Answered(at(ms + 10), request));
  }

  private void acknowledge(String user, int ms, long sequence) {
    log(user).add(new PhoneSeen.Acknowledged(at(ms), talk(user), sequence));
  }

  private void say(int ms, String recipient, boolean silent) {
    String talk = talk(recipient);
    long sequence = 1 + messages.stream().filter(it -> it.conversation().equals(talk)).count();
    String id = recipient + ":" + sequence;
    ask(ERIN, ms - 5, new PhoneWish.Say(talk, id, silent));
    messages.add(new Kept(at(ms), talk, sequence, ERIN, id));
  }
}
