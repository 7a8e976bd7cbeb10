// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  @Test
  void dotInAKeyNests(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("out.json");

    new Report()
        .add("accept_ms.p99", "accept p99", 1.5, "ms")
        .add("accept_ms.max", "accept max", 2.5, "ms")
        .addQuietly("lost", 0)
        .write(file);

    JsonNode json = new ObjectMapper().readTree(file.toFile());
    assertThat(json.at("/accept_ms/p99").doubleValue()).isEqualTo(1.5);
    assertThat(json.at("/accept_ms/max").doubleValue()).isEqualTo(2.5);
    assertThat(json.at("/lost").longValue()).isZero();
  }

  @Test
  void tableAlignsItsFigures() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    new Report()
        .add("a", "short", 1_000)
        .add("b", "a longer label", 0.25, "ms")
        .print(new PrintStream(bytes, true, StandardCharsets.UTF_8));

    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("  short           1,000", "  a longer label  0.3 ms");
  }
}
