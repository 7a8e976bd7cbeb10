// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.PersonalRequests;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.v1.ClientFrame;
import tern.v1.Content;
import tern.v1.Encrypted;
import tern.v1.ErrorCode;
import tern.v1.ForwardOutcome;
import tern.v1.Message;
import tern.v1.ServerFrame;

/// Forwarding copies what is in a message, and tells nobody where it comes from.
@Tag("slow")
final class ForwardTest {
  @AutoClose private static final TestNode node = TestNode.start();

  private static List<ForwardOutcome> forward(TestClient client, ClientFrame.Builder request) {
    ServerFrame answer = client.ask(request);
    assertThat(answer.hasForwarded()).as(answer.toString()).isTrue();
    return answer.getForwarded().getOutcomesList();
  }

  private static ErrorCode refusal(TestClient client, ClientFrame.Builder request) {
    return client.ask(request).getError().getCode();
  }

  private static Message newest(TestClient client, String room) {
    return client.ask(Requests.before(room, 0, 1)).getHistoryPage().getMessages(0);
  }

  @Test
  void contentGoesToEachTargetAsItStandsNow() {
    try (TestClient alice = node.connect("alice1");
        TestClient bob = node.connect("bob1")) {
      String source = bob.openDirect("alice1");
      bob.say(source, "before");
      bob.ask(Requests.edit(source, 1, UUID.randomUUID(), "after"));
      Map<String, UUID> targets = new LinkedHashMap<>();
      targets.put(alice.openDirect("carol1"), UUID.randomUUID());
      targets.put(alice.createGroup("team", "dave1"), UUID.randomUUID());

      List<ForwardOutcome> outcomes =
          forward(alice, PersonalRequests.forward(source, 1, true, targets));

      assertThat(outcomes).allMatch(it -> it.getAccepted().getSequence() == 1).hasSize(2);
      assertThat(outcomes)
          .extracting(ForwardOutcome::getConversationId)
          .containsExactlyElementsOf(targets.keySet());
      for (String room : targets.keySet()) {
        Message copy = newest(alice, room);
        assertThat(TestClient.text(copy)).isEqualTo("after");
        assertThat(copy.getSenderId()).isEqualTo("alice1");
        assertThat(copy.getForwarded().getSenderId()).isEqualTo("bob1");
        assertThat(copy.getCountable()).isTrue();
      }
    }
  }

  @Test
  void readersLearnNeitherTheConversationNorAHiddenSender() {
    try (TestClient alice = node.connect("alice2");
        TestClient bob = node.connect("bob2");
        TestClient carol = node.connect("carol2")) {
      String source = bob.createGroup("secret", "alice2");
      bob.say(source, "pass it on");
      String target = alice.openDirect("carol2");

      forward(alice, PersonalRequests.forward(source, 1, false, Map.of(target, UUID.randomUUID())));
      ServerFrame heard = carol.await(ServerFrame::hasEnvelope);

      Message copy = heard.getEnvelope().getChanges().getMessages(0);
      assertThat(copy.hasForwarded()).isTrue();
      assertThat(copy.getForwarded().getSenderId()).isEmpty();
      assertThat(heard.toString()).doesNotContain(source).doesNotContain("bob2");
      String onwards = carol.openDirect("dave2");
      forward(carol, PersonalRequests.forward(target, 1, true, Map.of(onwards, UUID.randomUUID())));
      assertThat(newest(carol, onwards).hasForwarded()).isTrue();
      assertThat(newest(carol, onwards).getForwarded().getSenderId()).isEmpty();
    }
  }

  @Test
  void repeatIsAnsweredWithTheFirstSequenceWhateverBecameOfTheOriginal() {
    try (TestClient alice = node.connect("alice3")) {
      String source = alice.openDirect("bob3");
      String target = alice.openDirect("carol3");
      alice.say(source, "once");
      ClientFrame.Builder request =
          PersonalRequests.forward(source, 1, false, Map.of(target, UUID.randomUUID()));

      forward(alice, request);
      alice.ask(Requests.edit(source, 1, UUID.randomUUID(), "twice"));
      List<ForwardOutcome> edited = forward(alice, request);
      alice.ask(Requests.delete(source, 1));
      List<ForwardOutcome> deleted = forward(alice, request);

      assertThat(List.of(edited.getFirst(), deleted.getFirst()))
          .allMatch(it -> it.getAccepted().getDuplicate() && it.getAccepted().getSequence() == 1);
      assertThat(TestClient.text(newest(alice, target))).isEqualTo("once");
      assertThat(
              refusal(
                  alice,
                  PersonalRequests.forward(source, 1, false, Map.of(target, UUID.randomUUID()))))
          .isEqualTo(ErrorCode.ERROR_CODE_FORBIDDEN);
    }
  }

