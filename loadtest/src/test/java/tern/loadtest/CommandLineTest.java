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
  @ValueSource(strings = {"chat", "fanout", "open", "verify"})
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

  @ParameterizedTest
  @CsvSource({
    "chat --pairs 0, --pairs: 0 (expected: 1 to 100000)",
    "chat --pairs 2000000000, --pairs: 2000000000 (expected: ",
    "chat --in-flight 0, --in-flight: 0 (expected: 1 ",
    "chat --idle -1, --idle: -1 (expected: 0 ",
    "chat --rate -1, --rate: -1.0 (expected: 0 ",
    "chat --rate NaN, --rate: NaN (expected: 0 ",
    "chat --duration 0s, --duration: 0s (expected: 0.001s to 24h)",
    "chat --warm-up -1s, --warm-up: -1s (expected: ",
    "chat --bytes 0, --bytes: 0 (expected: 1 ",
    "fanout --loops 0, --loops: 0 (expected: 1 ",
    "fanout --duration 0s, --duration: 0s (expected: 0.001s to 24h)",
    "fanout --members 1, --members: 1 (expected: 2 to 1000)",
    "fanout --members 100000, --members: 100000 (expected: 2 to 1000)",
    "fanout --members 10 --writers 11, --writers: 11 (expected: 1 to 10)",
    "fanout --in-flight 0, --in-flight: 0 (expected: 1 ",
    "open --watchers 0, --watchers: 0 (expected: 1 to 500000)",
    "open --watchers 10 --wave 11, --wave: 11 (expected: -1 to 10)",
    "open --rate 0, --rate: 0.0 (expected: above 0"
  })
  void numberThatMeasuresNothingIsWrongUsage(String arguments, String message) {
    assertThat(line.execute(arguments.split(" ", -1))).isEqualTo(64);

    assertThat(told.toString()).contains(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "-V", "chat --version", "verify -V"})
  void versionIsTheServers(String arguments) {
    assertThat(line.execute(arguments.split(" ", -1))).isZero();

    assertThat(told.toString().strip()).isEqualTo("tern 0.1.0");
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
