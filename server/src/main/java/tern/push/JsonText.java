// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push;

/// Texts as they stand in JSON, measured in bytes: push services count bytes, and a text that is
/// too long is to be cut, not refused.
public final class JsonText {
  private static final char ELLIPSIS = '…';
  private static final char REPLACEMENT = '\uFFFD';
  private static final String HEX = "0123456789abcdef";

  private JsonText() {}

  /// Appends the text in quotes. Half a surrogate pair becomes U+FFFD.
  public static void quote(StringBuilder out, String text) {
    out.append('"');
    int next;
    for (int at = 0; at < text.length(); at = next) {
      int point = text.codePointAt(at);
      next = at + Character.charCount(point);
      append(out, point);
    }
    out.append('"');
  }

  private static void append(StringBuilder out, int point) {
    switch (point) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        if (point < ' ') {
          out.append("\\u00").append(HEX.charAt(point >> 4)).append(HEX.charAt(point & 15));
        } else if (isHalf(point)) {
          out.append(REPLACEMENT);
        } else {
          out.appendCodePoint(point);
        }
      }
    }
  }

  private static boolean isHalf(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }

  /// How many bytes the text takes within the quotes, in UTF-8.
  public static int quotedBytes(String text) {
    int bytes = 0;
    int next;
    for (int at = 0; at < text.length(); at = next) {
      int point = text.codePointAt(at);
      next = at + Character.charCount(point);
      bytes += quotedBytes(point);
    }
    return bytes;
  }

  private static int quotedBytes(int point) {
    if (point < ' ') {
      return point == '\n' || point == '\r' || point == '\t' ? 2 : "\\u0000".length();
    }
    return point == '"' || point == '\\' ? 2 : bytes(point);
  }

  /// How many bytes these characters take in UTF-8, as they are.
  public static int bytes(CharSequence text) {
    return text.codePoints().map(JsonText::bytes).sum();
  }

  private static int bytes(int point) {
    if (point < 0x80) {
      return 1;
    }
    if (point < 0x800) {
      return 2;
    }
    return Character.isBmpCodePoint(point) ? 3 : 4;
  }

  /// The text itself, or as much of its beginning as takes at most so many bytes within the quotes
  /// with the `…` that then ends it; empty when not even that fits.
  public static String cut(String text, int maxBytes) {
    // Nothing takes more than six bytes a character.
    if (text.length() * 6L <= maxBytes) {
      return text;
    }
    int room = maxBytes - bytes((int) ELLIPSIS);
    int bytes = 0;
    int kept = 0;
    int next;
    for (int at = 0; at < text.length(); at = next) {
      int point = text.codePointAt(at);
      next = at + Character.charCount(point);
      bytes += quotedBytes(point);
      if (bytes <= room) {
        kept = next;
      }
      if (bytes > maxBytes) {
        return room < 0 ? "" : text.substring(0, kept) + ELLIPSIS;
      }
    }
    return text;
  }
}
