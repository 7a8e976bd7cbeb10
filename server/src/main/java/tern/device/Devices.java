// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.device;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tern.auth.Identity;
import tern.auth.Judgement;
import tern.id.DeviceId;
import tern.id.UserId;
import tern.store.Database;

/// The devices of all users, and where each can be pushed to. A push service's address belongs to
/// whichever device told it last, so a phone never stays with its previous user. What is written
/// stands in V024, and revocations, bans and erasures end registrations there, in their own
/// transactions. Blocks; for virtual threads.
public final class Devices {
  /// Of one user; with one more, the one that was unseen for the longest is forgotten.
  public static final int MAX = 20;

  /// Device's columns, for whoever reads one with [#device].
  public static final String COLUMNS =
      " user_id, device_id, kind, address, bundle_id, sandbox, p256dh, auth, locale, time_zone,"
          + " app_version, registered_at, seen_at ";

  private final Database database;

  /// Works on this database.
  public Devices(Database database) {
    this.database = database;
  }

  /// The device says Hello with this token. Where nothing is new that costs one indexed read; what
  /// it tells, and once an hour that it was there, is kept.
  ///
  /// @param told empty: all stays as it was told before; without a registration: that one stays
  /// @return whether the token is still good in the moment of writing, which another may have
  ///     revoked since it was looked at; if not, nothing is kept
  public Judgement seen(Identity token, DeviceId device, Optional<DeviceState> told) {
    return database.run(
        connection ->
            isKnown(connection, token.user(), device, told)
                ? Judgement.GOOD
                : keep(connection, token.user(), device, Optional.of(token.issuedAt()), told));
  }

