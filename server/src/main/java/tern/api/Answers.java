// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import tern.api.audit.AuditEntry;
import tern.api.audit.AuditLog;
import tern.auth.FailedAttempts;
import tern.gateway.request.RequestRefused;
import tern.gateway.request.Requests;

/// The way of a call once it may block: who asks, may they, is it as the file says, was it done
/// already, then the doing. Every ending is an [Answer]. Blocks; for virtual threads.
final class Answers {
  private final Callers callers;
  private final FailedAttempts failures;
  private final Contract contract;
  private final IdempotentWrites writes;
  private final Requests requests;
  private final BackendRequests backend;
  private final AuditLog audit;

  Answers(
      Callers callers,
      FailedAttempts failures,
      Contract contract,
      IdempotentWrites writes,
      Requests requests,
      BackendRequests backend,
      AuditLog audit) {
    this.callers = callers;
    this.failures = failures;
    this.contract = contract;
    this.writes = writes;
    this.requests = requests;
    this.backend = backend;
    this.audit = audit;
  }

  /// Answers the call, whatever comes of it; never throws what a caller could cause.
  Answer to(Call call) {
    try {
      Duration wait = failures.timeToWait(call.address());
      if (!wait.isZero()) {
        return Problem.of(RequestRefused.tooFast("refused tokens and keys of your address", wait))
            .answer();
      }
      Optional<Caller> caller = callers.identify(call);
      if (caller.isEmpty()) {
        failures.failed(call.address());
        return Problem.unauthenticated().answer();
      }
      Answer answer = admitted(caller.get(), call);
      note(caller.get(), call, answer);
      return Tags.match(call.header("if-none-match"), answer.tag()) ? answer.notModified() : answer;
    } catch (RuntimeException e) {
      return problem(e, call.operation());
    }
  }

  private Answer admitted(Caller asking, Call call) {
    Operation operation = call.operation();
    try {
      if (isOfTheCallersRate(asking, operation)) {
        callers.takeTurn(asking);
      }
      Caller caller = callers.acting(asking, call);
      caller.admit(operation);
      Call.Checked checked = contract.check(call);
      return operation.takesIdempotencyKey() && !call.header(IdempotentWrites.HEADER).isEmpty()
          ? writes.once(caller.name(), call, () -> attempt(caller, call.address(), checked))
          : attempt(caller, call.address(), checked);
    } catch (RuntimeException e) {
      return problem(e, call.operation());
    }
  }

  // A user's mark of what they have read, too: it would have no rate, other than on a socket.
  private static boolean isOfTheCallersRate(Caller asking, Operation operation) {
    return operation.isRead()
        || (asking instanceof Caller.Person && !Requests.isRated(operation.asks()));
  }

  private Answer attempt(Caller caller, String address, Call.Checked call) {
    try {
      Operation operation = call.operation();
      if (caller instanceof Caller.Backend(var key, _) && !operation.isOfUsers()) {
        return backend.answer(key.id(), call);
      }
      if (caller instanceof Caller.Person) {
        requests.admitUser(operation.asks());
      }
      return Frames.answer(
          operation, requests.answer(caller.asker(address), Frames.of(call)).build());
    } catch (RuntimeException e) {
      return problem(e, call.operation());
    }
  }

  private static Answer problem(RuntimeException e, Operation operation) {
    return Problem.of(RequestRefused.because(e, "operation", operation.id())).answer();
  }

  private void note(Caller caller, Call call, Answer answer) {
    if (caller instanceof Caller.Backend(var key, _)) {
      audit.note(
          AuditEntry.of(
              key.id(),
              call.header(Callers.USER_HEADER.toLowerCase(Locale.ROOT)),
              call.operation().id(),
              // Whom a key has had erased is nobody's to read.
              call.operation() == Operation.ERASE_USER ? "" : call.subject(),
              answer.status()));
    }
  }
}
