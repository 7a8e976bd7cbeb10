// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Where settings come from, what is refused by its name, and what is never printed.
final class SettingsTest {
  private static final Path NO_FILE = Path.of("no tern.yaml");

  @TempDir private Path folder;

  private TernConfig read(String yaml, Map<String, String> environment) throws IOException {
    return Settings.read(environment, Files.writeString(folder.resolve("tern.yaml"), yaml));
  }

  private static TernConfig read(Map<String, String> environment) {
    return Settings.read(environment, NO_FILE);
  }

  @Test
  void everyDefaultLoads() {
    TernConfig config = read(Map.of());

    assertThat(config).hasNoNullFieldsOrProperties();
    assertThat(config.http().port()).isEqualTo(8080);
    assertThat(config.http().host()).isEqualTo("127.0.0.1");
    assertThat(config.gateway()).isEqualTo(tern.gateway.socket.GatewayConfig.DEFAULT);
    assertThat(config.database().isEmbedded()).isTrue();
    assertThat(config.catchUp().maxBehind()).isEqualTo(1_000);
  }

  @Test
  void environmentBeatsFileBeatsDefault() throws IOException {
    String file = "http:\n  port: 1001\nlimits:\n  content_bytes: 1002\n";

    TernConfig config = read(file, Map.of("TERN_HTTP_PORT", "1003", "PATH", "not ours"));

    assertThat(config.http().port()).isEqualTo(1_003);
    assertThat(config.limits().contentBytes()).isEqualTo(1_002);
    assertThat(config.limits().metadataBytes()).isEqualTo(2_048);
  }

  @Test
  void theDemoLetsUsersCreateOpenConversations() {
    TernConfig config = read(Map.of("TERN_OPEN_USERS_CREATE", "false"));

    assertThat(config.open().usersCreate()).isFalse();
    assertThat(config.forDemo().open().usersCreate()).isTrue();
    assertThat(config.forDemo().http()).isEqualTo(config.http());
  }

  @Test
  void theDemoTellsAllInItsBannersUnlessAPushServiceSeesThem() {
    TernConfig alone = read(Map.of("TERN_PUSH_CONTENT", "none"));
    TernConfig served = read(Map.of("TERN_PUSH_WEB_PUSH_CONTACT", "mailto:push@example.com"));

    assertThat(alone.forDemo().push().content()).isEqualTo("full");
    assertThat(served.forDemo().push().content()).isEqualTo("none");
  }

  @Test
  void fileThatTheEnvironmentNamesMustBeThere() throws IOException {
    Path missing = folder.resolve("no.yaml");

    for (Path given : new Path[] {missing, folder}) {
      assertThatThrownBy(() -> Settings.read(Map.of("TERN_CONFIG", given.toString()), given))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("TERN_CONFIG: " + given + " (expected: a file)");
    }
    assertThatThrownBy(() -> Settings.read(Map.of("TERN_CONFIG", ""), Path.of("")))
        .hasMessage("TERN_CONFIG: nothing (expected: a file)");
    Path there = Files.writeString(folder.resolve("tern.yaml"), "http: {port: 1}");
    assertThat(Settings.read(Map.of("TERN_CONFIG", there.toString()), there).http().port())
        .isEqualTo(1);
    assertThat(Settings.read(Map.of(), missing).http().port()).isEqualTo(8080);
  }

