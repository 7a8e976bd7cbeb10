// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.device;

import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tern.text.Shown;

/// What a device tells of itself, all of it at once.
///
/// @param registration where to push to; empty: as it told before
/// @param locale of its texts, a language tag (BCP 47) of at most 35 characters; may be empty
/// @param timeZone a name of the IANA database; may be empty
/// @param appVersion at most 64 characters without controls; may be empty
public record DeviceState(
    Optional<PushRegistration> registration, String locale, String timeZone, String appVersion) {
  private static final int MAX_LOCALE = 35;
  private static final int MAX_APP_VERSION = 64;
  // By its form alone: which languages there are is the app's business.
  private static final Pattern LANGUAGE_TAG = Pattern.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*");
  private static final Pattern PRINTED = Pattern.compile("\\P{Cntrl}*");
  private static final Set<String> TIME_ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());

  /// Throws `IllegalArgumentException` for what can't be, and keeps registrations in one spelling,
  /// see [RegistrationRules].
  public DeviceState {
    if (locale.length() > MAX_LOCALE
        || (!locale.isEmpty() && !LANGUAGE_TAG.matcher(locale).matches())) {
      throw new IllegalArgumentException(
          "locale: " + Shown.of(locale) + " (expected: a language tag such as de or pt-BR)");
    }
    if (!timeZone.isEmpty() && !TIME_ZONES.contains(timeZone)) {
      throw new IllegalArgumentException(
          "time_zone: " + Shown.of(timeZone) + " (expected: one like Europe/Berlin)");
    }
    if (appVersion.length() > MAX_APP_VERSION) {
      throw new IllegalArgumentException(
          "app_version: "
              + appVersion.length()
              + " characters (expected: at most "
              + MAX_APP_VERSION
              + ")");
    }
    if (!PRINTED.matcher(appVersion).matches()) {
      throw new IllegalArgumentException("app_version: holds a control (expected: none)");
    }
    registration = registration.map(RegistrationRules::checked);
  }
}
