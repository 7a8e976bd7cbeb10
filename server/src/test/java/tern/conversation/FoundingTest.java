// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.v1.ClientFrame;
import tern.v1.Conversation;
import tern.v1.ConversationOpened;
import tern.v1.CreateGroup;
import tern.v1.CreateOpen;
import tern.v1.ErrorCode;
import tern.v1.Metadata;
import tern.v1.Role;
import tern.v1.ServerFrame;
import tern.v1.UpdateConversation;

/// What a conversation of many is founded with: everything that can be changed later.
@Tag("slow")
final class FoundingTest {
  private static final String IMAGE = "https://example.com/birds.png";

  @AutoClose
  private static final TestNode NODE = TestNode.start(Map.of("TERN_OPEN_USERS_CREATE", "true"));

  // Each setting as no default is.
  private static CreateGroup.Builder group(String name) {
    return CreateGroup.newBuilder()
        .setName(name)
        .setImageUrl(IMAGE)
        .setMetadata(metadata("order", "1234"))
        .setPostRole(Role.ROLE_MODERATOR)
        .setAddRole(Role.ROLE_MEMBER)
        .setSettingsRole(Role.ROLE_OWNER)
        .setPinRole(Role.ROLE_MEMBER)
        .setRemoveRole(Role.ROLE_OWNER)
        .setDeleteRole(Role.ROLE_MEMBER)
        .setFrozen(true)
        .setSlowModeSeconds(86_400)
        .setJoinableByKey(true);
  }

  private static Metadata metadata(String key, String value) {
    return Metadata.newBuilder().putEntries(key, value).build();
  }

  private static ClientFrame.Builder frame(CreateGroup.Builder group) {
    return ClientFrame.newBuilder().setCreateGroup(group);
  }

  private static ConversationOpened opened(ServerFrame answer) {
    assertThat(answer.hasConversationOpened()).as(answer.toString()).isTrue();
    return answer.getConversationOpened();
  }

  private static void isAsFounded(Conversation it) {
    assertThat(it.getImageUrl()).isEqualTo(IMAGE);
    assertThat(it.getMetadataMap()).isEqualTo(Map.of("order", "1234"));
    assertThat(it.getPostRole()).isEqualTo(Role.ROLE_MODERATOR);
    assertThat(it.getAddRole()).isEqualTo(Role.ROLE_MEMBER);
    assertThat(it.getSettingsRole()).isEqualTo(Role.ROLE_OWNER);
    assertThat(it.getPinRole()).isEqualTo(Role.ROLE_MEMBER);
    assertThat(it.getRemoveRole()).isEqualTo(Role.ROLE_OWNER);
    assertThat(it.getDeleteRole()).isEqualTo(Role.ROLE_MEMBER);
    assertThat(it.getFrozen()).isTrue();
    assertThat(it.getSlowModeSeconds()).isEqualTo(86_400);
  }

  @Test
  void aGroupHasItsSettingsFromItsFirstRevisionOn() {
    try (TestClient alice = NODE.connect("alice1");
        TestClient bob = NODE.connect("bob1")) {
      ConversationOpened founded =
          opened(alice.ask(frame(group("team").setKey("team-1").addUserIds("bob1"))));
      String room = founded.getConversation().getConversationId();
      ConversationOpened read = opened(bob.ask(Requests.read(room)));

      isAsFounded(founded.getConversation());
      assertThat(founded.getConversation().getJoinableByKey()).isTrue();
      assertThat(read.getConversation()).isEqualTo(founded.getConversation());
      assertThat(read.getConversation().getRevision()).isEqualTo(1);
      assertThat(read.getRevision()).as("no change after the founding").isEqualTo(1);
      assertThat(read.getSequence()).as("no message of a change").isZero();
    }
  }

  @Test
  void anOpenConversationHasItsSettingsFromItsFirstRevisionOn() {
    try (TestClient alice = NODE.connect("alice2")) {
      CreateGroup.Builder like = group("live");
      CreateOpen.Builder open =
          CreateOpen.newBuilder()
              .setName("live")
              .setImageUrl(like.getImageUrl())
              .setMetadata(like.getMetadata())
              .setPostRole(like.getPostRole())
              .setAddRole(like.getAddRole())
              .setSettingsRole(like.getSettingsRole())
              .setPinRole(like.getPinRole())
              .setRemoveRole(like.getRemoveRole())
              .setDeleteRole(like.getDeleteRole())
              .setFrozen(like.getFrozen())
              .setSlowModeSeconds(like.getSlowModeSeconds());
      open.getWatchingBuilder().setWatchersPost(true);

      ConversationOpened founded = opened(alice.ask(ClientFrame.newBuilder().setCreateOpen(open)));

      isAsFounded(founded.getConversation());
      assertThat(founded.getConversation().getWatching().getWatchersPost()).isTrue();
      assertThat(founded.getRevision()).isEqualTo(1);
      assertThat(founded.getSequence()).isZero();
    }
  }

