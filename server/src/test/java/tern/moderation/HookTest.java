// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tern.Eventually;
import tern.PersonalRequests;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.auth.key.ApiKeys;
import tern.auth.key.Scope;
import tern.store.Database;
import tern.v1.ClientFrame;
import tern.v1.Error;
import tern.v1.ErrorCode;
import tern.v1.Mentions;
import tern.v1.ServerFrame;

/// The app's backend is asked before a message is sent; here silence means that it is sent.
@Tag("slow")
final class HookTest {
  @AutoClose private static final TestHook HOOK = new TestHook();

  @AutoClose private static final TestNode NODE = TestNode.start(HOOK.settings("open", "300ms"));
  @AutoClose private static final TestClient ALICE = NODE.connect("alice");
  @AutoClose private static final TestClient BOB = NODE.connect("bob");

  @BeforeEach
  void answer() {
    HOOK.answers(_ -> TestHook.ALLOW);
    HOOK.believes(TestHook.SECRET);
  }

  private static String rewriting(String text) {
    return "{\"action\":\"rewrite\",\"content\":{\"text\":{\"text\":\"" + text + "\"}}}";
  }

  private static Error refused(ServerFrame answer) {
    assertThat(answer.hasError()).as(answer.toString()).isTrue();
    return answer.getError();
  }

  @Test
  void aRefusedMessageIsNotSentAndItsSenderIsToldWhy() {
    String room = ALICE.createGroup("refused", "bob");
    HOOK.answers(_ -> "{\"action\":\"refuse\",\"reason\":\"Please be kind.\"}");

    Error error = refused(ALICE.ask(TestClient.message(room, "rude", UUID.randomUUID())));

    assertThat(error.getCode()).isEqualTo(ErrorCode.ERROR_CODE_REFUSED_BY_MODERATION);
    assertThat(error.getMessage()).isEqualTo("Please be kind.");
    assertThat(error.getMayRetry()).isFalse();
    HOOK.answers(_ -> TestHook.ALLOW);
    assertThat(ALICE.say(room, "kind").getSequence()).isEqualTo(1);
  }

  @Test
  void theHookIsToldWhatTheMessageSaysBesideItsContent() {
    String room = ALICE.createGroup("headers", "bob");
    long first = ALICE.say(room, "before it").getSequence();
    ClientFrame.Builder message = TestClient.message(room, "with headers", UUID.randomUUID());
    message
        .getSendMessageBuilder()
        .setMentions(Mentions.newBuilder().addUserIds("bob"))
        .setReplyTo(first)
        .setSilent(true)
        .setUrgent(true)
        .putMetadata("order", "17");

    ALICE.ask(message);

    JsonNode data = HOOK.askedAbout("with headers").getFirst().data();
    assertThat(data.path("conversationKind").asText()).isEqualTo("CONVERSATION_KIND_GROUP");
    assertThat(data.path("author").asText()).isEqualTo("user");
    assertThat(data.path("mentions").path("userIds").path(0).asText()).isEqualTo("bob");
    assertThat(data.path("metadata").path("order").asText()).isEqualTo("17");
    assertThat(data.path("replyTo").asText()).isEqualTo(Long.toString(first));
    assertThat(data.path("silent").asBoolean()).isTrue();
    assertThat(data.path("urgent").asBoolean()).isTrue();
    assertThat(data.has("forwarded")).isFalse();
  }

  @Test
  void theHookIsToldThatTheBackendWritesInAUsersName() throws Exception {
    String room = ALICE.createGroup("by a key", "bob");

    assertThat(sendWithAKey(room, "by a key")).isEqualTo(201);

    JsonNode data = HOOK.askedAbout("by a key").getFirst().data();
    assertThat(data.path("senderId").asText()).isEqualTo("alice");
    assertThat(data.path("author").asText()).isEqualTo("key");
  }

