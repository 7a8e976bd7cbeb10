// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.moderation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// The strings of a JSON document, which can be exchanged without touching anything else in it: a
/// number keeps its digits and a space its place. Immutable.
///
/// @param keys of its objects, at any depth
/// @param values that are strings, at any depth
/// @param places of the values
record JsonStrings(String json, List<String> keys, List<String> values, List<Place> places) {
  private static final JsonFactory JSON = new JsonFactory();

  /// Where a value stands in the document, with its quotation marks.
  private record Place(int start, int end) {}

  /// Those of a document that is well formed, duplicate keys included.
  static JsonStrings of(String json) {
    List<String> keys = new ArrayList<>();
    List<String> values = new ArrayList<>();
    List<Place> places = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(json)) {
      for (JsonToken it = parser.nextToken(); it != null; it = parser.nextToken()) {
        if (it == JsonToken.FIELD_NAME) {
          keys.add(parser.currentName());
        } else if (it == JsonToken.VALUE_STRING) {
          int start = (int) parser.currentTokenLocation().getCharOffset();
          // Reads the string to its end.
          values.add(parser.getText());
          places.add(new Place(start, (int) parser.currentLocation().getCharOffset()));
        }
      }
    } catch (IOException _) {
      // Its message may quote the content.
      throw new IllegalStateException("content that is no JSON");
    }
    return new JsonStrings(json, List.copyOf(keys), List.copyOf(values), List.copyOf(places));
  }

  /// The document with other values, as many as there are; those that are the same keep their form.
  String with(List<String> others) {
    StringBuilder changed = new StringBuilder();
    int from = 0;
    Iterator<String> next = others.iterator();
    for (int i = 0; i < places.size(); i++) {
      Place place = places.get(i);
      String other = next.next();
      if (!other.equals(values.get(i))) {
        changed.append(json, from, place.start()).append('"');
        JsonStringEncoder.getInstance().quoteAsString(other, changed);
        changed.append('"');
        from = place.end();
      }
    }
    return changed.append(json, from, json.length()).toString();
  }
}
