// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tern.loadtest.history.ClientLog;
import tern.loadtest.history.History;
import tern.loadtest.history.Life;
import tern.loadtest.history.PhoneLog;
import tern.loadtest.history.Seen;
import tern.loadtest.history.Stored;

/// A history as text, for whoever wants to know how a verdict came about.
final class HistoryFile {
  private HistoryFile() {}

  static void write(History history, Path file) {
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
      for (Life life : history.lives()) {
        out.println("life " + life);
      }
      for (Stored stored : history.conversations()) {
        out.println("stored " + stored.conversation() + " revision " + stored.revision());
        stored.messages().forEach(item -> out.println("  " + item));
        stored.members().forEach(member -> out.println("  " + member));
        stored.memberships().forEach(state -> out.println("  was " + state));
        stored.rules().settings().forEach(state -> out.println("  was " + state));
        out.println("  for " + stored.rules().audience());
        stored.rules().bans().forEach(ban -> out.println("  was " + ban));
        stored.rules().blocks().forEach(block -> out.println("  was " + block));
        stored.rules().invites().forEach(invite -> out.println("  was " + invite));
        stored.past().states().forEach(state -> out.println("  was " + state));
        stored.past().reactions().forEach(reacted -> out.println("  was " + reacted));
        stored.past().edits().forEach(edited -> out.println("  was " + edited));
      }
      history.people().relations().forEach(relation -> out.println("was " + relation));
      history.people().profiles().forEach(profile -> out.println("was " + profile));
      history.pushes().messages().forEach(kept -> out.println("kept " + kept));
      history.pushes().arrived().forEach(push -> out.println("pushed " + push));
      for (PhoneLog phone : history.pushes().phones()) {
        out.println("phone " + phone.user() + "/" + phone.device());
        phone.seen().forEach(seen -> out.println("  " + seen));
      }
      for (ClientLog client : history.clients()) {
        out.println("client " + client.client());
        for (Seen seen : client.seen()) {
          out.println("  " + seen);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("can't write " + file, e);
    }
  }
}