  @Test
  void whoFoundsWithoutSettingsGetsTheUsualOnes() {
    try (TestClient alice = NODE.connect("alice3")) {
      Conversation plain =
          opened(alice.ask(frame(CreateGroup.newBuilder().setName("plain")))).getConversation();

      assertThat(plain.getImageUrl()).isEmpty();
      assertThat(plain.getMetadataMap()).isEmpty();
      assertThat(plain.getPostRole()).isEqualTo(Role.ROLE_MEMBER);
      assertThat(List.of(plain.getAddRole(), plain.getSettingsRole(), plain.getPinRole()))
          .containsOnly(Role.ROLE_MODERATOR);
      assertThat(plain.getFrozen()).isFalse();
      assertThat(plain.getSlowModeSeconds()).isZero();
      assertThat(plain.getJoinableByKey()).isFalse();
    }
  }

  @Test
  void itsRulesHoldFromTheFirstMessageOn() {
    try (TestClient alice = NODE.connect("alice4");
        TestClient bob = NODE.connect("bob4")) {
      CreateGroup.Builder news =
          CreateGroup.newBuilder()
              .setName("news")
              .addUserIds("bob4")
              .setPostRole(Role.ROLE_MODERATOR);
      String room = opened(alice.ask(frame(news))).getConversation().getConversationId();

      assertThat(bob.ask(TestClient.message(room, "a word", UUID.randomUUID())).getError())
          .extracting(it -> it.getCode())
          .isEqualTo(ErrorCode.ERROR_CODE_FORBIDDEN);
      assertThat(alice.say(room, "the news").getSequence()).isEqualTo(1);
    }
  }

  @Test
  void aKeyThatIsTakenIsAnsweredWithTheGroupAsItIs() {
    try (TestClient alice = NODE.connect("alice5")) {
      CreateGroup.Builder wanted = group("first").setKey("team-5");
      Conversation first = opened(alice.ask(frame(wanted))).getConversation();

      ConversationOpened again =
          opened(
              alice.ask(
                  frame(
                      wanted
                          .setName("second")
                          .setImageUrl("")
                          .setMetadata(metadata("order", "5678"))
                          .setPostRole(Role.ROLE_OWNER)
                          .setFrozen(false))));

      assertThat(again.getCreated()).isFalse();
      assertThat(again.getConversation()).isEqualTo(first);
    }
  }

  static Stream<CreateGroup.Builder> beyondTheBounds() {
    Metadata.Builder many = Metadata.newBuilder();
    for (int i = 0; i <= 16; i++) {
      many.putEntries("key" + i, "");
    }
    return Stream.of(
        group(""),
        group("n".repeat(129)),
        group("team").setImageUrl("ftp://example.com/birds.png"),
        group("team").setMetadata(many),
        group("team").setMetadata(metadata("key", "a\0b")),
        group("team").setSlowModeSeconds(86_401));
  }

  @ParameterizedTest
  @MethodSource("beyondTheBounds")
  void whatNoChangeMayBringNoFoundingDoes(CreateGroup.Builder beyond) {
    try (TestClient alice = NODE.connect("alice6")) {
      String key = UUID.randomUUID().toString();

      assertThat(alice.ask(frame(beyond.setKey(key))).getError().getCode())
          .isEqualTo(ErrorCode.ERROR_CODE_INVALID_ARGUMENT);
      assertThat(opened(alice.ask(frame(group("team").setKey(key)))).getCreated())
          .as("nothing was founded under that key")
          .isTrue();
    }
  }

  @Test
  void metadataBeyondItsBytesIsTooLarge() {
    try (TestClient alice = NODE.connect("alice7")) {
      CreateGroup.Builder large = group("team").setMetadata(metadata("key", "a".repeat(2_048)));

      assertThat(alice.ask(frame(large)).getError().getCode())
          .isEqualTo(ErrorCode.ERROR_CODE_TOO_LARGE);
    }
  }

  @Test
  void foundingTakesWhateverAChangeTakes() {
    assertThat(names(CreateGroup.getDescriptor()))
        .containsAll(
            names(UpdateConversation.getDescriptor()).stream()
                .filter(it -> !List.of("conversation_id", "watchers_post").contains(it))
                .toList());
    // Watchers post by its WatchRules, and nobody joins it by its key.
    assertThat(names(CreateOpen.getDescriptor()))
        .containsAll(
            names(UpdateConversation.getDescriptor()).stream()
                .filter(
                    it ->
                        !List.of("conversation_id", "watchers_post", "joinable_by_key")
                            .contains(it))
                .toList());
  }

  private static List<String> names(Descriptor message) {
    return message.getFields().stream().map(FieldDescriptor::getName).toList();
  }
}
