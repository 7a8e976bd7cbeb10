// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.TimeoutHandler;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tern.api.audit.AuditLog;
import tern.api.business.BusinessSends;
import tern.api.directory.FoundConversations;
import tern.api.export.ResponseLines;
import tern.api.export.UserExport;
import tern.api.moderation.ModerationRequests;
import tern.api.moderation.PushRules;
import tern.api.moderation.RetentionRules;
import tern.api.past.HistoryImport;
import tern.api.people.BackendUsers;
import tern.api.people.DeliveryRecords;
import tern.api.people.ReportQueue;
import tern.api.people.UserDevices;
import tern.api.people.UserErasure;
import tern.api.people.UserSessions;
import tern.auth.TokenIssuer;
import tern.auth.key.ApiKeys;
import tern.device.Devices;
import tern.erasure.Erasures;
import tern.gateway.SessionRules;
import tern.gateway.Workers;
import tern.gateway.http.TrustedProxies;
import tern.gateway.push.PushContents;
import tern.gateway.request.RequestRefused;
import tern.push.ContentRules;
import tern.push.ledger.NewsTable;
import tern.push.ledger.RecordTable;
import tern.store.Database;
import tern.v1.ErrorCode;

/// Serves REST under `/v1`: takes calls off the event loops, has them answered where that may
/// block, and writes the answers. Ends with the audit's last writing.
public final class ApiRoutes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ApiRoutes.class);

  // For the turn, the longest transaction and the intake's deadline; then the caller is told.
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  // Each of its pages has less; a reader that stops is cut off sooner.
  private static final Duration LONGEST_STREAM = Duration.ofHours(1);

  // A batch of 500 texts of some length.
  private static final int BULK_BYTES = 1024 * 1024;

  private static final List<String> HEADERS =
      List.of("authorization", "tern-user", IdempotentWrites.HEADER, "if-none-match");

  // Who says two things in one of these says nothing: a proxy may have looked at the other.
  private static final List<String> SINGLE_HEADERS =
      List.of("authorization", "tern-user", IdempotentWrites.HEADER);

  private final Workers workers;
  private final TrustedProxies proxies;
  private final int maxBodyBytes;
  private final Contract contract;
  private final AuditLog audit;
  private final Answers answers;
  private final MeterRegistry registry;

  /// Answers as sessions do: with their rules, verifier, workers and requests. Blocks while it
  /// reads the OpenAPI file.
  ///
  /// @param proxies tell whose requests they forward
  public ApiRoutes(
      Database database,
      SessionRules rules,
      TokenIssuer issuer,
      TrustedProxies proxies,
      MeterRegistry registry) {
    this.workers = rules.workers();
    this.proxies = proxies;
    this.maxBodyBytes = rules.gateway().maxFrameBytes();
    this.contract = Contract.load();
    this.registry = registry;
    ApiKeys keys = new ApiKeys(database);
    this.audit = new AuditLog(database, keys, harmless(), registry).start();
    IdempotentWrites writes = new IdempotentWrites(database);
    writes.pruneWith(audit.tasks());
    this.answers =
        new Answers(
            new Callers(rules.admission(), keys, rules.limits().rates()),
            rules.admission().failures(),
            contract,
            writes,
            rules.requests(),
            new BackendRequests(
                rules.requests().governance(),
                new FoundConversations(database),
                new ModerationRequests(rules.requests().moderation()),
                new BackendRequests.History(
                    new UserExport(database, rules.clock()),
                    new RetentionRules(database),
                    new PushRules(new ContentRules(database)),
                    new BusinessSends(rules.requests(), rules.limits()),
                    new HistoryImport(rules.requests(), rules.limits())),
                new BackendRequests.People(
                    new BackendUsers(database, rules.requests(), rules.clock()),
                    new ReportQueue(database),
                    new UserErasure(new Erasures(database)),
                    sessions(rules, issuer),
                    new UserDevices(new Devices(database)),
                    new DeliveryRecords(
                        new RecordTable(database, new NewsTable(PushContents::of), rules.clock()))),
                audit),
            audit);
  }

  private static Set<String> harmless() {
    return Arrays.stream(Operation.values())
        .filter(Operation::isHarmless)
        .map(Operation::id)
        .collect(toSet());
  }

  private static UserSessions sessions(SessionRules rules, TokenIssuer issuer) {
    return new UserSessions(
        rules.sessions(),
        rules.admission().revocations(),
        issuer,
        rules.limits().tokenLifetime(),
        rules.clock());
  }

  /// Adds the routes.
  public void mount(Router router) {
    new DocsRoutes(contract).mount(router);
    // Of a path that can't be decoded, for which there is no route.
    router.errorHandler(400, request -> write(request.response(), unreadable().answer()));
    for (Operation operation : Operation.values()) {
      // Two routes, for Vert.x lets a body be read only before all else that a route does.
      router
          .route(operation.method(), operation.route())
          .handler(TimeoutHandler.create(deadline(operation).toMillis()))
          .handler(request -> admit(request, operation))
          .failureHandler(request -> fail(request, maxBodyBytes(operation)));
      router
          .route(operation.method(), operation.route())
          .handler(BodyHandler.create(false).setBodyLimit(maxBodyBytes(operation)))
          .handler(request -> take(request, operation))
          .failureHandler(request -> fail(request, maxBodyBytes(operation)));
    }
    Arrays.stream(Operation.values())
        .collect(groupingBy(Operation::route))
        .forEach((path, known) -> router.route(path).handler(it -> refuseMethod(it, known)));
    router
        .route("/v1/*")
        .handler(ApiRoutes::refusePath)
        .failureHandler(request -> fail(request, maxBodyBytes));
  }

  private int maxBodyBytes(Operation operation) {
    return operation.isBulk() ? Math.max(maxBodyBytes, BULK_BYTES) : maxBodyBytes;
  }

  private static Duration deadline(Operation operation) {
    return operation.isStreamed() ? LONGEST_STREAM : DEADLINE;
  }

  // Before the body is read: what can't be good needs none.
  private void admit(RoutingContext request, Operation operation) {
    String type = header(request, "content-type").replaceFirst(";.*", "").strip();
    if (!request.request().headers().contains("authorization")) {
      write(request.response(), Problem.unauthenticated().answer());
    } else if (contract.hasBody(operation) && !type.equalsIgnoreCase(Answer.JSON)) {
      Problem problem =
          Problem.unsupported(415, "Content-Type: of another kind (expected: application/json)");
      write(request.response(), problem.answer());
    } else {
      if (!contract.hasBody(operation)) {
        // Vert.x would read a form, where it can.
        request.request().headers().remove("content-type");
      }
      request.next();
    }
  }

  private void take(RoutingContext request, Operation operation) {
    long began = System.nanoTime();
    Context loop = request.vertx().getOrCreateContext();
    Call call = call(request, operation);
    boolean begun =
        workers.run(
            () -> {
              Answer answer = answers.to(call);
              if (answer.isStreamed()) {
                stream(request.response(), loop, answer);
              }
              loop.runOnContext(_ -> end(request, operation, answer, began));
            },
            () -> loop.runOnContext(_ -> end(request, operation, busy(), began)));
    if (!begun) {
      end(request, operation, busy(), began);
    }
  }

  private static void stream(HttpServerResponse response, Context loop, Answer answer) {
    ResponseLines lines = new ResponseLines(response, loop);
    try {
      answer.lines().writeTo(lines);
      lines.end();
    } catch (Exception e) { // what a future brings, it throws undeclared
      LOG.atWarn().addKeyValue("cause", e.getMessage()).log("an answer was cut off");
      lines.cut();
    }
  }

  private Call call(RoutingContext request, Operation operation) {
    Buffer body = Objects.requireNonNullElseGet(request.body().buffer(), Buffer::buffer);
    for (String name : SINGLE_HEADERS) {
      if (request.request().headers().getAll(name).size() > 1) {
        throw RequestRefused.invalid(name + ": several (expected: one)");
      }
    }
    Map<String, String> headers = new HashMap<>();
    HEADERS.forEach(name -> headers.put(name, header(request, name)));
    Map<String, String> query = new HashMap<>();
    request.queryParams().forEach(it -> query.putIfAbsent(it.getKey(), it.getValue()));
    String address = proxies.clientOf(request.request());
    return new Call(operation, address, headers, request.pathParams(), query, text(body));
  }

  private static String text(Buffer body) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(body.getBytes()))
          .toString();
    } catch (CharacterCodingException _) {
      throw RequestRefused.invalid("body: no UTF-8 (expected: JSON in UTF-8)");
    }
  }

  private static String header(RoutingContext request, String name) {
    return Objects.requireNonNullElse(request.request().getHeader(name), "");
  }

  private static Answer busy() {
    return Problem.of(RequestRefused.unavailable()).answer();
  }

  // Tags are operations and statuses, never callers.
  private void end(RoutingContext request, Operation operation, Answer answer, long beganNanos) {
    Timer.builder("tern.api.requests")
        .description("Calls of REST, until their answer was handed to the socket")
        .tag("operation", operation.id())
        .tag("status", Integer.toString(answer.status()))
        .register(registry)
        .record(Duration.ofNanos(System.nanoTime() - beganNanos));
    write(request.response(), answer);
  }

  // What went wrong before there was a call: a body too large, a path that can't be decoded, time.
  private static void fail(RoutingContext request, int maxBodyBytes) {
    HttpServerResponse response = request.response();
    if (response.headWritten() && !response.ended()) {
      // A stream that has taken all its time.
      response.reset();
      return;
    }
    @Nullable Throwable cause = request.failure();
    Problem problem =
        switch (request.statusCode()) {
          case 413 ->
              Problem.of(
                  RequestRefused.of(
                      ErrorCode.ERROR_CODE_TOO_LARGE,
                      "body: too large (expected: at most " + maxBodyBytes + " bytes)"));
          case 400 -> unreadable();
          case 503 -> Problem.of(RequestRefused.unavailable());
          default ->
              Problem.of(
                  cause instanceof RuntimeException e
                      ? RequestRefused.because(e, "path", "rest")
                      : RequestRefused.internal());
        };
    write(response, problem.answer());
    if (request.statusCode() == 503 && !request.request().isEnded()) {
      // Who sends a body for so long would go on, and what has come of it would be held.
      var _ = request.request().connection().close();
    }
  }

  private static Problem unreadable() {
    return Problem.of(RequestRefused.invalid("request: can't be read (expected: HTTP)"));
  }

  private static void refuseMethod(RoutingContext request, List<Operation> known) {
    String allowed = known.stream().map(it -> it.method().name()).sorted().collect(joining(", "));
    request.response().putHeader("allow", allowed);
    Problem problem =
        Problem.unsupported(405, "method: not of this path (expected: " + allowed + ")");
    write(request.response(), problem.answer());
  }

  private static void refusePath(RoutingContext request) {
    RequestRefused refusal =
        RequestRefused.of(
            ErrorCode.ERROR_CODE_NOT_FOUND, "no such path (expected: one of /v1/openapi.yaml)");
    write(request.response(), Problem.of(refusal).answer());
  }

  private static void write(HttpServerResponse response, Answer answer) {
    if (response.ended() || response.closed() || response.headWritten()) {
      // It was streamed, its deadline has passed, or nobody is there any more.
      return;
    }
    response
        .setStatusCode(answer.status())
        .putHeader("cache-control", answer.tag().isEmpty() ? "no-store" : "private, no-cache")
        .putHeader("x-content-type-options", "nosniff");
    if (!answer.tag().isEmpty()) {
      response.putHeader("etag", answer.tag());
    }
    if (answer.retryAfterMs() > 0) {
      response.putHeader("retry-after", Integer.toString((answer.retryAfterMs() + 999) / 1_000));
    }
    if (answer.status() == 401) {
      response.putHeader("www-authenticate", "Bearer");
    }
    if (answer.status() == 304) {
      response.end();
    } else {
      response.putHeader("content-type", answer.type()).end(answer.body());
    }
  }

  @Override
  public void close() {
    LOG.debug("writing the last of the audit");
    audit.close();
  }
}
