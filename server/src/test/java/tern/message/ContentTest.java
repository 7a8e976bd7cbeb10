// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tern.TestClient;
import tern.TestNode;
import tern.v1.Button;
import tern.v1.Card;
import tern.v1.ClientFrame;
import tern.v1.Content;
import tern.v1.Custom;
import tern.v1.Encrypted;
import tern.v1.ErrorCode;

/// What a message may hold, and what not.
final class ContentTest {
  @AutoClose private static final TestNode node = TestNode.start();

  private static final Button GOOD =
      Button.newBuilder().setId("yes").setLabel("Yes").setValue("42").build();

  static final Supplier<Stream<Content>> GOOD_CARDS =
      () ->
          Stream.of(
                  card().build(),
                  card().addButtons(GOOD).addButtons(GOOD.toBuilder().setId("no")).build(),
                  card().addButtons(GOOD.toBuilder().setUrl("app:orders/1")).build(),
                  Card.newBuilder().setImageUrl("https://example.com/van.png").build())
              .map(it -> Content.newBuilder().setCard(it).build());

  static final Supplier<Stream<Content>> GOOD_OTHERS =
      () ->
          Stream.of(
              custom("order", "{\"id\": [1, null, \"🐦\"]}"),
              custom("order", "7"),
              encrypted("mls", ByteString.copyFrom(new byte[] {0, -1})));

  static final Supplier<Stream<Content>> BAD =
      () ->
          Stream.concat(
              Stream.of(
                      Card.newBuilder(),
                      card().setImageUrl("javascript:alert(1)"),
                      card().setImageUrl("/van.png"),
                      card().setTitle("x".repeat(257)),
                      card().addButtons(GOOD).addButtons(GOOD),
                      card().addButtons(GOOD.toBuilder().setId("")),
                      card().addButtons(GOOD.toBuilder().setLabel("")),
                      card().addButtons(GOOD.toBuilder().clearAction()),
                      card().addButtons(GOOD.toBuilder().setUrl("JavaScript:alert(1)")),
                      card().addButtons(GOOD.toBuilder().setUrl("orders")),
                      eleven())
                  .map(it -> Content.newBuilder().setCard(it).build()),
              Stream.of(
                  custom("", "{}"),
                  custom("order", ""),
                  custom("order", "{\"id\": 1"),
                  custom("order", "{} {}"),
                  custom("order", "[".repeat(65) + "]".repeat(65)),
                  encrypted("", ByteString.copyFromUtf8("x")),
                  encrypted("mls", ByteString.EMPTY)));

  private static Card.Builder card() {
    return Card.newBuilder().setTitle("Delivery").setText("When?");
  }

  private static Card.Builder eleven() {
    Card.Builder card = card();
    IntStream.range(0, 11).forEach(i -> card.addButtons(GOOD.toBuilder().setId("id" + i)));
    return card;
  }

  private static Content custom(String type, String json) {
    return Content.newBuilder().setCustom(Custom.newBuilder().setType(type).setJson(json)).build();
  }

  private static Content encrypted(String scheme, ByteString ciphertext) {
    return Content.newBuilder()
        .setEncrypted(Encrypted.newBuilder().setScheme(scheme).setCiphertext(ciphertext))
        .build();
  }

  private static ClientFrame.Builder message(String room, Content content) {
    ClientFrame.Builder frame = TestClient.message(room, "", UUID.randomUUID());
    frame.getSendMessageBuilder().setContent(content);
    return frame;
  }

  @ParameterizedTest
  @FieldSource({"GOOD_CARDS", "GOOD_OTHERS"})
  void cardsCustomAndEncryptedContentArriveAsTheyWereSent(Content content) {
    try (TestClient alice = node.connect("alice1")) {
      String room = alice.openDirect("bob1");

      assertThat(alice.ask(message(room, content)).hasAccepted()).isTrue();

      assertThat(alice.awaitChanges().getMessages(0).getContent()).isEqualTo(content);
    }
  }

  @ParameterizedTest
  @FieldSource("BAD")
  void malformedContentIsRefused(Content content) {
    try (TestClient alice = node.connect("alice2")) {
      String room = alice.openDirect("bob2");

      assertThat(alice.ask(message(room, content)).getError().getCode())
          .isEqualTo(ErrorCode.ERROR_CODE_INVALID_ARGUMENT);
    }
  }
}
