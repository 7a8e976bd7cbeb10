// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
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
          "TERN_CHROMIUM");

  private static final List<String> LOG_FORMATS = List.of("text", "json");
  private static final List<String> LOG_LEVELS =
      List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "OFF");

  private static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory())
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
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
    try {
      ObjectNode settings = defaults();
      boolean isNamed = environment.containsKey("TERN_CONFIG");
      if (isNamed && (!Files.exists(file) || Files.isDirectory(file))) {
        throw new IllegalArgumentException("TERN_CONFIG: " + file + " (expected: a file)");
      }
      if (Files.exists(file)) {
        override(settings, content(file), "", file.toString());
      }
      fromEnvironment(settings, environment);
      return YAML.treeToValue(settings, TernConfig.class);
    } catch (JsonMappingException e) {
      throw new IllegalArgumentException(sentence(e), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("settings: " + file + " is no YAML that Tern can read", e);
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

  private static JsonNode content(Path file) throws IOException {
    JsonNode content = YAML.readTree(file.toFile());
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
              if (present instanceof ObjectNode part && it.getValue().isObject()) {
                override(part, it.getValue(), name + ".", file);
              } else if (it.getValue().isNull()) {
                // A section whose lines are all comments is none.
                if (!present.isObject()) {
                  throw new IllegalArgumentException(
                      name + ": nothing (expected: a value; in " + file + ")");
                }
              } else {
                base.set(it.getKey(), it.getValue());
              }
            });
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

  private static String sentence(JsonMappingException e) {
    Throwable cause = e.getCause();
    if (cause instanceof IllegalArgumentException own) {
      return String.valueOf(own.getMessage());
    }
    String path =
        String.join(
            ".", e.getPath().stream().map(JsonMappingException.Reference::getFieldName).toList());
    return path + ": not of the kind expected (see tern.yaml)";
  }

  private static String orNothing(String text) {
    return text.isBlank() ? "nothing" : text;
  }

  // "10s"
  private static final class DurationReader extends JsonDeserializer<Duration> {
    @Override
    public Duration deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      String text = parser.getText();
      Matcher matcher = DURATION.matcher(text);
      if (!matcher.matches()) {
        throw new IllegalArgumentException(
            parser.currentName() + ": " + text + " (expected: such as 500ms, 10s, 5m)");
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
        throw new IllegalArgumentException("auth.secret: a list or section (expected: a text)");
      }
      return Secret.of(parser.getText());
    }
  }
}
