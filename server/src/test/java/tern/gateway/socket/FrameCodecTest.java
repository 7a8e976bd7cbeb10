// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.JsonFormat;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tern.session.Subprotocol;
import tern.v1.Error;
import tern.v1.ServerFrame;

/// What the JSON subprotocol makes of texts that have something to escape.
final class FrameCodecTest {
  @Test
  void textThatIsDangerousInHtmlStandsAsItIs() {
    assertThat(json("<b>&'=\u2028")).contains("\"<b>&'=\\u2028\"");
  }

  @Test
  void textThatLooksLikeAnEscapeStaysWhatItIs() throws Exception {
    for (String text :
        new String[] {"\\u003c", "\\\\u003c<", "a\\", "\"\\<\\\"", "\u0001<\n\\u003e"}) {
      ServerFrame.Builder read = ServerFrame.newBuilder();

      JsonFormat.parser().merge(json(text), read);

      assertThat(read.getError().getMessage()).isEqualTo(text);
    }
  }

  private static String json(String text) {
    ByteBuf payload =
        FrameCodec.encode(
            Subprotocol.JSON,
            ServerFrame.newBuilder().setError(Error.newBuilder().setMessage(text)).build());
    return payload.toString(StandardCharsets.UTF_8);
  }
}