  @ParameterizedTest
  @CsvSource({
    "htp:, htp",
    "'http: {prot: 1}', http.prot",
    "'limits: {content: 1}', limits.content",
    "'redis: {url: x}', redis",
    "'data_dir: {folder: x}', data_dir",
    "'http: 5', http",
    "'http: {port: many}', http.port",
    "'http: {port: }', http.port",
    "'http: {origins: one}', http.origins",
    "'database: {url: }', database.url",
    "'- http', tern.yaml",
    "'http: [', tern.yaml"
  })
  void whatIsNoSettingInTheFileIsRefusedByItsName(String yaml, String name) {
    assertThatThrownBy(() -> read(yaml, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http: 5 | http: 5 (expected: a section with names such as http.host; in ",
        "http: [a] | http: a list (expected: a section with names ",
        "auth: s3cret | auth: [REDACTED] (expected: a section with names such as auth.secret; in ",
        "data_dir: {folder: x} | data_dir: a section (expected: a text)",
        "http: {port: many} | http.port: many (expected: a whole number up to 2147483647)",
        "http: {port: 5.5} | http.port: 5.5 (expected: a whole number ",
        "http: {port: 99999999999} | http.port: 99999999999 (expected: a whole number ",
        "http: {port: } | http.port: nothing (expected: a whole number ",
        "http: {origins: one} | http.origins: one (expected: a list of texts)",
        "http: {origins: [[one]]} | http.origins: a list (expected: a list of texts)",
        "gateway: {hello_timeout: 10} | gateway.hello_timeout: 10 (expected: such as 500ms, 10s, ",
        "gateway: {hello_timeout: 0s} | gateway.hello_timeout: PT0S (expected: ",
        "push: {forget_devices_after: 23h} | push.forget_devices_after: 23h (expected: 24h to 87600h)",
        "push: {forget_devices_after: 87601h} | push.forget_devices_after: 87601h (expected: 24h ",
        "auth: {leeway: [1s]} | auth.leeway: a list (expected: such as 500ms, ",
        "auth: {secret: [s3cret]} | auth.secret: a list (expected: a text)"
      })
  void refusalNamesTheWholePathTheValueAndWhatIsExpected(String yaml, String message) {
    // Another setting in the environment must not be blamed.
    assertThatThrownBy(() -> read(yaml, Map.of("TERN_HTTP_EVENT_LOOPS", "1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void yamlThatIsNoneIsRefusedByItsLineWithoutItsWords() {
    String yaml = "http:\n  port: 1\nauth:\n  secret: \"s3cret\" s3cret\n";

    assertThatThrownBy(() -> read(yaml, Map.of()))
        .hasMessageContaining("tern.yaml, line 4: no YAML")
        .hasMessageNotContaining("s3cret");
  }

  @ParameterizedTest
  @CsvSource({
    "TERN_LOG_FORMAT, xml, TERN_LOG_FORMAT: xml (expected: text or json)",
    "TERN_LOG_FORMAT, '', TERN_LOG_FORMAT: nothing (expected: text or json)",
    "TERN_LOG_LEVEL, LOUD, TERN_LOG_LEVEL: LOUD (expected: one of TRACE"
  })
  void logThatWouldBeSilentIsRefused(String variable, String value, String message) {
    assertThatThrownBy(() -> read(Map.of(variable, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @ParameterizedTest
  @CsvSource({"text, debug", "json, WARN"})
  void logIsAsTheEnvironmentSays(String format, String level) {
    assertThat(read(Map.of("TERN_LOG_FORMAT", format, "TERN_LOG_LEVEL", level)))
        .isEqualTo(read(Map.of()));
  }

  @Test
  void sectionWithNothingInItChangesNothing() throws IOException {
    assertThat(read("http:\n  # port: 9\nlimits:\n", Map.of())).isEqualTo(read(Map.of()));
    assertThat(read("", Map.of())).isEqualTo(read(Map.of()));
    assertThat(read("# nothing yet\n", Map.of())).isEqualTo(read(Map.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "TERN_HTTP_PROT, 1, TERN_HTTP_PROT",
    "TERN_HTTP, 1, TERN_HTTP",
    "TERN_PORT, 1, TERN_PORT",
    "TERN_HTTP_PORT, many, http.port: many (expected: a whole number",
    "TERN_HTTP_PORT, '', http.port: nothing (expected: a whole number",
    "TERN_HTTP_PORT, 70000, 70000",
    "TERN_INTAKE_DEADLINE, 5, deadline",
    "TERN_INTAKE_DEADLINE, 5 s, deadline",
    "TERN_INTAKE_DEADLINE, 99999999999s, deadline",
    "TERN_INTAKE_QUEUE, 1, intake.queue",
    "TERN_LIMITS_REQUESTS_IN_FLIGHT, 0, limits.requests_in_flight",
    "TERN_DATABASE_URL, mysql://x, database.url",
    "TERN_LIMITS_FAILED_HELLOS_PER_MINUTE, 0, limits.failed_hellos_per_minute",
    "TERN_AUTH_JWKS_LIFETIME, 10, auth.jwks_lifetime",
    "TERN_PUSH_WEB_PUSH_CONTACT, ops@example.com, push.web_push.contact: ops@example.com (expected",
    "TERN_PUSH_WEB_PUSH_CONTACT, http://example.com, push.web_push.contact",
    "TERN_CATCH_UP_MAX_BEHIND, 0, catch_up.max_behind"
  })
  void whatIsNoSettingInTheEnvironmentIsRefusedByItsName(
      String variable, String value, String name) {
    assertThatThrownBy(() -> read(Map.of(variable, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name);
  }

  @ParameterizedTest
  @CsvSource({"500ms, 500", "10s, 10000", "1m, 60000"})
  void durationsSayTheirUnit(String text, long millis) {
    assertThat(read(Map.of("TERN_INTAKE_DEADLINE", text)).intake().deadline())
        .isEqualTo(Duration.ofMillis(millis));
  }

  @Test
  void listsAreSeparatedByCommasOrLines() throws IOException {
    String file = "http:\n  origins: [https://file.example]\n";

    assertThat(read(file, Map.of()).http().origins()).containsExactly("https://file.example");
    assertThat(
            read(file, Map.of("TERN_HTTP_ORIGINS", " https://a.example, https://b.example ,"))
                .http()
                .origins())
        .containsExactly("https://a.example", "https://b.example");
    assertThat(read(file, Map.of("TERN_HTTP_ORIGINS", "")).http().origins()).isEmpty();
  }

  @Test
  void secretsAreNeverPrinted() throws IOException {
    String secret = "s3cret-s3cret-s3cret-s3cret-s3cret-s3cret";
    TernConfig config =
        read(
            "auth:\n  secret: " + secret + "\n",
            Map.of(
                "TERN_DATABASE_URL",
                "jdbc:postgresql://db/tern?password=" + secret,
                "TERN_DATABASE_PASSWORD",
                secret));

    assertThat(config.toString()).doesNotContain("s3cret");
    assertThat(config.auth().forServe().toString()).doesNotContain("s3cret");
    assertThatThrownBy(() -> read(Map.of("TERN_AUTH_SECRET", "short-s3cret")).auth().forServe())
        .hasMessageContaining("12 bytes")
        .hasMessageNotContaining("s3cret");
    assertThatThrownBy(() -> read("auth: {secret: [s3cret]}", Map.of()))
        .hasMessageContaining("auth.secret")
        .hasMessageNotContaining("s3cret");
    assertThatThrownBy(() -> read(Map.of("TERN_DATABASE_URL", "s3cret://x")))
        .hasMessageContaining("database.url")
        .hasMessageNotContaining("s3cret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{key: a.p8} | push.apns.key_id: nothing (expected: the ten characters that Apple shows",
        "{key: a.p8, key_id: ABC123DEFG, team_id: x} | push.apns.team_id: x (expected: the ten ",
        "{key: a.p8, key_id: ABC123DEFG, team_id: DEF123GHIJ, certificate: b.p12}"
            + " | push.apns.certificate: b.p12 (expected: nothing, as push.apns.key is set)",
        "{connections: 0} | push.apns.connections: 0 (expected: 1 to 64)",
        "{port: 65536} | push.apns.port: 65536 (expected: 1 to 65535)",
        "{certificate_password: [s3cret]} | push.apns.certificate_password: a list (expected: ",
        "s3cret | push.apns: [REDACTED] (expected: a section with names such as push.apns.key;"
      })
  void apnsSettingsThatCannotBeMeantAreRefused(String apns, String message) {
    assertThatThrownBy(() -> read("push: {apns: " + apns + "}", Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message)
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void pushServicesAreOffUntilTheyAreSet() {
    TernConfig config =
        read(
            Map.of(
                "TERN_PUSH_APNS_CERTIFICATE", "a.p12",
                "TERN_PUSH_APNS_CERTIFICATE_PASSWORD", "s3cret",
                "TERN_PUSH_APNS_BUNDLE_IDS", "com.example.a, com.example.b",
                "TERN_PUSH_FCM_SERVICE_ACCOUNT", "b.json"));

    assertThat(config.push().apns().isOn()).isTrue();
    assertThat(config.push().apns().bundleIds()).containsExactly("com.example.a", "com.example.b");
    assertThat(config.push().fcm().isOn()).isTrue();
    assertThat(config.toString()).doesNotContain("s3cret");
    assertThat(read(Map.of()).push().apns().isOn()).isFalse();
    assertThat(read(Map.of()).push().fcm().isOn()).isFalse();
  }

  @Test
  void serverWithoutASecretIsRefusedAndToldHowToMakeOne() {
    assertThatThrownBy(() -> read(Map.of()).auth().forServe())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("TERN_AUTH_SECRET")
        .hasMessageContaining("TERN_AUTH_JWKS");
    assertThat(read(Map.of("TERN_AUTH_JWKS", "keys.json")).auth().forServe().jwks().location())
        .isEqualTo("keys.json");
  }
}
