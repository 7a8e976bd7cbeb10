// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.user.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tern.PersonRequests;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.id.ReportId;
import tern.id.UserId;
import tern.store.Database;
import tern.v1.Error;
import tern.v1.ErrorCode;
import tern.v1.Report;
import tern.v1.ServerFrame;

/// What can be reported, by whom, and what of it is kept.
@Tag("slow")
final class ReportTest {
  @AutoClose private static final TestNode node = TestNode.start();
  @AutoClose private static final Database database = new Database(node.database());

  private final Reports reports = new Reports(database);

  private List<QueuedReport> open(String subject) {
    return reports.list(true, Optional.of(new UserId(subject)), Long.MAX_VALUE, 100);
  }

  private static String text(QueuedReport report) {
    return report.message().orElseThrow().body().toStringUtf8();
  }

  @Test
  void whatWasReportedIsKeptThroughEditAndDeletion() {
    try (TestClient alice = node.connect("alice1");
        TestClient mallory = node.connect("mallory1")) {
      String room = alice.createGroup("team", "mallory1");
      mallory.say(room, "an insult");

      ServerFrame answer = alice.ask(PersonRequests.report(UUID.randomUUID(), room, 1));
      mallory.ask(Requests.edit(room, 1, UUID.randomUUID(), "a compliment"));
      mallory.ask(Requests.delete(room, 1));

      assertThat(answer.getReported().getDuplicate()).isFalse();
      QueuedReport report = open("mallory1").getFirst();
      assertThat(text(report)).contains("an insult");
      assertThat(report.message().orElseThrow().sequence()).isEqualTo(1);
      assertThat(report.reporter()).isEqualTo(new UserId("alice1"));
      assertThat(mallory.heard().toString()).doesNotContain("eported");
    }
  }

  @Test
  void aRepeatIsKeptOnceAndAnotherReportUnderTheSameIdIsAConflict() {
    try (TestClient alice = node.connect("alice2");
        TestClient mallory = node.connect("mallory2")) {
      String room = alice.openDirect("mallory2");
      mallory.say(room, "an insult");
      UUID id = UUID.randomUUID();

      alice.ask(PersonRequests.report(id, room, 1));
      mallory.ask(Requests.delete(room, 1));
      ServerFrame again = alice.ask(PersonRequests.report(id, room, 1));
      ServerFrame other = alice.ask(PersonRequests.report(id, "mallory2"));

      assertThat(again.getReported().getDuplicate()).isTrue();
      assertThat(other.getError().getCode()).isEqualTo(ErrorCode.ERROR_CODE_CONFLICT);
      assertThat(open("mallory2")).hasSize(1);
      assertThat(text(open("mallory2").getFirst())).contains("an insult");
    }
  }

  @Test
  void onlyWhatOneMaySeeCanBeReported() {
    try (TestClient alice = node.connect("alice3");
        TestClient late = node.connect("late3");
        TestClient stranger = node.connect("stranger3")) {
      String room = alice.createGroup("team");
      alice.say(room, "before your time");
      alice.ask(Requests.add(room, List.of("late3")));

      Error unseen = late.ask(PersonRequests.report(UUID.randomUUID(), room, 1)).getError();
      Error beyond = late.ask(PersonRequests.report(UUID.randomUUID(), room, 99)).getError();
      Error foreign = stranger.ask(PersonRequests.report(UUID.randomUUID(), room, 1)).getError();
      Error person = stranger.ask(PersonRequests.report(UUID.randomUUID(), "alice3")).getError();
      Error nobody = stranger.ask(PersonRequests.report(UUID.randomUUID(), "nobody3")).getError();

      assertThat(unseen.getCode()).isEqualTo(ErrorCode.ERROR_CODE_NOT_FOUND);
      assertThat(unseen).isEqualTo(beyond).isEqualTo(foreign);
      assertThat(person.getCode()).isEqualTo(ErrorCode.ERROR_CODE_NOT_FOUND);
      assertThat(person).isEqualTo(nobody);
      assertThat(open("alice3")).isEmpty();
    }
  }

  @Test
  void aHundredOfOneReporterMayBeOpen() {
    try (TestClient alice = node.connect("alice4")) {
      alice.openDirect("mallory4");
      for (int i = 0; i < Reports.MAX_OPEN; i++) {
        reports.add(
            new ReportDraft(
                new ReportId(UUID.randomUUID()),
                new UserId("alice4"),
                Set.of(),
                new ReportDraft.About.OfUser(new UserId("mallory4")),
                ReportReason.SPAM,
                ""));
      }

      Error oneMore = alice.ask(PersonRequests.report(UUID.randomUUID(), "mallory4")).getError();
      reports.close(open("mallory4").getFirst().number(), QueuedReport.Outcome.ACTED, "");

      assertThat(oneMore.getCode()).isEqualTo(ErrorCode.ERROR_CODE_LIMIT_REACHED);
      assertThat(alice.ask(PersonRequests.report(UUID.randomUUID(), "mallory4")).hasReported())
          .isTrue();
    }
  }

  static Stream<Report.Builder> malformed() {
    String id = UUID.randomUUID().toString();
    return Stream.of(
        good(id).setReportId("no uuid"),
        good(id).clearUserId(),
        good(id).setConversationId(id).setSequence(1),
        good(id).setConversationId("no uuid"),
        good(id).setSequence(1),
        good(id).clearUserId().setConversationId(id),
        good(id).clearReason(),
        good(id).setText("x".repeat(1_001)),
        good(id).setUserId("alice5"));
  }

  private static Report.Builder good(String id) {
    return Report.newBuilder()
        .setReportId(id)
        .setUserId("bob5")
        .setReason(tern.v1.ReportReason.REPORT_REASON_SPAM);
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void whatCannotBeMeantIsRefused(Report.Builder report) {
    try (TestClient alice = node.connect("alice5")) {
      assertThat(alice.ask(PersonRequests.report(report)).getError().getCode())
          .isEqualTo(ErrorCode.ERROR_CODE_INVALID_ARGUMENT);
    }
  }

  @Test
  void onesOwnMessageIsNotReported() {
    try (TestClient alice = node.connect("alice6")) {
      String room = alice.createGroup("team");
      alice.say(room, "my own");

      assertThat(alice.ask(PersonRequests.report(UUID.randomUUID(), room, 1)).getError().getCode())
          .isEqualTo(ErrorCode.ERROR_CODE_INVALID_ARGUMENT);
    }
  }
}
