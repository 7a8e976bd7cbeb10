// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tern.id.UserId;

/// How people reacted to a message.
///
/// @param counts at most 20 kinds, in the order in which they first came
/// @param own which of them are the reader's; empty where it is not known who reads
public record Reactions(List<Count> counts, List<String> own) {
  /// Nobody did.
  public static final Reactions NONE = new Reactions(List.of(), List.of());

  /// The column that [#read] wants, of a table that the statement calls `s`: a line a kind, of
  /// count, reaction and the first users, for none of these holds a control character.
  static final String COLUMN =
      "case when s.reacted then reactions_v1(s.conversation_id, s.sequence) end as reactions";

  // On the wire, beside its texts.
  private static final int OVERHEAD_BYTES = 12;

  /// Keeps its own copies.
  public Reactions {
    counts = List.copyOf(counts);
    own = List.copyOf(own);
  }

  /// One kind of reaction.
  ///
  /// @param first the first who reacted so, at most 10
  public record Count(String reaction, int count, List<UserId> first) {
    /// Keeps its own copy.
    public Count {
      first = List.copyOf(first);
    }
  }

  static Reactions read(ResultSet row) throws SQLException {
    @Nullable String text = row.getString("reactions");
    if (text == null) {
      return NONE;
    }
    List<Count> counts = new ArrayList<>();
    text.lines().map(line -> line.split("\t", -1)).map(Reactions::count).forEach(counts::add);
    return new Reactions(counts, List.of());
  }

  private static Count count(String[] parts) {
    List<UserId> first = new ArrayList<>();
    for (String user : parts[2].split(" ", -1)) {
      first.add(new UserId(user));
    }
    return new Count(parts[1], Integer.parseInt(parts[0]), first);
  }

  Reactions with(List<String> ofReader) {
    return new Reactions(counts, ofReader);
  }

  /// About how many bytes they take in a page.
  int weight() {
    int bytes = 0;
    for (Count count : counts) {
      bytes += 2 * (OVERHEAD_BYTES + 4 * count.reaction().length());
      for (UserId user : count.first()) {
        bytes += 2 + user.value().length();
      }
    }
    return bytes;
  }
}
