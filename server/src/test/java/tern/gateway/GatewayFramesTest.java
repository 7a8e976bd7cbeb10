// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tern.session.CloseCode;
import tern.v1.ClientFrame;
import tern.v1.ClientFrame.FrameCase;
import tern.v1.Content;
import tern.v1.ErrorCode;
import tern.v1.SendMessage;
import tern.v1.ServerFrame;
import tern.v1.Text;

/// What bytes become a frame, and what is said about those that do not.
class GatewayFramesTest {
  private static final byte[] PING = RawSocket.ping(3).toByteArray();
  private static final String JSON_HELLO = "{\"hello\":{\"deviceId\":\"phone\"}}";

  @AutoClose private static final TestGateway gateway = new TestSettings().start();

  @Test
  void frameReachesTheListenerAndTheAnswerReachesTheClient() {
    try (RawSocket socket = RawSocket.greeted(gateway.port())) {
      ServerFrame answer = socket.send(RawSocket.ping(42)).readFrame();

      assertThat(answer.getId()).isEqualTo(42);
      assertThat(answer.getPong().getServerTimeMs()).isEqualTo(7);
    }
  }

  @Test
  void frameMayComeByteByByte() {
    try (RawSocket socket = RawSocket.greeted(gateway.port())) {
      for (byte one : RawSocket.frame(0x82, PING)) {
        socket.write(new byte[] {one});
      }

      assertThat(socket.readFrame().getId()).isEqualTo(3);
    }
  }

