// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {
  private final CommandLine line = Loadtest.commandLine();
  private final StringWriter told = new StringWriter();

  CommandLineTest() {
    line.setOut(new PrintWriter(told)).setErr(new PrintWriter(told));
  }

  @ParameterizedTest
  @ValueSource(strings = {"chat", "fanout", "verify"})
  void everyScenarioShowsAnExample(String scenario) {
    assertThat(line.execute(scenario, "--help")).isZero();

    assertThat(told.toString()).contains("Example: loadtest " + scenario);
  }

  @ParameterizedTest
  @CsvSource({"500ms, 500", "60s, 60000", "5m, 300000", "1m30s, 90000"})
  void durationsAreReadAsPeopleTypeThem(String text, long millis) {
    assertThat(new DurationText().convert(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @Test
  void wrongDurationIsWrongUsage() {
    assertThat(line.execute("chat", "--duration", "soon")).isEqualTo(64);

    assertThat(told.toString()).contains("such as 500ms, 60s, 5m");
  }

  @Test
  void urlWithoutSecretIsWrongUsage() {
    assertThat(line.execute("chat", "--url", "http://127.0.0.1:1", "--secret", "")).isEqualTo(64);

    assertThat(told.toString()).contains("--url needs --secret");
  }

  @Test
  void selfTestPasses() {
    assertThat(line.execute("verify", "--self-test")).isZero();
  }
}
