// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// The outcome of a run: a table for people and the same figures as JSON. A dot in a key nests:
/// `accept_ms.p99` stands in the object `accept_ms`.
public final class Report {
  private final Map<String, String> rows = new LinkedHashMap<>();
  private final ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private final ObjectNode json = mapper.createObjectNode();

  /// A figure for both.
  public Report add(String key, String label, double value, String unit) {
    rows.put(label, String.format(Locale.ROOT, "%,.1f %s", value, unit).trim());
    place(key).put(leaf(key), value);
    return this;
  }

  /// A whole number for both.
  public Report add(String key, String label, long value) {
    rows.put(label, String.format(Locale.ROOT, "%,d", value));
    place(key).put(leaf(key), value);
    return this;
  }

  /// A text for both.
  public Report add(String key, String label, String value) {
    rows.put(label, value);
    place(key).put(leaf(key), value);
    return this;
  }

  /// A number that only the JSON holds.
  public Report addQuietly(String key, long value) {
    place(key).put(leaf(key), value);
    return this;
  }

  /// Appends all figures of another report.
  public Report addAll(Report other) {
    rows.putAll(other.rows);
    json.setAll(other.json);
    return this;
  }

  /// Prints the table.
  public void print(PrintStream out) {
    int width = rows.keySet().stream().mapToInt(String::length).max().orElse(0);
    rows.forEach((label, value) -> out.printf("  %-" + width + "s  %s%n", label, value));
  }

  /// Writes the JSON.
  public void write(Path file) {
    try {
      Files.writeString(file, mapper.writeValueAsString(json) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("can't write " + file, e);
    }
  }

  private ObjectNode place(String key) {
    ObjectNode node = json;
    for (int dot = key.indexOf('.'), from = 0; dot >= 0; dot = key.indexOf('.', from)) {
      node = node.withObject("/" + key.substring(from, dot));
      from = dot + 1;
    }
    return node;
  }

  private static String leaf(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }
}
