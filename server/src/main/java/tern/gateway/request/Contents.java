// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.request;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import tern.v1.Button;
import tern.v1.Card;
import tern.v1.Content;
import tern.v1.Custom;
import tern.v1.Encrypted;
import tern.v1.ErrorCode;

/// Looks at the declared parts of what a message holds: all that Tern ever reads of it.
public final class Contents {
  private static final int MAX_BUTTONS = 10;
  private static final int MAX_TITLE = 256;
  private static final int MAX_LABEL = 64;
  private static final int MAX_NAME_BYTES = 64;
  private static final int MAX_VALUE_BYTES = 1_024;
  private static final int MAX_URL_BYTES = 2_048;
  private static final int MAX_JSON_DEPTH = 64;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(MAX_JSON_DEPTH).build())
          .build();

  private Contents() {}

  /// Throws [RequestRefused] for what is malformed, or of a kind that only the server writes or
  /// does not know. Sizes as a whole are looked at elsewhere.
  static void check(Content content) {
    switch (content.getContentCase()) {
      case TEXT -> {
        String text = content.getText().getText();
        if (text.isEmpty() || text.indexOf('\0') >= 0) {
          throw RequestRefused.invalid(
              "content.text: empty, or holds U+0000 (expected: at least 1 byte, no U+0000)");
        }
      }
      case CARD -> check(content.getCard());
      case CUSTOM -> check(content.getCustom());
      case ENCRYPTED -> check(content.getEncrypted());
      case CONTENT_NOT_SET, ATTACHMENTS ->
          throw RequestRefused.of(
              ErrorCode.ERROR_CODE_UNSUPPORTED,
              "content: a kind that this server does not know"
                  + " (expected: text, card, custom or encrypted)");
      case SYSTEM ->
          throw RequestRefused.invalid(
              "content.system: the server's own (expected: text, card, custom or encrypted)");
    }
  }

  private static void check(Card card) {
    FromWire.bounded("content.card.title", card.getTitle(), 0, MAX_TITLE);
    FromWire.bounded("content.card.text", card.getText(), 0, Integer.MAX_VALUE);
    var _ = imageUrl("content.card.image_url", card.getImageUrl());
    if (card.getTitle().isEmpty() && card.getText().isEmpty() && card.getImageUrl().isEmpty()) {
      throw RequestRefused.invalid("content.card: empty (expected: a title, a text or an image)");
    }
    if (card.getButtonsCount() > MAX_BUTTONS) {
      throw RequestRefused.invalid(
          "content.card.buttons: "
              + card.getButtonsCount()
              + " (expected: at most "
              + MAX_BUTTONS
              + ")");
    }
    Set<String> ids = new HashSet<>();
    for (Button button : card.getButtonsList()) {
      check(button);
      if (!ids.add(button.getId())) {
        throw RequestRefused.invalid(
            "content.card.buttons.id: twice the same (expected: one for each button)");
      }
    }
  }

  /// An image's address; may be empty. Throws [RequestRefused] for what is none.
  public static String imageUrl(String what, String text) {
    if (!text.isEmpty()) {
      checkUrl(what, text, Set.of("http", "https"));
    }
    return text;
  }

  private static void check(Button button) {
    checkName("content.card.buttons.id", button.getId());
    FromWire.bounded("content.card.buttons.label", button.getLabel(), 1, MAX_LABEL);
    switch (button.getActionCase()) {
      // Apps have schemes of their own; a script is never one.
      case URL -> checkUrl("content.card.buttons.url", button.getUrl(), Set.of());
      case VALUE -> checkBytes("content.card.buttons.value", button.getValue(), 0, MAX_VALUE_BYTES);
      case ACTION_NOT_SET ->
          throw RequestRefused.invalid(
              "content.card.buttons: no action (expected: a url or a value)");
    }
  }

  private static void check(Custom custom) {
    checkName("content.custom.type", custom.getType());
    try (JsonParser json = JSON.createParser(custom.getJson())) {
      boolean isEmpty = json.nextToken() == null;
      json.skipChildren();
      if (isEmpty || json.nextToken() != null) {
        throw notJson();
      }
    } catch (IOException _) {
      // The parser's messages quote what they can't read; none of it may leave here.
      throw notJson();
    }
  }

  private static RequestRefused notJson() {
    return RequestRefused.invalid(
        "content.custom.json: not one JSON document (expected: one, at most "
            + MAX_JSON_DEPTH
            + " levels deep)");
  }

  private static void check(Encrypted encrypted) {
    checkName("content.encrypted.scheme", encrypted.getScheme());
    if (encrypted.getCiphertext().isEmpty()) {
      throw RequestRefused.invalid(
          "content.encrypted.ciphertext: empty (expected: at least 1 byte)");
    }
  }

  private static void checkName(String what, String text) {
    checkBytes(what, text, 1, MAX_NAME_BYTES);
  }

  private static void checkBytes(String what, String text, int least, int most) {
    long bytes = FromWire.utf8Bytes(text);
    if (bytes < least || bytes > most) {
      throw RequestRefused.invalid(
          what + ": " + bytes + " bytes (expected: " + least + " to " + most + ")");
    }
    FromWire.bounded(what, text, 0, Integer.MAX_VALUE);
  }

  // An empty set of schemes: any but those that run a script.
  private static void checkUrl(String what, String text, Set<String> schemes) {
    checkBytes(what, text, 1, MAX_URL_BYTES);
    String scheme;
    try {
      URI url = new URI(text);
      scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    } catch (URISyntaxException _) {
      scheme = "";
    }
    boolean isGood =
        schemes.isEmpty()
            ? !scheme.isEmpty() && !Set.of("javascript", "data", "vbscript").contains(scheme)
            : schemes.contains(scheme);
    if (!isGood) {
      throw RequestRefused.invalid(
          what
              + ": not such an address (expected: an absolute one"
              + (schemes.isEmpty() ? ", and no script" : " with http or https")
              + ")");
    }
  }
}
