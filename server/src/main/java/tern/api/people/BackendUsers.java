// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api.people;

import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import tern.api.schema.Fields;
import tern.gateway.people.PeopleFrames;
import tern.gateway.request.Asker;
import tern.gateway.request.FromWire;
import tern.gateway.request.RequestRefused;
import tern.gateway.request.Requests;
import tern.gateway.socket.FrameCodec;
import tern.id.UserId;
import tern.store.Database;
import tern.user.Profile;
import tern.user.Profiles;
import tern.user.Standing;
import tern.user.Standings;
import tern.v1.Metadata;
import tern.v1.UpdateProfile;

/// The backend's say on users: how they are shown, and whether they may come in. Each answers how
/// the user stands then. Blocks; for virtual threads.
public final class BackendUsers {
  private static final int MAX_REASON = 1_000;
  private static final long MAX_MILLIS = (1L << 53) - 1;

  private final Profiles profiles;
  private final Standings standings;
  private final Requests requests;
  private final Clock clock;

  /// Works on this database, and changes profiles as their users would.
  public BackendUsers(Database database, Requests requests, Clock clock) {
    this.clock = clock;
    this.profiles = new Profiles(database);
    this.standings = new Standings(database);
    this.requests = requests;
  }

  /// Everything that is said of a user; of one that nobody has heard of, nothing is.
  public JsonObject read(UserId user) {
    return told(user, standings.of(user));
  }

  /// Makes the profile what `body` says: what it leaves out is empty then.
  ///
  /// @param keyId of the key that asks, whose rate it is
  public JsonObject upsert(UserId user, String keyId, JsonObject body) {
    UpdateProfile.Builder given = UpdateProfile.newBuilder();
    Fields.read(body, given);
    UpdateProfile.Builder wanted =
        UpdateProfile.newBuilder()
            .setName("")
            .setImageUrl("")
            .setLocale("")
            .setTimeZone("")
            .setMetadata(Metadata.getDefaultInstance())
            .mergeFrom(given.build());
    var _ = requests.setProfile(Asker.backendFor(user, keyId), wanted.build());
    return read(user);
  }

  /// Keeps the user out until they are reactivated.
  public JsonObject deactivate(UserId user) {
    return told(user, standings.deactivate(user));
  }

  /// Lets a deactivated user in again.
  public JsonObject reactivate(UserId user) {
    return told(user, standings.reactivate(user));
  }

  /// Bans the user until `untilMs`, a time to come, or for good if that is 0.
  public JsonObject ban(UserId user, long untilMs, String reason) {
    FromWire.bounded("reason", reason, 0, MAX_REASON);
    // One that is over would let in whom an earlier ban keeps out.
    boolean isPast = untilMs != 0 && untilMs <= clock.millis();
    if (isPast || untilMs > MAX_MILLIS) {
      throw RequestRefused.invalid(
          "untilMs: "
              + untilMs
              + " (expected: milliseconds since 1970 of a time to come, below 2^53, or 0 for none)");
    }
    Optional<Instant> until =
        untilMs == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(untilMs));
    return told(user, standings.ban(user, until, reason));
  }

  /// Takes a ban back.
  public JsonObject unban(UserId user) {
    return told(user, standings.unban(user));
  }

  private JsonObject told(UserId user, Standing standing) {
    JsonObject told =
        new JsonObject()
            .put("userId", user.value())
            .put("deactivatedAtMs", millis(standing.deactivatedAt()));
    standing
        .ban()
        .ifPresent(
            ban ->
                told.put(
                    "ban",
                    new JsonObject()
                        .put("atMs", millis(Optional.of(ban.at())))
                        .put("untilMs", millis(ban.until()))
                        .put("reason", ban.reason())));
    profiles.read(user).ifPresent(it -> told.put("profile", profile(it)));
    return told;
  }

  private static JsonObject profile(Profile it) {
    return new JsonObject(FrameCodec.json(PeopleFrames.profile(it)));
  }

  // 0 for none.
  private static String millis(Optional<Instant> at) {
    return Long.toString(at.map(Instant::toEpochMilli).orElse(0L));
  }
}
