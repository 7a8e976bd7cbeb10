// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.auth.key;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/// The text of a key: `tern_`, its public id of 12 characters, `_`, and 256 random bits in 43
/// URL-safe characters. No log, error or debugger view shows it.
final class KeyText {
  static final String PREFIX = "tern_";

  private static final int ID_CHARACTERS = 12;
  private static final int SECRET_BYTES = 32;
  private static final String ID_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final Pattern FORM =
      Pattern.compile(PREFIX + "[a-z0-9]{" + ID_CHARACTERS + "}_[A-Za-z0-9_-]{43}");

  private final String text;

  private KeyText(String text) {
    this.text = text;
  }

  static KeyText random() {
    SecureRandom random = new SecureRandom();
    StringBuilder text = new StringBuilder(PREFIX);
    random
        .ints(ID_CHARACTERS, 0, ID_ALPHABET.length())
        .forEach(at -> text.append(ID_ALPHABET.charAt(at)));
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    return new KeyText(
        text.append('_')
            .append(Base64.getUrlEncoder().withoutPadding().encodeToString(secret))
            .toString());
  }

  static Optional<KeyText> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new KeyText(text)) : Optional.empty();
  }

  String id() {
    return text.substring(PREFIX.length(), PREFIX.length() + ID_CHARACTERS);
  }

  // One round is enough: nobody guesses 256 random bits, however fast.
  byte[] hash() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  String reveal() {
    return text;
  }

  @Override
  public String toString() {
    return PREFIX + id() + "_[REDACTED]";
  }
}
