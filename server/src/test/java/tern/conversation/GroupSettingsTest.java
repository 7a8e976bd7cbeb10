// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;
import tern.v1.Changes;
import tern.v1.ClientFrame;
import tern.v1.Conversation;
import tern.v1.ConversationChanged;
import tern.v1.ErrorCode;
import tern.v1.Metadata;
import tern.v1.Role;
import tern.v1.UpdateConversation;

/// What a group is called, how it looks, what the app keeps with it, and who has which role.
@Tag("slow")
final class GroupSettingsTest {
  @AutoClose private static final TestNode node = TestNode.start();
  @AutoClose private static final TestSql sql = TestSql.of(node);

  private static ErrorCode refusal(TestClient client, ClientFrame.Builder request) {
    return client.ask(request).getError().getCode();
  }

  private static ClientFrame.Builder update(UpdateConversation.Builder update) {
    return ClientFrame.newBuilder().setUpdateConversation(update);
  }

  private static UpdateConversation.Builder of(String room) {
    return UpdateConversation.newBuilder().setConversationId(room);
  }

  @Test
  void newSettingsReachEveryMemberAndWhatIsNotNamedStays() {
    try (TestClient alice = node.connect("alice1");
        TestClient bob = node.connect("bob1")) {
      String room = alice.createGroup("before", "bob1");

      ConversationChanged first =
          alice
              .ask(
                  update(
                      of(room)
                          .setImageUrl("https://example.com/birds.png")
                          .setMetadata(Metadata.newBuilder().putEntries("order", "1234"))))
              .getConversationChanged();
      Changes heard = bob.awaitChanges();
      Conversation renamed =
          alice.ask(Requests.rename(room, "طيور 鸟 🐦")).getConversationChanged().getConversation();

      assertThat(first.getRevision()).isEqualTo(2);
      assertThat(heard.getThrough()).isEqualTo(2);
      assertThat(heard.getConversation()).isEqualTo(first.getConversation());
      assertThat(renamed.getName()).isEqualTo("طيور 鸟 🐦");
      assertThat(renamed.getImageUrl()).isEqualTo("https://example.com/birds.png");
      assertThat(renamed.getMetadataMap()).isEqualTo(Map.of("order", "1234"));
      assertThat(bob.ask(Requests.read(room)).getConversationOpened().getConversation())
          .isEqualTo(renamed);
    }
  }

  @Test
  void catchingUpBringsNewSettings() {
    try (TestClient alice = node.connect("alice2")) {
      String room = alice.createGroup("before");
      alice.ask(Requests.rename(room, "after"));

      Changes missed = alice.catchUp(room, alice.position(1, 0)).getFirst().getChanges();

      assertThat(missed.getConversation().getName()).isEqualTo("after");
      assertThat(missed.getThrough()).isEqualTo(3);
    }
  }

  @Test
  void membersChangeNeitherSettingsNorRoles() {
    try (TestClient alice = node.connect("alice3");
        TestClient bob = node.connect("bob3")) {
      String room = alice.createGroup("rights", "bob3");
      String direct = alice.openDirect("bob3");

      assertThat(refusal(bob, Requests.rename(room, "mine")))
          .isEqualTo(ErrorCode.ERROR_CODE_FORBIDDEN);
      assertThat(refusal(bob, Requests.setRole(room, "bob3", Role.ROLE_OWNER)))
          .isEqualTo(ErrorCode.ERROR_CODE_FORBIDDEN);
      assertThat(refusal(alice, Requests.rename(direct, "ours")))
          .isEqualTo(ErrorCode.ERROR_CODE_FORBIDDEN);
      alice.ask(Requests.setRole(room, "bob3", Role.ROLE_MODERATOR));
      assertThat(bob.ask(Requests.rename(room, "ours")).hasConversationChanged()).isTrue();
      assertThat(refusal(bob, Requests.setRole(room, "bob3", Role.ROLE_OWNER)))
          .isEqualTo(ErrorCode.ERROR_CODE_FORBIDDEN);
    }
  }

  @Test
  void roleReachesEveryMemberAndTheLastOwnerStays() {
    try (TestClient alice = node.connect("alice4");
        TestClient bob = node.connect("bob4")) {
      String room = alice.createGroup("roles", "bob4");

      alice.ask(Requests.setRole(room, "bob4", Role.ROLE_OWNER));
      Changes heard = bob.awaitChanges();
      alice.ask(Requests.setRole(room, "alice4", Role.ROLE_MEMBER));

      assertThat(heard.getMembersList())
          .extracting(it -> it.getUserId() + " " + it.getRole())
          .containsExactly("bob4 ROLE_OWNER");
      assertThat(refusal(bob, Requests.setRole(room, "bob4", Role.ROLE_MODERATOR)))
          .isEqualTo(ErrorCode.ERROR_CODE_FORBIDDEN);
      assertThat(refusal(bob, Requests.setRole(room, "eve4", Role.ROLE_MEMBER)))
          .isEqualTo(ErrorCode.ERROR_CODE_INVALID_ARGUMENT);
    }
  }

  @Test
  void whatIsSoAlreadyTakesNoRevision() {
    try (TestClient alice = node.connect("alice5")) {
      String room = alice.createGroup("same", "bob5");

      assertThat(alice.ask(Requests.rename(room, "same")).getConversationChanged().getRevision())
          .isZero();
      assertThat(
              alice
                  .ask(Requests.setRole(room, "bob5", Role.ROLE_MEMBER))
                  .getMembersChanged()
                  .getRevision())
          .isZero();
      assertThat(
              sql.number("select revision from conversation where id = ?", UUID.fromString(room)))
          .isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"javascript:alert(1)", "data:image/png;base64,AA", "/birds.png", "ftp://x/y"})
  void imageIsAnAddressOnTheWeb(String url) {
    try (TestClient alice = node.connect("alice6")) {
      String room = alice.createGroup("image");

      assertThat(refusal(alice, update(of(room).setImageUrl(url))))
          .isEqualTo(ErrorCode.ERROR_CODE_INVALID_ARGUMENT);
    }
  }

  @Test
  void settingsAreBounded() {
    try (TestClient alice = node.connect("alice7")) {
      String room = alice.createGroup("bounds");
      Metadata.Builder many = Metadata.newBuilder();
      for (int i = 0; i < 17; i++) {
        many.putEntries("key" + i, "");
      }

      for (UpdateConversation.Builder wrong :
          List.of(
              of(room).setName(""),
              of(room).setName("x".repeat(129)),
              of(room).setMetadata(many),
              of(room).setMetadata(Metadata.newBuilder().putEntries("a", "\0")))) {
        assertThat(refusal(alice, update(wrong))).isEqualTo(ErrorCode.ERROR_CODE_INVALID_ARGUMENT);
      }
      assertThat(
              refusal(
                  alice,
                  update(
                      of(room)
                          .setMetadata(Metadata.newBuilder().putEntries("a", "x".repeat(2_048))))))
          .isEqualTo(ErrorCode.ERROR_CODE_TOO_LARGE);
    }
  }

  @Test
  void renamingThatNobodyAnnouncedIsFoundAgain() {
    try (TestClient alice = node.connect("alice8")) {
      String room = alice.createGroup("before");

      sql.run(
          "select * from update_conversation_v2(1, ?, 'alice8', 'after', null, null, null, null,"
              + " null, null, null, null, null, null)",
          UUID.fromString(room));

      assertThat(alice.awaitChanges().getConversation().getName()).isEqualTo("after");
    }
  }
}