  @Test
  void sameIdForAnotherForwardIsAConflict() {
    try (TestClient alice = node.connect("alice4")) {
      String source = alice.openDirect("bob4");
      String target = alice.openDirect("carol4");
      alice.say(source, "one");
      alice.say(source, "two");
      UUID id = UUID.randomUUID();

      forward(alice, PersonalRequests.forward(source, 1, false, Map.of(target, id)));
      List<ForwardOutcome> other =
          forward(alice, PersonalRequests.forward(source, 2, false, Map.of(target, id)));

      assertThat(other.getFirst().getError().getCode()).isEqualTo(ErrorCode.ERROR_CODE_CONFLICT);
    }
  }

  @Test
  void targetIsRefusedAsASendWouldBeAndHoldsUpNoOther() {
    try (TestClient alice = node.connect("alice5");
        TestClient bob = node.connect("bob5")) {
      String source = alice.openDirect("bob5");
      alice.say(source, "one");
      String foreign = bob.openDirect("carol5");
      Map<String, UUID> targets = new LinkedHashMap<>();
      targets.put(foreign, UUID.randomUUID());
      targets.put(UUID.randomUUID().toString(), UUID.randomUUID());
      targets.put(source, UUID.randomUUID());

      List<ForwardOutcome> outcomes =
          forward(alice, PersonalRequests.forward(source, 1, false, targets));

      assertThat(outcomes.get(0).getError()).isEqualTo(outcomes.get(1).getError());
      assertThat(outcomes.get(0).getError().getCode()).isEqualTo(ErrorCode.ERROR_CODE_NOT_FOUND);
      assertThat(outcomes.get(2).getAccepted().getSequence()).isEqualTo(2);
    }
  }

  @Test
  void whatOneMayNotSeeIsNotForwarded() {
    try (TestClient alice = node.connect("alice6");
        TestClient bob = node.connect("bob6")) {
      String source = alice.createGroup("team");
      alice.say(source, "before bob's time");
      alice.ask(Requests.add(source, List.of("bob6")));
      String target = bob.openDirect("carol6");

      assertThat(
              refusal(
                  bob,
                  PersonalRequests.forward(source, 1, false, Map.of(target, UUID.randomUUID()))))
          .isEqualTo(ErrorCode.ERROR_CODE_NOT_FOUND);
    }
  }

  @Test
  void whatOthersCouldNotReadIsNotForwarded() {
    try (TestClient alice = node.connect("alice7")) {
      String source = alice.openDirect("bob7");
      ClientFrame.Builder sealed = TestClient.message(source, "", UUID.randomUUID());
      sealed
          .getSendMessageBuilder()
          .setContent(
              Content.newBuilder()
                  .setEncrypted(
                      Encrypted.newBuilder()
                          .setScheme("mls")
                          .setCiphertext(com.google.protobuf.ByteString.copyFromUtf8("?"))));
      alice.ask(sealed);

      assertThat(
              refusal(
                  alice,
                  PersonalRequests.forward(source, 1, false, Map.of(source, UUID.randomUUID()))))
          .isEqualTo(ErrorCode.ERROR_CODE_INVALID_ARGUMENT);
      assertThat(refusal(alice, PersonalRequests.forward(source, 1, false, Map.of())))
          .isEqualTo(ErrorCode.ERROR_CODE_INVALID_ARGUMENT);
    }
  }

  @Test
  void copiesShareTheRateOfMessages() {
    // Three to open conversations, one to speak, and one for the first copy.
    Map<String, String> slow =
        Map.of("TERN_LIMITS_MESSAGES_PER_SECOND", "1", "TERN_LIMITS_MESSAGES_BURST", "5");
    try (TestNode slowNode = TestNode.start(slow);
        TestClient alice = slowNode.connect("alice8")) {
      String source = alice.openDirect("bob8");
      alice.say(source, "one");
      Map<String, UUID> targets = new LinkedHashMap<>();
      targets.put(alice.openDirect("carol8"), UUID.randomUUID());
      targets.put(alice.openDirect("dave8"), UUID.randomUUID());

      List<ForwardOutcome> outcomes =
          forward(alice, PersonalRequests.forward(source, 1, false, targets));

      assertThat(outcomes.get(0).hasAccepted()).isTrue();
      assertThat(outcomes.get(1).getError().getCode()).isEqualTo(ErrorCode.ERROR_CODE_RATE_LIMITED);
    }
  }

  @Test
  void editedCopyIsTheEditorsOwn() {
    try (TestClient alice = node.connect("alice9")) {
      String source = alice.openDirect("bob9");
      alice.say(source, "theirs");
      forward(alice, PersonalRequests.forward(source, 1, true, Map.of(source, UUID.randomUUID())));

      Message edited =
          alice
              .ask(Requests.edit(source, 2, UUID.randomUUID(), "mine"))
              .getMessageChanged()
              .getMessage();

      assertThat(edited.hasForwarded()).isFalse();
    }
  }
}
