// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.moderation.rule;

import static java.util.stream.Collectors.toUnmodifiableSet;

import com.google.re2j.Pattern;
import java.net.IDN;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Finds links by their host: with a scheme or `www.`, and bare names that apps make links of.
final class LinkMatcher implements Matcher {
  private static final Pattern WITH_SCHEME =
      Pattern.compile("(?:[a-z][a-z0-9+.-]{0,20}://|www\\.)[^\\s<>\"']+");
  private static final Pattern BARE = Pattern.compile("[\\pL\\pN][\\pL\\pN-]*(?:\\.[\\pL\\pN-]+)+");
  // Elsewhere a dot without a space behind it is just that.
  private static final Set<String> COMMON_ENDS =
      Set.of(
          "com", "net", "org", "info", "biz", "io", "co", "me", "ly", "gg", "tv", "cc", "ru", "cn",
          "de", "uk", "top", "xyz", "site", "online", "shop", "store", "app", "dev", "link",
          "click", "club", "live", "vip", "win", "bet", "onion");

  // Punctuation that names of the web are written with. Stops of other scripts are dots by then; an
  // escape stands for what it escapes.
  private static final String IN_NAMES = "-._%\u00B7\u05F3\u05F4\u0F0B\u3002\u30FB\uFF0E\uFF61";

  private final boolean isAllowList;
  private final Set<String> hosts;
  // Of the hosts, in characters.
  private final int longest;

  /// @param isAllowList whether to find what is none of these hosts, or what is one
  LinkMatcher(boolean isAllowList, List<String> hosts) {
    this.isAllowList = isAllowList;
    this.hosts = hosts.stream().map(LinkMatcher::ascii).collect(toUnmodifiableSet());
    this.longest = this.hosts.stream().mapToInt(String::length).max().orElse(0);
  }

  @Override
  public List<Place> places(Read text) {
    List<Place> found = new ArrayList<>();
    String folded = text.folded().text();
    var links = WITH_SCHEME.matcher(folded);
    int from = 0;
    while (links.find()) {
      addBare(text, from, links.start(), found);
      Place place = text.place(links.start(), links.end());
      String host = hostOf(links.group());
      String written = hostOf(original(text, place));
      // Apps end a link at punctuation, where a browser may read on: both must be good.
      if (isMet(ascii(host), ascii(written))
          || isMet(ascii(untilPunctuation(host)), ascii(untilPunctuation(written)))) {
        found.add(place);
      }
      from = links.end();
    }
    addBare(text, from, folded.length(), found);
    return found;
  }

  private void addBare(Read text, int from, int to, List<Place> found) {
    var names = BARE.matcher(text.folded().text().substring(from, to));
    while (names.find()) {
      String host = ascii(names.group());
      boolean isLink = COMMON_ENDS.contains(host.substring(host.lastIndexOf('.') + 1));
      Place place = text.place(from + names.start(), from + names.end());
      if ((isLink || !isAllowList) && isMet(host, ascii(original(text, place)))) {
        found.add(place);
      }
    }
  }

  private static String original(Read text, Place place) {
    return Normalizer.normalize(
            text.text().substring(place.start(), place.end()), Normalizer.Form.NFKC)
        .toLowerCase(Locale.ROOT);
  }

  private static String hostOf(String link) {
    String rest = link.replaceFirst("^[a-z][a-z0-9+.-]*://", "");
    // A browser takes a backslash for a slash.
    String authority = rest.split("[/\\\\?#]", 2)[0];
    String host = authority.substring(authority.lastIndexOf('@') + 1);
    return withoutPunctuation(host).replaceFirst(":\\d*$", "");
  }

  // What follows a link in a sentence is none of it.
  private static String withoutPunctuation(String host) {
    int end = host.length();
    while (end > 0 && endsName(host.codePointBefore(end))) {
      end = host.offsetByCodePoints(end, -1);
    }
    return host.substring(0, end);
  }

  private static String untilPunctuation(String host) {
    int end = 0;
    while (end < host.length() && !endsName(host.codePointAt(end))) {
      end = host.offsetByCodePoints(end, 1);
    }
    return host.substring(0, end);
  }

  private static boolean endsName(int character) {
    return switch (Character.getType(character)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          IN_NAMES.indexOf(character) < 0;
      // Beyond ASCII these are pictures, which names may be made of.
      case Character.MATH_SYMBOL, Character.CURRENCY_SYMBOL, Character.MODIFIER_SYMBOL ->
          character < 0x80;
      default -> Character.isWhitespace(character) || Character.isSpaceChar(character);
    };
  }

  private static String ascii(String host) {
    // The full stops of other scripts are stops to a browser; one at the end is the root's.
    String name = withoutRoot(host.replaceAll("[\u3002\uFF0E\uFF61]", "."));
    try {
      return IDN.toASCII(name, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException _) {
      return name.toLowerCase(Locale.ROOT);
    }
  }

  private static String withoutRoot(String name) {
    int end = name.length();
    while (end > 0 && name.charAt(end - 1) == '.') {
      end--;
    }
    return name.substring(0, end);
  }

  // A host that only looks like a denied one is denied, but one that looks like an allowed one is
  // not allowed.
  private boolean isMet(String folded, String original) {
    return isAllowList ? !isListed(original) : isListed(folded) || isListed(original);
  }

  private boolean isListed(String host) {
    // As one of them, or below it; what is longer than all of them is none.
    int at = 0;
    do {
      if (host.length() - at <= longest && hosts.contains(host.substring(at))) {
        return true;
      }
      at = host.indexOf('.', at) + 1;
    } while (at > 0);
    return false;
  }
}
