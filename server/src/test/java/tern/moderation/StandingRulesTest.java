// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tern.Eventually;
import tern.PersonRequests;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;
import tern.moderation.rule.Rule;
import tern.moderation.rule.RuleAction;
import tern.moderation.rule.RuleKind;
import tern.moderation.rule.Rules;
import tern.store.Database;
import tern.v1.ClientFrame;
import tern.v1.Content;
import tern.v1.CreateGroup;
import tern.v1.Custom;
import tern.v1.Encrypted;
import tern.v1.ErrorCode;
import tern.v1.Metadata;
import tern.v1.SendMessage;
import tern.v1.UpdateProfile;

/// How far the rules of an app reach, on a node.
@Tag("slow")
final class StandingRulesTest {
  private static final Duration IN_FORCE = Duration.ofSeconds(5);
  private static final int MOST_BYTES = 16 * 1024;

  @AutoClose private static final TestNode NODE = TestNode.start();
  @AutoClose private static final Database DATABASE = new Database(NODE.database());
  @AutoClose private static final TestClient ALICE = NODE.connect("alice");
  @AutoClose private static final TestClient PROBE = NODE.connect("probe");

  private static final Rules RULES = new Rules(DATABASE);

  @AfterEach
  void takeAway() {
    RULES.list().forEach(it -> assertThat(RULES.delete(it.id())).isTrue());
    Eventually.holds("away", IN_FORCE, () -> !isRefused(PROBE, PersonRequests.name("probeword")));
  }

  // With a rule beside it that tells when both are in force.
  private static void stands(Rule rule) {
    assertThat(RULES.put(rule)).isTrue();
    assertThat(RULES.put(reading(RuleKind.WORDS, RuleAction.REFUSE, "probeword"))).isTrue();
    Eventually.holds(
        "in force", IN_FORCE, () -> isRefused(PROBE, PersonRequests.name("probeword")));
  }

  private static Rule reading(RuleKind kind, RuleAction action, String term) {
    return new Rule(term, kind, action, List.of(term), 0, Duration.ZERO, "");
  }

  private static Rule sameTextTwice() {
    return new Rule(
        "same", RuleKind.SAME_TEXT, RuleAction.REFUSE, List.of(), 2, Duration.ofHours(1), "");
  }

  private static boolean isRefused(TestClient who, ClientFrame.Builder request) {
    return who.ask(request).getError().getCode() == ErrorCode.ERROR_CODE_REFUSED_BY_MODERATION;
  }

  private static boolean isRefused(ClientFrame.Builder request) {
    return isRefused(ALICE, request);
  }

  private static ClientFrame.Builder saying(String room, Content.Builder content) {
    return ClientFrame.newBuilder()
        .setSendMessage(
            SendMessage.newBuilder()
                .setConversationId(room)
                .setClientMessageId(UUID.randomUUID().toString())
                .setContent(content));
  }

  private static Content.Builder custom(String json) {
    return Content.newBuilder().setCustom(Custom.newBuilder().setType("place").setJson(json));
  }

  private static Content.Builder encrypted(String text) {
    return Content.newBuilder()
        .setEncrypted(
            Encrypted.newBuilder()
                .setScheme("test")
                .setCiphertext(ByteString.copyFrom(text, StandardCharsets.UTF_8)));
  }

  @Test
  void anEditThatSaysTheSameAgainIsAFlood() {
    String room = ALICE.createGroup("edited", "bob");
    stands(sameTextTwice());
    long first = ALICE.say(room, "buy my birds").getSequence();
    long second = ALICE.say(room, "innocent").getSequence();

    assertThat(isRefused(Requests.edit(room, first, UUID.randomUUID(), "buy my birds"))).isFalse();
    assertThat(isRefused(Requests.edit(room, second, UUID.randomUUID(), "Buy my BIRDS"))).isTrue();
    assertThat(isRefused(Requests.edit(room, second, UUID.randomUUID(), "kind"))).isFalse();
  }

  @Test
  void whatHasNoTextIsTheSameOnlyAsAWhole() {
    String room = ALICE.createGroup("custom", "bob");
    stands(sameTextTwice());

    assertThat(isRefused(saying(room, custom("{\"lat\":1}")))).isFalse();
    assertThat(isRefused(saying(room, custom("{\"lat\":2}")))).isFalse();
    assertThat(isRefused(saying(room, custom("{\"lat\":1}")))).isTrue();
    assertThat(isRefused(saying(room, encrypted("a")))).isFalse();
    assertThat(isRefused(saying(room, encrypted("b")))).isFalse();
    assertThat(isRefused(saying(room, encrypted("b")))).isTrue();
  }

