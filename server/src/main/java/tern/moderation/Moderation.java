// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.moderation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tern.conversation.ConversationKind;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.moderation.Lines.Line;
import tern.moderation.hook.Hook;
import tern.moderation.hook.HookAnswer;
import tern.moderation.hook.MeteredHook;
import tern.moderation.rule.Findings;
import tern.moderation.rule.FloodWatch;
import tern.moderation.rule.Legible;
import tern.moderation.rule.Rule;
import tern.moderation.rule.RuleSet;
import tern.moderation.rule.Rules;
import tern.store.Database;
import tern.store.RepeatingTasks;
import tern.store.StoreException;

/// Judges what people want to send, before the intake takes it: by the app's rules, then by asking
/// the app's backend. Where there are neither it costs nothing.
///
/// Any thread may ask, event loops too: the work is done on virtual threads, in a line for each
/// sender in each conversation, so a slow answer keeps the sender's order and holds up nobody else.
public final class Moderation implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Moderation.class);

  private static final Duration PRUNE_EVERY = Duration.ofHours(1);
  private static final int LOOK_UPS_AT_ONCE = 4;
  private static final int REMEMBERED = 20_000;
  // Longer than a message takes from its verdict to its commit.
  private static final Duration REMEMBERED_FOR = Duration.ofSeconds(20);

  private final Rules rules;
  private final Flags flags;
  private final Optional<Hook> hook;
  private final Lines lines;
  private final FloodWatch floods = new FloodWatch(System::nanoTime);
  private final RepeatingTasks tasks = new RepeatingTasks("moderation");
  private final Semaphore lookUps = new Semaphore(LOOK_UPS_AT_ONCE, true);
  // Reading costs only time, and virtual threads do not take turns by themselves.
  private final Semaphore readers =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);
  // What passed and may not be stored yet, so that a repeat is not asked about again, and gets the
  // same content.
  private final Cache<Sent, Verdict> passed =
      Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(REMEMBERED_FOR).build();

  private record Sent(Line line, UUID id, long edits, long hash) {}

  private Moderation(Database database, ModerationConfig config, Optional<Hook> hook) {
    this.rules = new Rules(database);
    this.flags = new Flags(database);
    this.hook = hook;
    this.lines = new Lines(config.queue());
  }

  /// Begins, with the rules that stand in the store.
  public static Moderation open(
      Database database, ModerationConfig config, MeterRegistry registry) {
    Optional<Hook> hook = Hook.of(config.hook(), new MeteredHook(registry), Clock.systemUTC());
    Moderation moderation = new Moderation(database, config, hook);
    moderation.rules.look();
    moderation.tasks.every(Rules.LOOK_EVERY, moderation.rules::look);
    moderation.tasks.every(PRUNE_EVERY, moderation.flags::prune);
    Gauge.builder("tern.moderation.waiting", moderation.lines, Lines::waiting)
        .description("Messages that wait to be judged; growing means that the hook is too slow")
        .register(registry);
    return moderation;
  }

  /// The app's rules.
  public Rules rules() {
    return rules;
  }

  /// The queue of messages to look at.
  public Flags flags() {
    return flags;
  }

  /// Whether candidates of this sender must be judged; else they may go on unseen. Never blocks.
  public boolean isNeeded(ConversationId conversation, UserId sender) {
    return hook.isPresent()
        || !rules.current().isEmpty()
        // Nobody overtakes what still waits.
        || !lines.isIdle(new Line(conversation, sender));
  }

  /// Why others must not see these labels, if they must not: by rules that refuse, and by those
  /// that would mask, for half a name is none. Takes time in proportion to their length.
  public Optional<String> refusalOf(Legible labels) {
    RuleSet standing = rules.current();
    if (labels.isEmpty() || standing.isEmpty()) {
      return Optional.empty();
    }
    Findings found = holding(readers, () -> standing.read(labels, FloodWatch.Recent.NOTHING));
    return found
        .refusedBy()
        .map(Rule::reason)
        .or(() -> found.isMasked() ? Optional.of("") : Optional.empty());
  }

  /// Judges a candidate. Never blocks; `then` is called once, on any thread, in the order of its
  /// sender in this conversation.
  public void judge(Candidate candidate, Consumer<Verdict> then) {
    Line line = new Line(candidate.conversation(), candidate.sender());
    if (!lines.add(line, () -> then.accept(verdict(line, candidate)))) {
      then.accept(new Verdict.Unavailable());
    }
  }

  private Verdict verdict(Line line, Candidate candidate) {
    Sent sent = new Sent(line, candidate.id(), candidate.edits(), candidate.hash());
    Verdict known = passed.getIfPresent(sent);
    if (known != null) {
      return known;
    }
    try {
      Verdict verdict = judgeNow(candidate);
      if (verdict instanceof Verdict.Passed) {
        passed.put(sent, verdict);
      }
      return verdict;
    } catch (StoreException _) {
      return new Verdict.Unavailable();
    } catch (RuntimeException | Error e) {
      // Whatever it was, somebody waits to be told. Its message may quote what was read.
      LOG.atError()
          .addKeyValue("conversation", candidate.conversation())
          .addKeyValue("cause", e.getClass().getName())
          .log("a message can't be judged");
      return new Verdict.Unavailable();
    }
  }

  private Verdict judgeNow(Candidate candidate) {
    FloodWatch.Recent recent = holding(readers, () -> noted(candidate));
    Findings found = holding(readers, () -> read(candidate, recent));
    if (found.isClean() && hook.isEmpty()) {
      return new Verdict.Passed(candidate.content());
    }
    Optional<Flags.Found> message = holding(lookUps, () -> flags.messageOf(candidate));
    if (message.isEmpty()) {
      // They may be able to in a moment, and this would have passed unseen.
      floods.undo(candidate.sender(), recent);
      return new Verdict.NotJudged();
    }
    if (found.refusedBy().isPresent()) {
      return new Verdict.Refused(found.refusedBy().map(Rule::reason).orElse(""));
    }
    ModeratedContent content = masked(candidate.content(), found);
    Verdict verdict =
        hook.map(it -> asked(it, candidate, content, message.get().kind()))
            .orElseGet(() -> new Verdict.Passed(content));
    if (verdict instanceof Verdict.Passed && !found.flaggedBy().isEmpty()) {
      holding(
          lookUps,
          () -> {
            flags.add(candidate, message.get().message(), found.flaggedBy());
            return found;
          });
    }
    return verdict;
  }

  private FloodWatch.Recent noted(Candidate candidate) {
    return rules.current().hasFloods()
        ? floods.note(
            candidate.sender(),
            candidate.message(),
            candidate.conversation(),
            candidate.content().said())
        : FloodWatch.Recent.NOTHING;
  }

  private Findings read(Candidate candidate, FloodWatch.Recent recent) {
    return rules.current().read(candidate.content().legible(), recent);
  }

  private static ModeratedContent masked(ModeratedContent content, Findings found) {
    if (!found.isMasked()) {
      return content;
    }
    ModeratedContent dotted = content.with(found.left());
    return dotted.fits() ? dotted : content.with(found.tight());
  }

  private static <T> T holding(Semaphore permits, Supplier<T> work) {
    permits.acquireUninterruptibly();
    try {
      return work.get();
    } finally {
      permits.release();
    }
  }

  private static Verdict asked(
      Hook hook, Candidate candidate, ModeratedContent content, ConversationKind kind) {
    HookAnswer answer =
        hook.ask(
            Question.id(candidate),
            Question.body(candidate, content, kind),
            json -> content.replacedBy(json).isPresent());
    return switch (answer) {
      case HookAnswer.Allowed _ -> new Verdict.Passed(content);
      case HookAnswer.Rewritten(var json) ->
          new Verdict.Passed(content.replacedBy(json).orElseThrow());
      case HookAnswer.Refused(var reason) -> new Verdict.Refused(reason);
      case HookAnswer.Silent _ -> new Verdict.Unavailable();
    };
  }

  /// Judges what waits for a little while, then ends.
  @Override
  public void close() {
    lines.close();
    hook.ifPresent(Hook::close);
    tasks.endWith(() -> {});
  }
}
