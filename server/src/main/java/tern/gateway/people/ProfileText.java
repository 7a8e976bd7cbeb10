// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.people;

import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Pattern;
import tern.gateway.request.Contents;
import tern.gateway.request.Drafts;
import tern.gateway.request.FromWire;
import tern.gateway.request.LimitsConfig;
import tern.gateway.request.RequestRefused;
import tern.text.Shown;
import tern.user.ProfileChange;
import tern.v1.UpdateProfile;

/// Looks at what is to stand in a profile, and refuses what can't.
final class ProfileText {
  private static final int MAX_NAME = 128;
  private static final int MAX_LOCALE = 35;
  // By its form alone: which languages there are is the app's business.
  private static final Pattern LANGUAGE_TAG = Pattern.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*");

  private ProfileText() {}

  static ProfileChange change(UpdateProfile it, LimitsConfig limits) {
    return new ProfileChange(
        it.hasName()
            ? Optional.of(FromWire.bounded("name", it.getName(), 0, MAX_NAME))
            : Optional.empty(),
        it.hasImageUrl()
            ? Optional.of(Contents.imageUrl("image_url", it.getImageUrl()))
            : Optional.empty(),
        it.hasLocale() ? Optional.of(locale(it.getLocale())) : Optional.empty(),
        it.hasTimeZone() ? Optional.of(timeZone(it.getTimeZone())) : Optional.empty(),
        it.hasMetadata()
            ? Optional.of(Drafts.metadata(it.getMetadata().getEntriesMap(), limits))
            : Optional.empty());
  }

  private static String locale(String text) {
    FromWire.bounded("locale", text, 0, MAX_LOCALE);
    if (!text.isEmpty() && !LANGUAGE_TAG.matcher(text).matches()) {
      throw RequestRefused.invalid(
          "locale: " + Shown.of(text) + " (expected: a language tag such as de or pt-BR)");
    }
    return text;
  }

  private static String timeZone(String text) {
    if (!text.isEmpty() && !ZoneId.getAvailableZoneIds().contains(text)) {
      throw RequestRefused.invalid(
          "time_zone: " + Shown.of(text) + " (expected: one like Europe/Berlin)");
    }
    return text;
  }
}
