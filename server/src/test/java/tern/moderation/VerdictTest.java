// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.moderation.rule.Legible;
import tern.store.Database;
import tern.store.Pending;
import tern.store.TestPostgres;

@Tag("slow")
final class VerdictTest {
  @AutoClose
  private static final Database DATABASE = new Database(TestPostgres.newMigratedDatabase());

  // Content that ends whoever reads it.
  private record Dreadful() implements ModeratedContent {
    @Override
    public Legible legible() {
      throw new StackOverflowError("on purpose");
    }

    @Override
    public List<String> said() {
      return List.of();
    }

    @Override
    public ModeratedContent with(Legible masked) {
      return this;
    }

    @Override
    public boolean fits() {
      return true;
    }

    @Override
    public String json() {
      return "{}";
    }

    @Override
    public String headers() {
      return "{}";
    }

    @Override
    public Optional<ModeratedContent> replacedBy(String json) {
      return Optional.empty();
    }
  }

  @Test
  @Timeout(30)
  void whoeverWaitsForAVerdictGetsOneWhateverHappens() {
    Candidate candidate =
        new Candidate(
            new ConversationId(UUID.randomUUID()),
            new UserId("alice"),
            Author.USER,
            UUID.randomUUID(),
            UUID.randomUUID(),
            1,
            0,
            new Dreadful());
    Pending<Verdict> verdict = new Pending<>();

    try (Moderation moderation = Moderations.on(DATABASE)) {
      moderation.judge(candidate, verdict::complete);
      assertThat(verdict.await()).isEqualTo(new Verdict.Unavailable());
    }
  }
}
