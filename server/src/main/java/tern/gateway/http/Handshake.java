// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import tern.session.Subprotocol;

/// Judges requests to the socket's path: may this become a WebSocket? Holds no state of any
/// request, so the pipeline and the HTTP routes ask the same one.
final class Handshake {
  static final String PATH = "/v1/ws";

  private static final String ACCEPT_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int KEY_BYTES = 16;

  private final Origins origins;

  Handshake(Origins origins) {
    this.origins = origins;
  }

  /// What may become of a request.
  sealed interface Judgement {
    /// It may become a socket; `acceptKey` proves to the client that this was understood.
    record Accepted(Subprotocol subprotocol, String acceptKey) implements Judgement {}

    /// It is answered with this HTTP status and sentence.
    record Refused(int status, String reason) implements Judgement {}
  }

  static boolean isSocketPath(String uri) {
    return uri.equals(PATH) || uri.startsWith(PATH + "?");
  }

  /// Takes the method, whether it came over HTTP/1.1, and all values of a header by its name.
  Judgement judge(String method, boolean http11, Function<String, List<String>> headers) {
    if (!method.equals("GET") || !http11 || !asksForWebSocket(headers) || hasBody(headers)) {
      return new Judgement.Refused(426, "this is a WebSocket: upgrade with version 13");
    }
    String key = first(headers, HttpHeaderNames.SEC_WEBSOCKET_KEY);
    if (!isKey(key)) {
      return new Judgement.Refused(400, "Sec-WebSocket-Key is no 16 bytes in base64");
    }
    String origin = first(headers, HttpHeaderNames.ORIGIN);
    if (!origin.isEmpty() && !origins.allow(origin, first(headers, HttpHeaderNames.HOST))) {
      return new Judgement.Refused(403, "this origin is not among the allowed ones");
    }
    Optional<Subprotocol> subprotocol =
        tokens(headers, HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL)
            .flatMap(token -> Subprotocol.of(token).stream())
            .findFirst();
    if (subprotocol.isEmpty()) {
      return new Judgement.Refused(
          400, "no known subprotocol offered (expected: tern.v1.proto or tern.v1.json)");
    }
    return new Judgement.Accepted(subprotocol.get(), acceptKey(key));
  }

  private static boolean asksForWebSocket(Function<String, List<String>> headers) {
    return tokens(headers, HttpHeaderNames.UPGRADE).anyMatch("websocket"::equalsIgnoreCase)
        && tokens(headers, HttpHeaderNames.CONNECTION).anyMatch("upgrade"::equalsIgnoreCase)
        && first(headers, HttpHeaderNames.SEC_WEBSOCKET_VERSION).equals("13");
  }

  private static boolean hasBody(Function<String, List<String>> headers) {
    String length = first(headers, HttpHeaderNames.CONTENT_LENGTH);
    return !headers.apply(HttpHeaderNames.TRANSFER_ENCODING.toString()).isEmpty()
        || !(length.isEmpty() || length.equals("0"));
  }

  private static boolean isKey(String key) {
    try {
      return Base64.getDecoder().decode(key).length == KEY_BYTES;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static String first(Function<String, List<String>> headers, CharSequence name) {
    List<String> values = headers.apply(name.toString());
    return values.isEmpty() ? "" : values.getFirst().strip();
  }

  private static Stream<String> tokens(Function<String, List<String>> headers, CharSequence name) {
    return headers.apply(name.toString()).stream()
        .flatMap(value -> Stream.of(value.split(",", -1)))
        .map(String::strip);
  }

  private static String acceptKey(String key) {
    try {
      // Not for secrecy: RFC 6455 demands SHA-1 as a proof that the server speaks WebSocket.
      byte[] digest =
          MessageDigest.getInstance("SHA-1")
              .digest((key + ACCEPT_SUFFIX).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("each Java has SHA-1", e);
    }
  }
}
