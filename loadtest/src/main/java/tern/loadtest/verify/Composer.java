// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.util.Random;
import tern.loadtest.client.Device;
import tern.loadtest.client.Standing;
import tern.v1.Content;
import tern.v1.Custom;
import tern.v1.Mentions;
import tern.v1.SendMessage;

/// Gives a message what apps give it beside a text: a reply to another one, mentions, flags,
/// metadata, or an app's own content in place of the text. Owned by the device's event loop.
final class Composer {
  private static final int MOST_MENTIONS = 3;

  private final Device device;
  private final Random random;
  private final Inn inn;

  Composer(Device device, Random random, Inn inn) {
    this.device = device;
    this.random = random;
    this.inn = inn;
  }

  /// The message with more in it; as often as not just as it is.
  SendMessage compose(SendMessage message) {
    if (random.nextBoolean()) {
      return message;
    }
    SendMessage.Builder composed = message.toBuilder();
    if (random.nextInt(3) == 0) {
      composed.setReplyTo(answered(message.getConversationId()));
    }
    if (random.nextInt(3) == 0) {
      composed.setMentions(mentions());
    }
    if (random.nextInt(4) == 0) {
      composed.setSilent(true);
    } else if (random.nextInt(4) == 0) {
      composed.setUrgent(true);
    }
    if (random.nextInt(4) == 0) {
      composed.putMetadata("by", device.name().toString()).putMetadata("no", "" + random.nextInt());
    }
    if (message.getContent().hasText() && random.nextInt(4) == 0) {
      composed.setContent(custom(message.getContent().getText().getText()));
    }
    return composed.build();
  }

  private long answered(String conversation) {
    long head = device.standing(conversation).map(Standing::sequence).orElse(0L);
    return random.nextLong(head + 1);
  }

  private Mentions mentions() {
    return Mentions.newBuilder()
        .setEveryone(random.nextInt(6) == 0)
        .addAllUserIds(inn.some(1 + random.nextInt(MOST_MENTIONS), random))
        .build();
  }

  // As the app wrote it, blanks and all.
  private static Content custom(String text) {
    return Content.newBuilder()
        .setCustom(
            Custom.newBuilder().setType("poll").setJson("{ \"question\" : \"" + text + "\" }"))
        .build();
  }
}
