// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The templates of one file: what is said in one language. Immutable.
final class Templates {
  static final int MAX_TEMPLATE = 200;

  private static final Pattern BRACES = Pattern.compile("\\{([a-z]+)}");
  private static final Pattern LEFT_OVER = Pattern.compile("[{}]");

  private final String language;
  private final Map<String, String> lines;

  private Templates(String language, Map<String, String> lines) {
    this.language = language;
    this.lines = Map.copyOf(lines);
  }

  /// Those that Tern brings along.
  ///
  /// @param tag of the language, such as `pt-PT`
  static Templates shipped(String tag) {
    String name = "/push/" + tag + ".properties";
    try (InputStream in = Objects.requireNonNull(Templates.class.getResourceAsStream(name));
        Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
      return read(tag, reader, name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Those that stand there, checked.
  ///
  /// Throws [IllegalArgumentException] that names the line and what was expected.
  ///
  /// @param place named in errors
  static Templates read(String tag, Reader reader, String place) throws IOException {
    Properties properties = new Properties();
    try {
      properties.load(reader);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          place + ": not readable (expected: lines such as new=New message)", e);
    }
    Map<String, String> lines = new HashMap<>();
    for (String name : properties.stringPropertyNames()) {
      lines.put(name, checked(place, name, properties.getProperty(name)));
    }
    return new Templates(tag.replaceFirst("-.*", ""), lines);
  }

  private static String checked(String place, String name, String template) {
    Key key =
        Key.of(name)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        place + ": " + name + " (expected: a key of Tern's own en.properties)"));
    if (template.isBlank() || template.length() > MAX_TEMPLATE) {
      throw new IllegalArgumentException(
          "%s: %s: %d characters (expected: 1 to %d)"
              .formatted(place, name, template.length(), MAX_TEMPLATE));
    }
    Matcher braces = BRACES.matcher(template);
    while (braces.find()) {
      if (!key.holds().contains(braces.group(1))) {
        throw new IllegalArgumentException(
            "%s: %s: %s (expected in braces: %s)"
                .formatted(place, name, braces.group(), String.join(", ", key.holds())));
      }
    }
    if (LEFT_OVER.matcher(BRACES.matcher(template).replaceAll("")).find()) {
      throw new IllegalArgumentException(
          place + ": " + name + ": a brace alone (expected: pairs of braces with a word within)");
    }
    return template;
  }

  /// These, and where they have nothing for a key, those.
  Templates over(Templates others) {
    Map<String, String> merged = new HashMap<>(others.lines);
    // A form of a key that is given anew must not mix with the others' forms of it.
    for (Key key : Key.values()) {
      if (lines.containsKey(key.text())) {
        merged.keySet().removeIf(it -> Key.of(it).equals(Optional.of(key)));
      }
    }
    merged.putAll(lines);
    return new Templates(language, merged);
  }

  /// A line that a language can't do without and that is not here; empty: none.
  Optional<String> missing() {
    for (Key key : Key.values()) {
      for (String line : key.needed()) {
        if (!lines.containsKey(line)) {
          return Optional.of(line);
        }
      }
    }
    return Optional.empty();
  }

  /// What is said, filled in; empty when there is nothing for it here.
  Optional<String> say(Key key, Map<String, String> values) {
    return Optional.ofNullable(lines.get(key.text())).map(it -> filled(it, values));
  }

  /// What is said of so many, filled in; empty when there is nothing for it here.
  ///
  /// @param shown how the count is written
  Optional<String> count(Key key, int count, String shown) {
    String ending = Plural.of(language, count).ending();
    String other = lines.get(key.text() + Plural.OTHER.ending());
    String template = lines.getOrDefault(key.text() + ending, other);
    if (count == 1) {
      template = lines.getOrDefault(key.text(), template);
    }
    return Optional.ofNullable(template).map(it -> filled(it, Map.of("count", shown)));
  }

  // In one pass: what is filled in is not looked at again.
  private static String filled(String template, Map<String, String> values) {
    return BRACES
        .matcher(template)
        .replaceAll((MatchResult it) -> Matcher.quoteReplacement(values.get(it.group(1))));
  }
}
