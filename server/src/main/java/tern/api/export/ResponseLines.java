// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api.export;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import tern.gateway.request.Turn;

/// Writes lines into an HTTP answer, a chunk at a time: never more than one waits for the reader.
/// Used by one thread, which blocks; not for event loops.
public final class ResponseLines implements Lines.Sink {
  /// What the answer is.
  public static final String TYPE = "application/x-ndjson";

  private static final int CHUNK_BYTES = 32 * 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpServerResponse response;
  private final Context loop;
  private Buffer chunk = Buffer.buffer();

  /// @param loop that owns the response
  public ResponseLines(HttpServerResponse response, Context loop) {
    this.response = response;
    this.loop = loop;
  }

  @Override
  public void line(String json) {
    chunk.appendString(json).appendString("\n");
    if (chunk.length() >= CHUNK_BYTES) {
      Buffer full = chunk;
      chunk = Buffer.buffer();
      await(() -> begun().write(full));
    }
  }

  private HttpServerResponse begun() {
    if (!response.headWritten()) {
      response
          .setChunked(true)
          .putHeader("content-type", TYPE)
          .putHeader("cache-control", "no-store")
          .putHeader("x-content-type-options", "nosniff");
    }
    return response;
  }

  /// Writes what is left, and ends the answer.
  public void end() {
    await(() -> begun().end(chunk));
  }

  /// Cuts the answer off, so that nobody takes it for a whole one.
  public void cut() {
    loop.runOnContext(_ -> response.reset());
  }

  private void await(Supplier<Future<Void>> write) {
    Promise<Void> written = Promise.promise();
    loop.runOnContext(_ -> write.get().onComplete(written));
    // Without the turn: a reader that takes its time keeps nobody else from the store.
    var _ = Turn.aside(() -> awaited(written.future()));
  }

  private static boolean awaited(Future<Void> written) {
    try {
      var _ = written.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException e) {
      throw new IllegalStateException("a reader took nothing for " + PATIENCE, e);
    }
  }
}