  private static boolean isKnown(
      Connection connection, UserId user, DeviceId device, Optional<DeviceState> told)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select from device where user_id = ? and device_id = ?
              and seen_at > clock_timestamp() - interval '1 hour'
              and (?::smallint is null or (kind, address, bundle_id, sandbox, p256dh, auth)
                is not distinct from (?, ?, ?, ?, ?, ?))
              and (?::text is null or (locale, time_zone, app_version) = (?, ?, ?))
            """)) {
      select.setString(1, user.value());
      select.setString(2, device.value());
      Row row = Row.of(told);
      select.setObject(3, row.kind(), Types.SMALLINT);
      row.setRegistration(select, 4);
      select.setString(10, row.locale());
      row.setRest(select, 11);
      try (ResultSet found = select.executeQuery()) {
        return found.next();
      }
    }
  }

  /// Keeps what a device tells of itself, and that it was told now, even if nothing is new.
  ///
  /// @param token under which the device tells it
  /// @return whether the token is good; if not, nothing is kept
  public Judgement register(Identity token, DeviceId device, DeviceState state) {
    Optional<Instant> issuedAt = Optional.of(token.issuedAt());
    return database.run(it -> keep(it, token.user(), device, issuedAt, Optional.of(state)));
  }

  /// Likewise, as the app's backend says; the device is not seen by that. Answers
  /// [Judgement#BARRED] where the user is kept out.
  public Judgement register(UserId user, DeviceId device, DeviceState state) {
    return database.run(it -> keep(it, user, device, Optional.empty(), Optional.of(state)));
  }

  private static Judgement keep(
      Connection connection,
      UserId user,
      DeviceId device,
      Optional<Instant> issuedAt,
      Optional<DeviceState> told)
      throws SQLException {
    try (PreparedStatement call =
        connection.prepareStatement(
            "select keep_device_v1(?, ?, ?, ?, ?::smallint, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      call.setString(1, user.value());
      call.setString(2, device.value());
      call.setObject(3, issuedAt.map(Devices::at).orElse(null), Types.TIMESTAMP_WITH_TIMEZONE);
      call.setBoolean(4, issuedAt.isPresent());
      Row row = Row.of(told);
      row.setRegistration(call, 5);
      row.setRest(call, 11);
      call.setInt(14, MAX);
      try (ResultSet answer = call.executeQuery()) {
        answer.next();
        return switch (answer.getInt(1)) {
          case 0 -> Judgement.GOOD;
          case 1 -> Judgement.REVOKED;
          default -> Judgement.BARRED;
        };
      }
    }
  }

  /// Ends pushing to a device, as when its user logs out: its registration is gone, and so is what
  /// waits for it. The device stays, until it is unseen for long. May be called twice.
  public void forget(UserId user, DeviceId device) {
    database.run(
        connection -> {
          try (PreparedStatement call =
              connection.prepareStatement("select end_registrations_v1(?, ?, null)")) {
            call.setString(1, user.value());
            call.setString(2, device.value());
            return call.execute();
          }
        });
  }

  /// Forgets a registration that its push service calls dead. Returns false, and does nothing, when
  /// the device has another address by now, or has told the same one again after `since`: it came
  /// to life again.
  public boolean drop(UserId user, DeviceId device, PushRegistration dead, Instant since) {
    return database.run(
        connection -> {
          try (PreparedStatement call =
              connection.prepareStatement("select drop_registration_v1(?, ?, ?, ?, ?)")) {
            call.setString(1, user.value());
            call.setString(2, device.value());
            call.setObject(3, dead.kind(), Types.SMALLINT);
            call.setString(4, dead.address());
            call.setObject(5, at(since));
            try (ResultSet answer = call.executeQuery()) {
              answer.next();
              return answer.getBoolean(1);
            }
          }
        });
  }

  /// A user's devices, those that were there last first; at most [#MAX].
  public List<Device> read(UserId user) {
    return database.run(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "select"
                      + COLUMNS
                      + "from device where user_id = ? order by seen_at desc, device_id")) {
            select.setString(1, user.value());
            List<Device> found = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
              while (row.next()) {
                found.add(device(row));
              }
            }
            return found;
          }
        });
  }

  /// A device from a row with [#COLUMNS].
  public static Device device(ResultSet row) throws SQLException {
    String timeZone = row.getString("time_zone");
    return new Device(
        new UserId(row.getString("user_id")),
        new DeviceId(row.getString("device_id")),
        registration(row),
        row.getString("locale"),
        timeZone.isEmpty() ? Optional.empty() : Optional.of(ZoneId.of(timeZone)),
        row.getString("app_version"),
        row.getObject("registered_at", OffsetDateTime.class).toInstant(),
        row.getObject("seen_at", OffsetDateTime.class).toInstant());
  }

  private static Optional<PushRegistration> registration(ResultSet row) throws SQLException {
    int kind = row.getInt("kind");
    return switch (kind) {
      case 0 -> Optional.empty();
      case PushRegistration.Apns.KIND ->
          Optional.of(
              new PushRegistration.Apns(
                  row.getString("address"), row.getString("bundle_id"), row.getBoolean("sandbox")));
      case PushRegistration.FcmToken.KIND ->
          Optional.of(new PushRegistration.FcmToken(row.getString("address")));
      case PushRegistration.FcmInstallation.KIND ->
          Optional.of(new PushRegistration.FcmInstallation(row.getString("address")));
      case PushRegistration.WebPush.KIND ->
          Optional.of(
              new PushRegistration.WebPush(
                  row.getString("address"), row.getString("p256dh"), row.getString("auth")));
      default -> throw new IllegalStateException("kind: " + kind + " (expected: 1 to 4)");
    };
  }

  /// Forgets devices that were not there since then, at most so many; returns how many.
  int expire(Instant unseenSince, int most) {
    return database.run(
        connection -> {
          try (PreparedStatement call =
              connection.prepareStatement("select expire_devices_v1(?, ?)")) {
            call.setObject(1, at(unseenSince));
            call.setInt(2, most);
            try (ResultSet answer = call.executeQuery()) {
              answer.next();
              return answer.getInt(1);
            }
          }
        });
  }

  private static OffsetDateTime at(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }

  // What was told, as it stands in a row; null where nothing was told.
  private record Row(
      @Nullable Integer kind,
      @Nullable String address,
      @Nullable String bundleId,
      @Nullable Boolean isSandbox,
      @Nullable String p256dh,
      @Nullable String auth,
      @Nullable String locale,
      @Nullable String timeZone,
      @Nullable String appVersion) {
    static Row of(Optional<DeviceState> told) {
      @Nullable PushRegistration to = told.flatMap(DeviceState::registration).orElse(null);
      PushRegistration.@Nullable Apns apns = to instanceof PushRegistration.Apns it ? it : null;
      PushRegistration.@Nullable WebPush web =
          to instanceof PushRegistration.WebPush it ? it : null;
      return new Row(
          to == null ? null : to.kind(),
          to == null ? null : to.address(),
          apns == null ? null : apns.bundleId(),
          apns == null ? null : apns.isSandbox(),
          web == null ? null : web.p256dh(),
          web == null ? null : web.auth(),
          told.map(DeviceState::locale).orElse(null),
          told.map(DeviceState::timeZone).orElse(null),
          told.map(DeviceState::appVersion).orElse(null));
    }

    void setRegistration(PreparedStatement statement, int first) throws SQLException {
      statement.setObject(first, kind, Types.SMALLINT);
      statement.setString(first + 1, address);
      statement.setString(first + 2, bundleId);
      statement.setObject(first + 3, isSandbox, Types.BOOLEAN);
      statement.setString(first + 4, p256dh);
      statement.setString(first + 5, auth);
    }

    void setRest(PreparedStatement statement, int first) throws SQLException {
      statement.setString(first, locale);
      statement.setString(first + 1, timeZone);
      statement.setString(first + 2, appVersion);
    }
  }
}
