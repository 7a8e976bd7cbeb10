// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tern.gateway.request.RequestRefused;
import tern.session.CloseCode;
import tern.v1.ClientFrame;
import tern.v1.ErrorCode;
import tern.v1.Reset;
import tern.v1.ServerFrame;

/// Holds the protocol's story against the protocol: a client is written from `proto/README.md`.
class ProtocolReadmeTest {
  private static final String README = read(Path.of("..", "proto", "README.md"));
  private static final Pattern SAMPLE = Pattern.compile("(?s)```json\n(.*?)```");
  private static final Pattern NUMBERED_ROW =
      Pattern.compile("(?m)^\\| (\\d+) \\| `([A-Z_]+)` \\|[^|]+\\| (Yes|No)\\b[^|]*\\|$");
  private static final Pattern REASON_ROW = Pattern.compile("(?m)^\\| `([A-Z_]+)` \\|[^|]+\\|$");

  @Test
  void eachErrorCodeHasItsRowAndSaysWhetherToRetry() {
    var codes = EnumSet.complementOf(EnumSet.of(ErrorCode.UNRECOGNIZED));
    codes.remove(ErrorCode.ERROR_CODE_UNSPECIFIED);

    var expected =
        codes.stream()
            .map(
                code ->
                    row(
                        code.getNumber(),
                        withoutPrefix("ERROR_CODE_", code),
                        RequestRefused.of(code, "").toWire().getMayRetry()));

    assertThat(rows("## Errors")).containsExactlyElementsOf(expected.toList());
  }

  @Test
  void eachCloseCodeHasItsRowAndSaysWhetherToComeBack() {
    var expected =
        Arrays.stream(CloseCode.values())
            .map(code -> row(code.number(), code.name(), code.mayComeBack()));

    assertThat(rows("## Goodbye")).containsExactlyElementsOf(expected.toList());
  }

  @Test
  void eachResetReasonHasItsRow() {
    var reasons = EnumSet.complementOf(EnumSet.of(Reset.Reason.UNRECOGNIZED));
    reasons.remove(Reset.Reason.REASON_UNSPECIFIED);

    var named = REASON_ROW.matcher(section("## Catch up")).results().map(row -> row.group(1));

    assertThat(named)
        .containsExactlyElementsOf(
            reasons.stream().map(reason -> withoutPrefix("REASON_", reason)).toList());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void eachSampleIsAFrame(String json) {
    assertThat(isFrame(json, ClientFrame.newBuilder()) || isFrame(json, ServerFrame.newBuilder()))
        .isTrue();
  }

  @Test
  void theSamplesShowEachKindOfFrame() {
    var text = samples().collect(joining());

    var kinds =
        Stream.of(ClientFrame.getDescriptor(), ServerFrame.getDescriptor())
            .flatMap(frame -> frame.getOneofs().getFirst().getFields().stream())
            .map(field -> field.getJsonName());

    assertThat(
            kinds.filter(
                kind -> !text.contains('"' + kind + '"') && !README.contains("`" + kind + " {")))
        .isEmpty();
  }

  static Stream<String> samples() {
    return SAMPLE.matcher(README).results().map(sample -> sample.group(1));
  }

  private static String row(int number, String name, boolean yes) {
    return number + " " + name + (yes ? " Yes" : " No");
  }

  private static List<String> rows(String heading) {
    return NUMBERED_ROW
        .matcher(section(heading))
        .results()
        .map(row -> row.group(1) + " " + row.group(2) + " " + row.group(3))
        .toList();
  }

  private static String section(String heading) {
    var start = README.indexOf("\n" + heading + "\n");
    assertThat(start).as(heading).isPositive();
    var end = README.indexOf("\n## ", start + 1);
    return README.substring(start, end < 0 ? README.length() : end);
  }

  private static boolean isFrame(String json, Message.Builder frame) {
    try {
      JsonFormat.parser().merge(json, frame);
      return true;
    } catch (InvalidProtocolBufferException _) {
      return false;
    }
  }

  private static String withoutPrefix(String prefix, Enum<?> value) {
    return value.name().substring(prefix.length());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
