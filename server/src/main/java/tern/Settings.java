// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tern.auth.Secret;

/// Reads the settings: environment beats `tern.yaml` beats default. An unknown name is refused in
/// either, so that a misspelt setting is not a setting ignored.
final class Settings {
  private static final String PREFIX = "TERN_";
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

  // Read by the launcher, the log and this class; no settings of the server.
  private static final java.util.Set<String> NOT_SETTINGS =
      java.util.Set.of(
          "TERN_CONFIG",
          "TERN_JAVA_HOME",
          "TERN_JAVA_OPTS",
          "TERN_LOG_FORMAT",
          "TERN_LOG_LEVEL",
          "TERN_URL",
          "TERN_KEY",
          "TERN_CHROMIUM");

  private static final List<String> LOG_FORMATS = List.of("text", "json");
  private static final List<String> LOG_LEVELS =
      List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "OFF");

  // Never shown, nor what stands in the place of their section; an address may hold a password.
  private static final List<String> SECRETS =
      List.of(
          "auth.secret",
          "database.url",
          "database.password",
          "moderation.hook.url",
          "moderation.hook.secret",
          "moderation.hook.next_secret",
          "push.apns.certificate_password");

  private static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory())
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .registerModule(
              new SimpleModule()
                  .addDeserializer(Duration.class, new DurationReader())
                  .addDeserializer(Secret.class, new SecretReader()));

  private Settings() {}

  /// Reads the settings of a process with this environment; `file` need not exist, unless
  /// `TERN_CONFIG` is what names it.
  ///
  /// Throws `IllegalArgumentException` that names the setting, what was given and what was
  /// expected.
  static TernConfig read(Map<String, String> environment, Path file) {
    checkLog(environment);
    boolean isNamed = environment.containsKey("TERN_CONFIG");
    if (isNamed && (!Files.exists(file) || Files.isDirectory(file))) {
      throw new IllegalArgumentException(
          "TERN_CONFIG: " + orNothing(file.toString()) + " (expected: a file)");
    }
    ObjectNode defaults = defaults();
    ObjectNode settings = defaults.deepCopy();
    if (Files.exists(file)) {
      override(settings, content(file), "", file.toString());
    }
    fromEnvironment(settings, environment);
    try {
      return YAML.treeToValue(settings, TernConfig.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(sentence(e, settings, defaults), e);
    }
  }

  // The log reads them itself, and takes what it does not know without a word.
  private static void checkLog(Map<String, String> environment) {
    String format = environment.getOrDefault("TERN_LOG_FORMAT", "text");
    if (!LOG_FORMATS.contains(format)) {
      throw new IllegalArgumentException(
          "TERN_LOG_FORMAT: " + orNothing(format) + " (expected: text or json)");
    }
    String level = environment.getOrDefault("TERN_LOG_LEVEL", "INFO");
    if (!LOG_LEVELS.contains(level.toUpperCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          "TERN_LOG_LEVEL: "
              + orNothing(level)
              + " (expected: one of "
              + String.join(", ", LOG_LEVELS)
              + ")");
    }
  }

  private static JsonNode content(Path file) {
    JsonNode content;
    try {
      content = YAML.readTree(file.toFile());
    } catch (JsonProcessingException e) {
      // Without the parser's own words, for they quote the line, and a secret may stand in it.
      JsonLocation at = e.getLocation();
      String line = at == null ? "" : ", line " + at.getLineNr();
      throw new IllegalArgumentException(
          "settings: " + file + line + ": no YAML that Tern can read (expected: as in tern.yaml)",
          e);
    } catch (IOException e) {
      throw new IllegalArgumentException("settings: " + file + " can't be read", e);
    }
    if (!content.isObject() && !content.isMissingNode() && !content.isNull()) {
      throw new IllegalArgumentException(
          "settings: " + file + " holds no names with values (expected: as in tern.yaml)");
    }
    return content;
  }

  private static ObjectNode defaults() {
    try (InputStream in =
        Objects.requireNonNull(Settings.class.getResourceAsStream("/tern.yaml"))) {
      return (ObjectNode) YAML.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void override(ObjectNode base, JsonNode changes, String path, String file) {
    changes
        .properties()
        .forEach(
            it -> {
              JsonNode present = base.get(it.getKey());
              String name = path + it.getKey();
              if (present == null) {
                throw new IllegalArgumentException(name + ": no such setting (in " + file + ")");
              }
              JsonNode value = it.getValue();
              if (present instanceof ObjectNode part) {
                overrideSection(part, value, name, file);
              } else if (value.isNull()) {
                throw new IllegalArgumentException(
                    name + ": nothing (expected: " + expected(present) + "; in " + file + ")");
              } else {
                base.set(it.getKey(), value);
              }
            });
  }

  private static void overrideSection(
      ObjectNode section, JsonNode changes, String name, String file) {
    if (changes.isObject()) {
      override(section, changes, name + ".", file);
    } else if (!changes.isNull()) { // A section whose lines are all comments changes nothing.
      throw new IllegalArgumentException(
          "%s: %s (expected: a section with names such as %s.%s; in %s)"
              .formatted(name, shown(name, changes), name, section.fieldNames().next(), file));
    }
  }

  private static void fromEnvironment(ObjectNode settings, Map<String, String> environment) {
    Map<String, String> given = new TreeMap<>();
    environment.forEach(
        (name, value) -> {
          if (name.startsWith(PREFIX) && !NOT_SETTINGS.contains(name)) {
            given.put(name, value);
          }
        });
    take(settings, PREFIX, given);
    if (!given.isEmpty()) {
      throw new IllegalArgumentException(
          given.keySet().iterator().next()
              + ": no such setting (expected: one named after a path in tern.yaml)");
    }
  }

  private static void take(ObjectNode part, String prefix, Map<String, String> given) {
    for (String key : part.properties().stream().map(Map.Entry::getKey).toList()) {
      String name = prefix + key.toUpperCase(Locale.ROOT);
      if (part.get(key) instanceof ObjectNode inner) {
        take(inner, name + "_", given);
        continue;
      }
      String value = given.remove(name);
      if (value != null && part.get(key) instanceof ArrayNode list) {
        list.removeAll();
        value
            .lines()
            .flatMap(line -> Pattern.compile(",").splitAsStream(line))
            .map(String::strip)
            .filter(it -> !it.isEmpty())
            .forEach(list::add);
      } else if (value != null) {
        part.put(key, value);
      }
    }
  }

  private static String sentence(JsonProcessingException e, JsonNode given, JsonNode defaults) {
    if (e.getCause() instanceof IllegalArgumentException own) {
      return String.valueOf(own.getMessage());
    }
    if (!(e instanceof JsonMappingException misfit)) {
      return "settings: not of the kind expected (see tern.yaml)";
    }
    // A place within a list has no name.
    List<String> names =
        misfit.getPath().stream().map(Reference::getFieldName).filter(Objects::nonNull).toList();
    String path = String.join(".", names);
    String pointer = "/" + String.join("/", names);
    return path
        + ": "
        + shown(path, given.at(pointer))
        + " (expected: "
        + expected(defaults.at(pointer))
        + ")";
  }

  private static String shown(String path, JsonNode value) {
    if (value.isContainerNode()) {
      return value.isArray() ? "a list" : "a section";
    }
    boolean isSecret = SECRETS.stream().anyMatch(it -> it.startsWith(path));
    return isSecret ? "[REDACTED]" : orNothing(value.asText());
  }

  private static String orNothing(String text) {
    return text.isBlank() ? "nothing" : text;
  }

  // What a default is, its setting must be.
  private static String expected(JsonNode sample) {
    if (sample.isArray()) {
      return "a list of texts";
    }
    if (sample.isNumber()) {
      return "a whole number up to " + Integer.MAX_VALUE;
    }
    return DURATION.matcher(sample.asText()).matches() ? "such as 500ms, 10s, 5m" : "a text";
  }

  // "10s"
  private static final class DurationReader extends JsonDeserializer<Duration> {
    @Override
    public Duration deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      String text = parser.getText();
      Matcher matcher = DURATION.matcher(text);
      if (!matcher.matches()) {
        return context.reportInputMismatch(Duration.class, "no duration");
      }
      long amount = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "ms" -> Duration.ofMillis(amount);
        case "s" -> Duration.ofSeconds(amount);
        case "m" -> Duration.ofMinutes(amount);
        default -> Duration.ofHours(amount);
      };
    }
  }

  private static final class SecretReader extends JsonDeserializer<Secret> {
    @Override
    public Secret deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      if (!parser.currentToken().isScalarValue()) {
        return context.reportInputMismatch(Secret.class, "no text");
      }
      return Secret.of(parser.getText());
    }
  }
}
