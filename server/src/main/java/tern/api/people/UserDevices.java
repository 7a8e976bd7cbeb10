// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api.people;

import com.google.protobuf.Message;
import io.vertx.core.json.JsonObject;
import tern.api.schema.Fields;
import tern.device.Devices;
import tern.gateway.device.DeviceRequests;
import tern.gateway.request.FromWire;
import tern.gateway.socket.FrameCodec;
import tern.id.DeviceId;
import tern.id.UserId;
import tern.v1.DeviceState;

/// The backend's say on where users' devices can be pushed to. Blocks; for virtual threads.
public final class UserDevices {
  private final DeviceRequests requests;

  /// Works on these.
  public UserDevices(Devices devices) {
    this.requests = new DeviceRequests(devices);
  }

  /// The user's devices; where each is pushed to is not told.
  public JsonObject list(UserId user) {
    return told(requests.list(user));
  }

  /// Makes a device's state what `body` says: what it leaves out is empty then.
  public JsonObject register(UserId user, String deviceId, JsonObject body) {
    DeviceState.Builder given = DeviceState.newBuilder();
    Fields.read(body, given);
    return told(requests.register(user, device(deviceId), given.build()));
  }

  /// Ends pushing to a device.
  public JsonObject forget(UserId user, String deviceId) {
    return told(requests.forget(user, device(deviceId)));
  }

  private static DeviceId device(String text) {
    return FromWire.checked(DeviceId::new, text);
  }

  private static JsonObject told(Message message) {
    return new JsonObject(FrameCodec.json(message));
  }
}