  @Test
  void fragmentsBecomeOneFrameWithControlFramesBetween() {
    try (RawSocket socket = RawSocket.greeted(gateway.port())) {
      socket.write(RawSocket.frame(0x02, Arrays.copyOfRange(PING, 0, 1)));
      socket.write(RawSocket.frame(0x89, "between".getBytes(StandardCharsets.UTF_8)));
      assertThat(socket.read().text()).isEqualTo("between");
      socket.write(RawSocket.frame(0x00, new byte[0]));
      socket.write(RawSocket.frame(0x80, Arrays.copyOfRange(PING, 1, PING.length)));

      assertThat(socket.readFrame().getId()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 125, 126, 127, 65_000})
  void eachLengthOfPayloadIsRead(int length) {
    try (RawSocket socket = RawSocket.greeted(gateway.port())) {
      ClientFrame frame = message("x".repeat(length));

      socket.send(frame).send(RawSocket.ping(4)).readFrame();

      assertThat(gateway.nextFrame(FrameCase.SEND_MESSAGE)).isEqualTo(frame);
    }
  }

  @Test
  void unmaskedFrameClosesTheSocket() {
    try (RawSocket socket = RawSocket.greeted(gateway.port())) {
      socket.write(new byte[] {(byte) 0x82, 2, 8, 1});

      socket.expectClose(CloseCode.PROTOCOL_ERROR);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0xC2, reserved bit 1",
    "0xA2, reserved bit 2",
    "0x92, reserved bit 3",
    "0x83, unknown data opcode",
    "0x8B, unknown control opcode",
    "0x80, continuation of nothing",
    "0x09, fragmented ping",
    "0x08, fragmented close",
  })
  void frameAgainstTheRulesClosesTheSocket(String firstByte, String rule) {
    try (RawSocket socket = RawSocket.greeted(gateway.port())) {
      socket.write(RawSocket.frame(Integer.decode(firstByte), PING));

      assertThat(socket.expectClose(CloseCode.PROTOCOL_ERROR).getMayComeBack()).as(rule).isFalse();
    }
  }

  @Test
  void newMessageWithinAFragmentedOneClosesTheSocket() {
    try (RawSocket socket = RawSocket.greeted(gateway.port())) {
      socket.write(RawSocket.frame(0x02, PING)).write(RawSocket.frame(0x82, PING));

      socket.expectClose(CloseCode.PROTOCOL_ERROR);
    }
  }

  @Test
  void longControlFrameClosesTheSocket() {
    try (RawSocket socket = RawSocket.greeted(gateway.port())) {
      socket.write(RawSocket.frame(0x89, new byte[126]));

      socket.expectClose(CloseCode.PROTOCOL_ERROR);
    }
  }

  @Test
  void lengthInMoreBytesThanItNeedsClosesTheSocket() {
    try (RawSocket socket = RawSocket.greeted(gateway.port())) {
      socket.write(new byte[] {(byte) 0x82, (byte) 0xFE, 0, 2, 0, 0, 0, 0, 8, 1});

      socket.expectClose(CloseCode.PROTOCOL_ERROR);
    }
  }

  @Test
  void textOnTheBinarySubprotocolClosesTheSocket() {
    try (RawSocket socket = RawSocket.greeted(gateway.port())) {
      socket.sendJson("{\"id\":1,\"ping\":{}}");

      socket.expectClose(CloseCode.UNSUPPORTED_DATA);
    }
  }

  @Test
  void binaryOnTheJsonSubprotocolClosesTheSocket() {
    try (RawSocket socket = json()) {
      socket.send(RawSocket.ping(1));

      socket.expectClose(CloseCode.UNSUPPORTED_DATA);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "08", "0A", "FF", "0801", "4A05"})
  void binaryMessageThatHoldsNoFrameClosesTheSocket(String hex) {
    try (RawSocket socket = RawSocket.greeted(gateway.port())) {
      socket.write(RawSocket.frame(0x82, ByteString.fromHex(hex).toByteArray()));

      socket.expectClose(CloseCode.INVALID_PAYLOAD);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "null", "7", "{}", "{\"id\":1}", "{\"id\":1,\"ping\":7}"})
  void textMessageThatHoldsNoFrameClosesTheSocket(String text) {
    try (RawSocket socket = json()) {
      socket.sendJson(text);

      socket.expectClose(CloseCode.INVALID_PAYLOAD);
    }
  }

  @Test
  void numberOfAbsurdSizeClosesTheSocketWithoutWork() {
    try (RawSocket socket = json()) {
      socket.sendJson("{\"id\":1,\"markRead\":{\"sequence\":1e999999999}}");

      socket.expectClose(CloseCode.INVALID_PAYLOAD);
    }
  }

  @Test
  void deeplyNestedJsonClosesTheSocket() {
    try (RawSocket socket = json()) {
      socket.sendJson("{\"x\":" + "[".repeat(30_000));

      socket.expectClose(CloseCode.INVALID_PAYLOAD);
    }
  }

  @Test
  void invalidUtf8ClosesTheSocket() {
    try (RawSocket socket = json()) {
      socket.write(RawSocket.frame(0x81, new byte[] {'{', (byte) 0xC0, (byte) 0xAF, '}'}));

      socket.expectClose(CloseCode.INVALID_PAYLOAD);
    }
  }

  @Test
  void characterMayBeSplitAcrossFragments() {
    try (RawSocket socket = json()) {
      byte[] text =
          "{\"id\":1,\"setTyping\":{\"conversationId\":\"\u20AC\"}}"
              .getBytes(StandardCharsets.UTF_8);
      int within = new String(text, StandardCharsets.ISO_8859_1).indexOf(0xE2) + 1;

      socket.write(RawSocket.frame(0x01, Arrays.copyOfRange(text, 0, within)));
      socket.write(RawSocket.frame(0x80, Arrays.copyOfRange(text, within, text.length)));
      socket.sendJson("{\"id\":2,\"ping\":{}}").read();

      assertThat(gateway.nextFrame(FrameCase.SET_TYPING).getSetTyping().getConversationId())
          .isEqualTo("\u20AC");
    }
  }

  @Test
  void jsonPrintsDefaultsAndDecimalStringsWithoutSpace() {
    try (RawSocket socket = json()) {
      String answer = socket.sendJson("{\"id\":9,\"ping\":{}}").read().text();

      assertThat(answer).isEqualTo("{\"id\":9,\"pong\":{\"serverTimeMs\":\"7\"}}");
    }
  }

  @Test
  void unknownKindOfFrameIsAnsweredAndTheSocketStaysOpen() {
    UnknownFieldSet.Field later =
        UnknownFieldSet.Field.newBuilder().addLengthDelimited(ByteString.EMPTY).build();
    ClientFrame frame =
        ClientFrame.newBuilder()
            .setId(77)
            .setUnknownFields(UnknownFieldSet.newBuilder().addField(900, later).build())
            .build();
    try (RawSocket socket = RawSocket.greeted(gateway.port())) {
      ServerFrame answer = socket.send(frame).readFrame();

      assertThat(answer.getId()).isEqualTo(77);
      assertThat(answer.getError().getCode()).isEqualTo(ErrorCode.ERROR_CODE_UNSUPPORTED);
      assertThat(socket.send(RawSocket.ping(78)).readFrame().getId()).isEqualTo(78);
    }
  }

  @Test
  void unknownKindOfJsonFrameIsAnsweredAndTheSocketStaysOpen() {
    try (RawSocket socket = json()) {
      String answer = socket.sendJson("{\"id\":77,\"teleport\":{\"to\":[1]}}").read().text();

      assertThat(answer).contains("\"id\":77", "ERROR_CODE_UNSUPPORTED");
      assertThat(socket.sendJson("{\"id\":78,\"ping\":{}}").read().text()).contains("pong");
    }
  }

  @Test
  void unknownFieldsAndEnumValuesAreIgnored() {
    try (RawSocket socket = json()) {
      socket.sendJson("{\"id\":1,\"later\":1,\"setAppState\":{\"appState\":\"NEW\",\"x\":{}}}");
      socket.sendJson("{\"id\":2,\"ping\":{}}").read();

      assertThat(gateway.nextFrame(FrameCase.SET_APP_STATE).hasSetAppState()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 1001, 1011, 3000, 4999})
  void closeOfThePeerIsEchoed(int code) {
    try (RawSocket socket = RawSocket.greeted(gateway.port())) {
      RawSocket.Received echo = socket.sendClose(code).read();

      assertThat(echo.opcode()).isEqualTo(RawSocket.CLOSE);
      assertThat(echo.closeCode()).isEqualTo(code);
      assertThat(socket.isAtEnd()).isTrue();
    }
  }

  @Test
  void closeWithoutCodeIsEchoedWithoutCode() {
    try (RawSocket socket = RawSocket.greeted(gateway.port())) {
      RawSocket.Received echo = socket.write(RawSocket.frame(0x88, new byte[0])).read();

      assertThat(echo.opcode()).isEqualTo(RawSocket.CLOSE);
      assertThat(echo.payload()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 2999, 5000, 65_535})
  void closeWithACodeThatMustNotBeSentIsAnError(int code) {
    try (RawSocket socket = RawSocket.greeted(gateway.port())) {
      socket.sendClose(code).expectClose(CloseCode.PROTOCOL_ERROR);
    }
  }

  @ParameterizedTest
  @CsvSource({"03, PROTOCOL_ERROR", "03E8C0AF, INVALID_PAYLOAD"})
  void malformedCloseIsAnError(String hex, CloseCode code) {
    try (RawSocket socket = RawSocket.greeted(gateway.port())) {
      socket.write(RawSocket.frame(0x88, ByteString.fromHex(hex).toByteArray()));

      socket.expectClose(code);
    }
  }

  private RawSocket json() {
    return RawSocket.to(gateway.port()).upgrade("tern.v1.json").sendJson(JSON_HELLO);
  }

  private static ClientFrame message(String text) {
    Content content = Content.newBuilder().setText(Text.newBuilder().setText(text)).build();
    return ClientFrame.newBuilder()
        .setSendMessage(SendMessage.newBuilder().setContent(content))
        .build();
  }
}