  private static Metadata metadata(String key, String value) {
    return Metadata.newBuilder().putEntries(key, value).build();
  }

  @ParameterizedTest
  @CsvSource({"MASK, motto, a rudeword", "REFUSE, motto, a rudeword", "MASK, rudeword, kind"})
  void whatPeopleKeepInMetadataIsReadByRulesAboutWords(
      RuleAction action, String key, String value) {
    String room = ALICE.createGroup("metadata", "bob");
    stands(reading(RuleKind.WORDS, action, "rudeword"));
    Metadata rude = metadata(key, value);

    assertThat(isRefused(PersonRequests.profile(UpdateProfile.newBuilder().setMetadata(rude))))
        .isTrue();
    assertThat(isRefused(Requests.update(Requests.of(room).setMetadata(rude)))).isTrue();
    assertThat(isRefused(group(CreateGroup.newBuilder().setMetadata(rude)))).isTrue();
    assertThat(isRefused(group(CreateGroup.newBuilder().setMetadata(metadata("a", "b")))))
        .isFalse();
  }

  private static ClientFrame.Builder group(CreateGroup.Builder group) {
    return ClientFrame.newBuilder().setCreateGroup(group.setName("group").addUserIds("bob"));
  }

  // As one that a later version of the expressions' engine takes no more.
  @Test
  void aRuleThatCanBeUsedNoMoreTakesNoOtherWithItAndKeepsNoNodeFromStarting() {
    try (TestSql sql = TestSql.of(NODE)) {
      sql.run(
          """
          insert into moderation_rule (id, kind, action, terms, count, within_seconds, reason)
          values ('broken', 'PATTERNS', 'REFUSE', '{?}', 0, 0, '')
          """);
    }
    stands(reading(RuleKind.WORDS, RuleAction.REFUSE, "stillword"));

    assertThat(isRefused(PersonRequests.name("a stillword"))).isTrue();
    try (Moderation other = Moderations.on(DATABASE)) {
      assertThat(other.rules().current().isEmpty()).isFalse();
    }
  }

  @Test
  void addressesOfImagesAreReadByRulesAboutLinks() {
    String room = ALICE.createGroup("images", "bob");
    stands(reading(RuleKind.LINKS_DENIED, RuleAction.REFUSE, "evil.example"));
    String image = "https://cdn.evil.example/a.png";

    assertThat(isRefused(PersonRequests.profile(UpdateProfile.newBuilder().setImageUrl(image))))
        .isTrue();
    assertThat(isRefused(Requests.update(Requests.of(room).setImageUrl(image)))).isTrue();
    assertThat(isRefused(group(CreateGroup.newBuilder().setImageUrl(image)))).isTrue();
    assertThat(
            isRefused(group(CreateGroup.newBuilder().setImageUrl("https://good.example/evil.png"))))
        .isFalse();
  }

  @Test
  void aMaskNeverMakesAMessageLargerThanItMayBe() {
    String room = ALICE.createGroup("masked", "bob");
    stands(reading(RuleKind.WORDS, RuleAction.MASK, "damn"));
    String[] words = new String[MOST_BYTES / 5 - 10];
    Arrays.fill(words, "damn");

    ALICE.ask(
        ClientFrame.newBuilder()
            .setSendMessage(
                TestClient.message(room, String.join(" ", words), UUID.randomUUID())
                    .getSendMessageBuilder()
                    .putAllMetadata(Map.of("key", "damn"))));
    ALICE.say(room, "damn it");

    var kept = ALICE.ask(Requests.before(room, 0, 2)).getHistoryPage();
    assertThat(kept.getMessages(0).getContent().getSerializedSize()).isLessThan(MOST_BYTES);
    assertThat(TestClient.text(kept.getMessages(0))).startsWith("**** ****");
    assertThat(kept.getMessages(0).getMetadataMap()).containsEntry("key", "****");
    assertThat(TestClient.text(kept.getMessages(1))).isEqualTo("●●●● it");
  }
}
