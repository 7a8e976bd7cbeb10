// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.auth.keys;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The keys of a key set that may verify access tokens: at most 100, none where there is no set.
///
/// @param keys no two of them with the same `kid`
/// @param leftOut why other keys of the set are not among them, in sentences for the operator
public record KeyRing(List<PinnedKey> keys, List<String> leftOut) {
  static final KeyRing EMPTY = new KeyRing(List.of(), List.of());

  /// The longest text of a key set, in bytes.
  static final int MAX_BYTES = 1024 * 1024;

  private static final int MAX_KEYS = 100;

  // What only the private or symmetric form of a key has (RFC 7518, 6).
  private static final List<String> SECRET_PARTS = List.of("d", "k", "p", "q", "dp", "dq", "qi");

  /// Takes copies.
  public KeyRing {
    keys = List.copyOf(keys);
    leftOut = List.copyOf(leftOut);
  }

  /// Reads a key set. Keys that are meant for something else, too weak or of an unknown kind are
  /// left out, as [RFC 7517, 5](https://www.rfc-editor.org/rfc/rfc7517#section-5) asks.
  ///
  /// Throws `IllegalArgumentException` when it is no key set, when no key is left, and when a
  /// secret stands in it, for then someone must act.
  static KeyRing of(String json) {
    List<Map<String, Object>> entries = entries(json);
    List<PinnedKey> keys = new ArrayList<>();
    List<String> leftOut = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      String place = "key " + (i + 1) + ": ";
      Map<String, Object> entry = entries.get(i);
      if ("oct".equals(entry.get("kty")) || SECRET_PARTS.stream().anyMatch(entry::containsKey)) {
        throw new IllegalArgumentException(place + "a secret one (expected: public keys alone)");
      }
      try {
        add(keys, PinnedKey.of(JWK.parse(entry)));
      } catch (ParseException _) {
        leftOut.add(place + "no proper key (expected: RSA, EC or OKP)");
      } catch (IllegalArgumentException e) {
        leftOut.add(place + e.getMessage());
      }
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException(
          "no key for RS256, ES256 or EdDSA"
              + (leftOut.isEmpty() ? "" : "; " + leftOut.getFirst()));
    }
    return new KeyRing(keys, leftOut);
  }

  private static List<Map<String, Object>> entries(String json) {
    List<Map<String, Object>> entries;
    try {
      entries = List.of(JSONObjectUtils.getJSONObjectArray(JSONObjectUtils.parse(json), "keys"));
    } catch (ParseException | RuntimeException _) {
      // The parser's words quote what it can't read.
      throw new IllegalArgumentException("no key set (expected: {\"keys\": [...]})");
    }
    if (entries.size() > MAX_KEYS) {
      throw new IllegalArgumentException(
          entries.size() + " keys (expected: at most " + MAX_KEYS + ")");
    }
    return entries;
  }

  private static void add(List<PinnedKey> keys, PinnedKey key) {
    if (!key.id().isEmpty() && keys.stream().anyMatch(it -> it.id().equals(key.id()))) {
      throw new IllegalArgumentException("kid: that of an earlier key (expected: one of its own)");
    }
    keys.add(key);
  }

  /// The key with exactly this `kid`.
  public Optional<PinnedKey> named(String id) {
    return keys.stream().filter(key -> key.id().equals(id)).findFirst();
  }

  /// The key of this algorithm, if there is just one: a token that names none can only mean it.
  public Optional<PinnedKey> onlyOf(JWSAlgorithm algorithm) {
    List<PinnedKey> fitting =
        keys.stream().filter(key -> key.algorithm().equals(algorithm)).limit(2).toList();
    return fitting.size() == 1 ? Optional.of(fitting.getFirst()) : Optional.empty();
  }
}
