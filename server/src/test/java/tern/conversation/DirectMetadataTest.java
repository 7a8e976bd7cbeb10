// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.v1.Changes;
import tern.v1.ConversationChanged;
import tern.v1.ConversationOpened;
import tern.v1.Error;
import tern.v1.ErrorCode;
import tern.v1.Metadata;
import tern.v1.Role;
import tern.v1.UpdateConversation;

/// What the app keeps with a conversation of two. Who may change it is in `RoleMatrix`.
@Tag("slow")
final class DirectMetadataTest {
  @AutoClose private static final TestNode NODE = TestNode.start();

  private static UpdateConversation.Builder order(String room, String number) {
    return Requests.of(room).setMetadata(Metadata.newBuilder().putEntries("order", number));
  }

  private static ConversationChanged changed(TestClient client, UpdateConversation.Builder update) {
    var answer = client.ask(Requests.update(update));
    assertThat(answer.hasConversationChanged()).as(answer.toString()).isTrue();
    return answer.getConversationChanged();
  }

  @Test
  void eitherOfTwoChangesItAndTheOtherHears() {
    try (TestClient alice = NODE.connect("alice1");
        TestClient bob = NODE.connect("bob1")) {
      String room = alice.openDirect("bob1");

      ConversationChanged first = changed(alice, order(room, "1234"));
      Changes heard = bob.awaitChanges();
      ConversationChanged second = changed(bob, order(room, "5678"));
      ConversationOpened read = alice.ask(Requests.read(room)).getConversationOpened();

      assertThat(first.getRevision()).isEqualTo(2);
      assertThat(heard.getConversation()).isEqualTo(first.getConversation());
      assertThat(heard.getThrough()).isEqualTo(2);
      assertThat(heard.getMessagesList()).isEmpty();
      assertThat(second.getConversation().getMetadataMap()).isEqualTo(Map.of("order", "5678"));
      assertThat(read.getConversation()).isEqualTo(second.getConversation());
      assertThat(read.getSequence()).as("no message tells of it").isZero();
    }
  }

  @Test
  void whoWasAwayGetsItBackWithTheRest() {
    try (TestClient alice = NODE.connect("alice2")) {
      String room = alice.openDirect("bob2");
      changed(alice, order(room, "1234"));

      Changes missed = alice.catchUp(room, alice.position(1, 0)).getFirst().getChanges();

      assertThat(missed.getConversation().getMetadataMap()).isEqualTo(Map.of("order", "1234"));
    }
  }

  @Test
  void whatIsSoAlreadyTakesNoRevision() {
    try (TestClient alice = NODE.connect("alice3")) {
      String room = alice.openDirect("bob3");
      changed(alice, order(room, "1234"));

      assertThat(changed(alice, order(room, "1234")).getRevision()).isZero();
    }
  }

  static Stream<UnaryOperator<UpdateConversation.Builder>> whatIsOfGroups() {
    return Stream.of(
        it -> it.setName("ours"),
        it -> it.setImageUrl(""),
        it -> it.setPostRole(Role.ROLE_OWNER),
        it -> it.setAddRole(Role.ROLE_MEMBER),
        it -> it.setSettingsRole(Role.ROLE_MEMBER),
        it -> it.setPinRole(Role.ROLE_MEMBER),
        it -> it.setRemoveRole(Role.ROLE_OWNER),
        it -> it.setDeleteRole(Role.ROLE_OWNER),
        it -> it.setFrozen(true),
        it -> it.setSlowModeSeconds(30));
  }

  @ParameterizedTest
  @MethodSource("whatIsOfGroups")
  void anythingElseIsRefusedWithAllThatCameAlong(UnaryOperator<UpdateConversation.Builder> wanted) {
    try (TestClient alice = NODE.connect("alice4")) {
      String room = alice.openDirect("bob4");

      Error alone = alice.ask(Requests.update(wanted.apply(Requests.of(room)))).getError();
      Error both = alice.ask(Requests.update(wanted.apply(order(room, "1234")))).getError();

      assertThat(alone.getCode()).isEqualTo(ErrorCode.ERROR_CODE_FORBIDDEN);
      assertThat(alone.getMessage()).contains("expected: metadata alone");
      assertThat(both).isEqualTo(alone);
      assertThat(
              alice
                  .ask(Requests.read(room))
                  .getConversationOpened()
                  .getConversation()
                  .getMetadataMap())
          .isEmpty();
    }
  }
}
