// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PluralTest {
  // The samples of the Unicode CLDR's table of plural rules, for whole numbers.
  @ParameterizedTest
  @CsvSource({
    "en, ONE, 1",
    "en, OTHER, 0 2 11 21 1000000",
    "tr, ONE, 1",
    "fr, ONE, 0 1",
    "fr, MANY, 1000000",
    "fr, OTHER, 2 16 100",
    "pt, ONE, 0 1",
    "es, OTHER, 0 2 16",
    "it, MANY, 1000000 2000000",
    "ja, OTHER, 0 1 2 100",
    "ru, ONE, 1 21 31 101 1001",
    "ru, FEW, 2 4 22 24 102",
    "ru, MANY, 0 5 11 12 14 19 111 112 100",
    "pl, ONE, 1",
    "pl, FEW, 2 4 22 24 102",
    "pl, MANY, 0 5 12 14 19 21 31 101 112",
    "cs, FEW, 2 3 4",
    "cs, OTHER, 0 5 22",
    "hr, ONE, 1 21 101",
    "hr, FEW, 2 22",
    "hr, OTHER, 0 5 11 12",
    "ar, ONE, 1",
    "ar, TWO, 2",
    "ar, FEW, 3 10 103 110 1003",
    "ar, MANY, 11 26 99 111 1011",
    "ar, OTHER, 0 100 102 200 1000",
    "he, TWO, 2",
    "ro, FEW, 0 2 16 101 119",
    "ro, OTHER, 20 35 100",
    "lt, ONE, 1 21 101",
    "lt, FEW, 2 9 22",
    "lt, OTHER, 0 10 11 19 111",
    "sl, ONE, 1 101",
    "sl, TWO, 2 102",
    "sl, FEW, 3 4 103",
    "sl, OTHER, 0 5 100"
  })
  void formIsThatOfTheUnicodeTable(String language, Plural form, String counts) {
    List<Integer> numbers = Arrays.stream(counts.split(" ", -1)).map(Integer::valueOf).toList();

    assertThat(numbers).allMatch(it -> Plural.of(language, it) == form);
  }
}
