// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.text;

import java.util.Locale;

/// The forms that languages have for counted things, and which number takes which: the categories
/// of the Unicode CLDR, for whole numbers.
enum Plural {
  ONE,
  TWO,
  FEW,
  MANY,
  OTHER;

  private static final int MILLION = 1_000_000;

  /// The form of this many in a language; in one that is not known here: as in English.
  ///
  /// See https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html
  ///
  /// @param language two or three lower-case letters (ISO 639)
  static Plural of(String language, int count) {
    int ten = count % 10;
    int hundred = count % 100;
    return switch (language) {
      case "ja", "zh", "ko", "vi", "th", "id", "ms" -> OTHER;
      case "fr" -> count <= 1 ? ONE : romance(count);
      case "pt" -> count <= 1 ? ONE : romance(count);
      case "es", "it", "ca" -> count == 1 ? ONE : romance(count);
      case "ru", "uk", "be" -> eastSlavic(ten, hundred);
      case "pl" -> polish(count, ten, hundred);
      case "cs", "sk" -> count == 1 ? ONE : count >= 2 && count <= 4 ? FEW : OTHER;
      case "hr", "sr", "bs" -> southSlavic(ten, hundred);
      case "ar" -> arabic(count, hundred);
      case "he" -> count == 1 ? ONE : count == 2 ? TWO : OTHER;
      case "ro" -> count == 1 ? ONE : count == 0 || within(hundred, 1, 19) ? FEW : OTHER;
      case "lt" -> lithuanian(ten, hundred);
      case "sl" -> slovene(hundred);
      default -> count == 1 ? ONE : OTHER;
    };
  }

  private static boolean within(int number, int from, int to) {
    return number >= from && number <= to;
  }

  private static Plural romance(int count) {
    return count != 0 && count % MILLION == 0 ? MANY : OTHER;
  }

  private static Plural eastSlavic(int ten, int hundred) {
    if (ten == 1 && hundred != 11) {
      return ONE;
    }
    return within(ten, 2, 4) && !within(hundred, 12, 14) ? FEW : MANY;
  }

  private static Plural southSlavic(int ten, int hundred) {
    Plural form = eastSlavic(ten, hundred);
    return form == MANY ? OTHER : form;
  }

  private static Plural polish(int count, int ten, int hundred) {
    if (count == 1) {
      return ONE;
    }
    return within(ten, 2, 4) && !within(hundred, 12, 14) ? FEW : MANY;
  }

  private static Plural arabic(int count, int hundred) {
    if (count == 1) {
      return ONE;
    }
    if (count == 2) {
      return TWO;
    }
    if (within(hundred, 3, 10)) {
      return FEW;
    }
    return within(hundred, 11, 99) ? MANY : OTHER;
  }

  private static Plural lithuanian(int ten, int hundred) {
    if (within(hundred, 11, 19) || ten == 0) {
      return OTHER;
    }
    return ten == 1 ? ONE : FEW;
  }

  private static Plural slovene(int hundred) {
    return switch (hundred) {
      case 1 -> ONE;
      case 2 -> TWO;
      case 3, 4 -> FEW;
      default -> OTHER;
    };
  }

  /// As template files end their keys.
  String ending() {
    return "." + name().toLowerCase(Locale.ROOT);
  }
}
