// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.request;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import tern.conversation.HistoryVisibility;
import tern.conversation.Role;
import tern.conversation.rules.GroupRules;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.id.UuidText;
import tern.message.history.History.Where;
import tern.message.history.Position;
import tern.message.inbox.InboxList;
import tern.v1.CatchUp;
import tern.v1.ReadHistory;

/// Makes records of the domain of what clients sent, or refuses it with a sentence that says what
/// was expected.
public final class FromWire {
  private static final int MAX_KEY_BYTES = 128;
  private static final int MAX_REACTION_BYTES = 32;

  private FromWire() {}

  /// A conversation id.
  public static ConversationId conversation(String text) {
    return checked(ConversationId::parse, text);
  }

  /// A user id.
  public static UserId user(String text) {
    return checked(UserId::new, text);
  }

  /// A UUID's 36 characters; `what` names the field.
  public static UUID uuid(String what, String text) {
    return checked(it -> UuidText.parse(what, it), text);
  }

  /// User ids, within these bounds.
  public static List<UserId> users(List<String> texts, int least, int most) {
    if (texts.size() < least || texts.size() > most) {
      throw RequestRefused.invalid(
          "user_ids: " + texts.size() + " (expected: " + least + " to " + most + ")");
    }
    return texts.stream().map(FromWire::user).toList();
  }

  /// A text of so many characters without U+0000.
  public static String bounded(String what, String text, int least, int most) {
    int length = text.codePointCount(0, text.length());
    if (length < least || length > most) {
      throw RequestRefused.invalid(
          what + ": " + length + " characters (expected: " + least + " to " + most + ")");
    }
    if (text.indexOf('\0') >= 0) {
      throw RequestRefused.invalid(what + ": holds U+0000 (expected: none)");
    }
    return text;
  }

  /// The app's own unique name for a conversation; may be empty.
  public static String key(String text) {
    long bytes = utf8Bytes(text);
    if (bytes > MAX_KEY_BYTES) {
      throw RequestRefused.invalid(
          "key: " + bytes + " bytes (expected: 1 to " + MAX_KEY_BYTES + ", or none)");
    }
    return bounded("key", text, 0, MAX_KEY_BYTES);
  }

  static String reaction(String text) {
    if (text.isEmpty()
        || utf8Bytes(text) > MAX_REACTION_BYTES
        || text.codePoints().anyMatch(Character::isISOControl)) {
      throw RequestRefused.invalid(
          "reaction: "
              + utf8Bytes(text)
              + " bytes (expected: 1 to "
              + MAX_REACTION_BYTES
              + ", without control characters)");
    }
    return text;
  }

  /// How many a page holds: 1 to 100, or `whenZero` where nobody said.
  public static int limit(int asked, int whenZero) {
    if (Integer.compareUnsigned(asked, 100) > 0) {
      throw RequestRefused.invalid(
          "limit: "
              + Integer.toUnsignedString(asked)
              + " (expected: 1 to 100, or 0 for "
              + whenZero
              + ")");
    }
    return asked == 0 ? whenZero : asked;
  }

  /// A sequence or revision, below 2^63; `what` names the field.
  public static long sequence(String what, long value) {
    if (value < 0) {
      throw RequestRefused.invalid(what + ": beyond 2^63 (expected: a sequence)");
    }
    return value;
  }

  static HistoryVisibility visibility(tern.v1.HistoryVisibility visibility) {
    return switch (visibility) {
      case HISTORY_VISIBILITY_START -> HistoryVisibility.START;
      case HISTORY_VISIBILITY_JOINED, HISTORY_VISIBILITY_UNSPECIFIED, UNRECOGNIZED ->
          HistoryVisibility.JOINED;
    };
  }

  static Role role(tern.v1.Role role) {
    return switch (role) {
      case ROLE_MEMBER -> Role.MEMBER;
      case ROLE_MODERATOR -> Role.MODERATOR;
      case ROLE_OWNER -> Role.OWNER;
      case ROLE_UNSPECIFIED, UNRECOGNIZED ->
          throw RequestRefused.invalid("role: missing (expected: member, moderator or owner)");
    };
  }

  /// A role; empty for one that is unspecified, or of a later protocol.
  public static Optional<Role> roleIfAny(tern.v1.Role role) {
    return role == tern.v1.Role.ROLE_UNSPECIFIED || role == tern.v1.Role.UNRECOGNIZED
        ? Optional.empty()
        : Optional.of(role(role));
  }

  /// How long a member waits between two messages: nothing to a day.
  public static Duration slowMode(int seconds) {
    long most = GroupRules.MAX_SLOW_MODE.toSeconds();
    if (Integer.compareUnsigned(seconds, (int) most) > 0) {
      throw RequestRefused.invalid(
          "slow_mode_seconds: "
              + Integer.toUnsignedString(seconds)
              + " (expected: 0 to "
              + most
              + ")");
    }
    return Duration.ofSeconds(seconds);
  }

  static InboxList list(tern.v1.InboxList list) {
    return switch (list) {
      case INBOX_LIST_ARCHIVED -> InboxList.ARCHIVED;
      case INBOX_LIST_PINNED -> InboxList.PINNED;
      case INBOX_LIST_MAIN, INBOX_LIST_UNSPECIFIED, UNRECOGNIZED -> InboxList.MAIN;
    };
  }

  static Where where(ReadHistory request) {
    return switch (request.getWhereCase()) {
      case BEFORE -> {
        long before = sequence("before", request.getBefore());
        yield new Where.Before(before == 0 ? Long.MAX_VALUE : before);
      }
      case AFTER -> new Where.After(sequence("after", request.getAfter()));
      case AROUND -> new Where.Around(sequence("around", request.getAround()));
      case WHERE_NOT_SET ->
          throw RequestRefused.invalid("where: missing (expected: before, after or around)");
    };
  }

  /// Where the client stands; empty when it does not say.
  public static Optional<Position> position(CatchUp request) {
    return request.hasPosition() ? Optional.of(position(request.getPosition())) : Optional.empty();
  }

  /// A position.
  public static Position position(tern.v1.Position position) {
    return new Position(
        position.getEpoch(),
        sequence("position.revision", position.getRevision()),
        sequence("position.sequence", position.getSequence()));
  }

  /// How many bytes a text takes on the wire.
  public static long utf8Bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /// What a parser makes of a text; what it refuses is the request's fault.
  public static <T> T checked(Function<String, T> parser, String text) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw RequestRefused.invalid(String.valueOf(e.getMessage()));
    }
  }
}