  private static int sendWithAKey(String room, String text)
      throws IOException, InterruptedException {
    String body =
        "{\"clientMessageId\": \"%s\", \"content\": {\"text\": {\"text\": \"%s\"}}}"
            .formatted(UUID.randomUUID(), text);
    URI messages =
        URI.create("http://127.0.0.1:" + NODE.port() + "/v1/conversations/" + room + "/messages");
    try (Database database = new Database(NODE.database());
        HttpClient http = HttpClient.newHttpClient()) {
      String key = new ApiKeys(database).create("bot", EnumSet.allOf(Scope.class));
      HttpRequest request =
          HttpRequest.newBuilder(messages)
              .header("Authorization", "Bearer " + key)
              .header("Tern-User", "alice")
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(body))
              .build();
      return http.send(request, BodyHandlers.discarding()).statusCode();
    }
  }

  @Test
  void theHookIsToldOfACopyThatItIsOne() {
    String direct = ALICE.openDirect("bob");
    long said = ALICE.say(direct, "hand me on").getSequence();
    String room = ALICE.createGroup("copies", "bob");

    ALICE.ask(PersonalRequests.forward(direct, said, true, Map.of(room, UUID.randomUUID())));

    JsonNode data = HOOK.askedAbout("hand me on").getLast().data();
    assertThat(data.path("conversationId").asText()).isEqualTo(room);
    assertThat(data.path("forwarded").path("senderId").asText()).isEqualTo("alice");
  }

  @Test
  void aRewrittenMessageIsWhatOthersGetAndARepeatIsKnownBeforeTheHook() {
    String room = ALICE.createGroup("rewritten", "bob");
    HOOK.answers(_ -> rewriting("call ***"));
    UUID id = UUID.randomUUID();

    ALICE.ask(TestClient.message(room, "call 555-1234", id));
    ServerFrame repeat = ALICE.ask(TestClient.message(room, "call 555-1234", id));
    ServerFrame other = ALICE.ask(TestClient.message(room, "call ***", id));

    var page = BOB.ask(Requests.before(room, 0, 10)).getHistoryPage();
    assertThat(page.getMessagesList()).extracting(TestClient::text).containsExactly("call ***");
    assertThat(repeat.getAccepted().getDuplicate()).isTrue();
    assertThat(repeat.getAccepted().getSequence()).isEqualTo(1);
    assertThat(other.getError().getCode()).isEqualTo(ErrorCode.ERROR_CODE_CONFLICT);
    assertThat(HOOK.askedAbout("call")).hasSize(1);
  }

  @Test
  void editsAreAskedAboutToo() {
    String room = ALICE.createGroup("edited", "bob");
    ALICE.say(room, "first");
    HOOK.answers(it -> rewriting(it.type() + " " + it.data().path("sequence").asText()));
    UUID edit = UUID.randomUUID();

    ServerFrame edited = ALICE.ask(Requests.edit(room, 1, edit, "second"));
    ServerFrame repeat = ALICE.ask(Requests.edit(room, 1, edit, "second"));

    assertThat(TestClient.text(edited.getMessageChanged().getMessage()))
        .isEqualTo("message.before_edit 1");
    assertThat(repeat.getMessageChanged().getRevision())
        .isEqualTo(edited.getMessageChanged().getRevision());
    assertThat(HOOK.askedAbout("second")).hasSize(1);
    HOOK.answers(_ -> "{\"action\":\"refuse\"}");
    assertThat(refused(ALICE.ask(Requests.edit(room, 1, UUID.randomUUID(), "third"))).getCode())
        .isEqualTo(ErrorCode.ERROR_CODE_REFUSED_BY_MODERATION);
  }

  @Test
  void nobodyIsAskedAboutWhatMayNotBeSentAnyway() {
    String room = BOB.createGroup("private");

    Error error = refused(ALICE.ask(TestClient.message(room, "outsider", UUID.randomUUID())));

    assertThat(error.getCode()).isEqualTo(ErrorCode.ERROR_CODE_NOT_FOUND);
    assertThat(HOOK.askedAbout("outsider")).isEmpty();
  }

  @Test
  void whatWasRefusedToAnOutsiderIsJudgedOnceTheyAreAMember() {
    String room = BOB.createGroup("joined later");
    UUID id = UUID.randomUUID();
    HOOK.answers(_ -> "{\"action\":\"refuse\"}");

    Error before = refused(ALICE.ask(TestClient.message(room, "bad words", id)));
    BOB.ask(Requests.add(room, List.of("alice")));
    Error after = refused(ALICE.ask(TestClient.message(room, "bad words", id)));

    assertThat(before.getCode()).isEqualTo(ErrorCode.ERROR_CODE_NOT_FOUND);
    assertThat(after.getCode()).isEqualTo(ErrorCode.ERROR_CODE_REFUSED_BY_MODERATION);
  }

  @Test
  void anEditOfAnothersMessageLetsNoneOfOnesOwnPass() {
    String room = ALICE.createGroup("two messages", "bob");
    BOB.say(room, "bob's");
    ALICE.say(room, "alice's");
    UUID id = UUID.randomUUID();
    HOOK.answers(_ -> "{\"action\":\"refuse\"}");

    Error others = refused(ALICE.ask(Requests.edit(room, 1, id, "bad words")));
    Error own = refused(ALICE.ask(Requests.edit(room, 2, id, "bad words")));

    assertThat(others.getCode()).isEqualTo(ErrorCode.ERROR_CODE_FORBIDDEN);
    assertThat(own.getCode()).isEqualTo(ErrorCode.ERROR_CODE_REFUSED_BY_MODERATION);
  }

  private static void await(CountDownLatch latch) {
    try {
      boolean _ = latch.await(5, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void silenceBeyondTheDeadlineLetsAMessagePass() {
    String room = ALICE.createGroup("silent", "bob");
    CountDownLatch never = new CountDownLatch(1);
    HOOK.answers(
        it -> {
          await(never);
          return TestHook.ALLOW;
        });

    assertThat(ALICE.say(room, "unheard").getSequence()).isEqualTo(1);
    never.countDown();
  }

  @ParameterizedTest
  @ValueSource(strings = {"no JSON", "{\"action\":\"dance\"}", "{\"action\":\"rewrite\"}"})
  void anAnswerThatIsNoneIsSilence(String answer) {
    String room = ALICE.createGroup("nonsense", "bob");
    ALICE.say(room, "so that failures are not in a row");
    HOOK.answers(_ -> answer);

    assertThat(ALICE.say(room, "as it is").getSequence()).isEqualTo(2);

    var page = ALICE.ask(Requests.before(room, 0, 1)).getHistoryPage();
    assertThat(TestClient.text(page.getMessages(0))).isEqualTo("as it is");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"system\":{}}", "{\"text\":{\"text\":\"LONG\"}}", "{\"no\":\"content\"}"})
  void aMessageWhoseRewriteCannotBeStoredIsNotSentAsItWas(String content) {
    String room = ALICE.createGroup("unfit", "bob");
    String json = content.replace("LONG", "x".repeat(20_000));
    HOOK.answers(_ -> "{\"action\":\"rewrite\",\"content\":" + json + "}");

    Error error = refused(ALICE.ask(TestClient.message(room, "unwanted", UUID.randomUUID())));

    assertThat(error.getCode()).isEqualTo(ErrorCode.ERROR_CODE_REFUSED_BY_MODERATION);
    assertThat(ALICE.ask(Requests.before(room, 0, 1)).getHistoryPage().getMessagesList()).isEmpty();
  }

  @Test
  void aQuestionIsSignedWithBothSecretsWhileTheyChange() {
    String room = ALICE.createGroup("signed", "bob");
    UUID id = UUID.randomUUID();

    for (String secret : List.of(TestHook.SECRET, TestHook.NEXT_SECRET)) {
      HOOK.believes(secret);
      ALICE.say(room, "signed");
    }
    HOOK.believes(TestHook.OTHER_SECRET);
    ALICE.ask(TestClient.message(room, "signed by a stranger", id));

    assertThat(HOOK.askedAbout("signed")).hasSize(2);
    assertThat(HOOK.askedAbout("signed"))
        .allSatisfy(
            it -> {
              assertThat(it.webhookId()).doesNotContain(".").startsWith("before_" + room);
              assertThat(it.data().path("senderId").asText()).isEqualTo("alice");
              assertThat(it.data().path("conversationId").asText()).isEqualTo(room);
            });
    HOOK.believes(TestHook.SECRET);
    Eventually.holds(
        "it answers again",
        Duration.ofSeconds(1),
        () -> ALICE.say(room, "once more").getSequence() > 3);
  }
}
