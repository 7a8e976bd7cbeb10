// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import java.util.Optional;
import tern.api.audit.AuditEntry;
import tern.api.audit.AuditLog;
import tern.gateway.request.RequestRefused;
import tern.gateway.request.Requests;
import tern.id.UserId;

/// The way of a call once it may block: who asks, may they, is it as the file says, was it done
/// already, then the doing. Every ending is an [Answer]. Blocks; for virtual threads.
final class Answers {
  private final Callers callers;
  private final Contract contract;
  private final IdempotentWrites writes;
  private final Requests requests;
  private final BackendRequests backend;
  private final AuditLog audit;

  Answers(
      Callers callers,
      Contract contract,
      IdempotentWrites writes,
      Requests requests,
      BackendRequests backend,
      AuditLog audit) {
    this.callers = callers;
    this.contract = contract;
    this.writes = writes;
    this.requests = requests;
    this.backend = backend;
    this.audit = audit;
  }

  /// Answers the call, whatever comes of it; never throws what a caller could cause.
  Answer to(Call call) {
    try {
      Optional<Caller> caller = callers.identify(call);
      if (caller.isEmpty()) {
        return Problem.unauthenticated().answer();
      }
      Answer answer = admitted(caller.get(), call);
      note(caller.get(), call, answer);
      return Tags.match(call.header("if-none-match"), answer.tag()) ? answer.notModified() : answer;
    } catch (RuntimeException e) {
      return problem(e, call.operation());
    }
  }

  private Answer admitted(Caller caller, Call call) {
    Operation operation = call.operation();
    try {
      caller.admit(operation);
      Call.Checked checked = contract.check(call);
      return operation.takesIdempotencyKey() && !call.header(IdempotentWrites.HEADER).isEmpty()
          ? writes.once(caller.name(), call, () -> attempt(caller, call.address(), checked))
          : attempt(caller, call.address(), checked);
    } catch (RuntimeException e) {
      return problem(e, call.operation());
    }
  }

  private Answer attempt(Caller caller, String address, Call.Checked call) {
    try {
      Operation operation = call.operation();
      if (!operation.isOfUsers()) {
        return backend.answer(call);
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
    if (caller instanceof Caller.Backend(var key, var actsFor)) {
      audit.note(
          AuditEntry.of(
              key.id(),
              actsFor.map(UserId::value).orElse(""),
              call.operation().id(),
              call.subject(),
              answer.status()));
    }
  }
}
