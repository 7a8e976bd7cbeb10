// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/// Lets web pages of the origins that may open a socket call REST from a browser, too.
///
/// Answers what browsers ask before (preflights), and marks answers as readable; never allows
/// credentials, for callers show tokens and no cookies. Source: the Fetch standard, "CORS
/// protocol".
public final class CrossOrigin implements Handler<RoutingContext> {
  private static final String METHODS = "GET, POST, PUT, PATCH, DELETE";
  private static final String SENT = "authorization, content-type, idempotency-key, if-none-match";
  private static final String READ = "etag, retry-after";
  private static final String REMEMBERED_SECONDS = "600";

  private final Origins origins;

  /// @param listed as in [HttpConfig#origins]
  public CrossOrigin(List<String> listed) {
    this.origins = new Origins(listed);
  }

  @Override
  public void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    HttpServerResponse response = context.response();
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    response.putHeader(HttpHeaders.VARY, "origin");
    if (origin == null || !origins.allow(origin, hostOf(request))) {
      context.next();
      return;
    }
    response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    if (isPreflight(request)) {
      response
          .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS)
          .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, SENT)
          .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, REMEMBERED_SECONDS)
          .setStatusCode(204)
          .end();
    } else {
      response.putHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, READ);
      context.next();
    }
  }

  private static boolean isPreflight(HttpServerRequest request) {
    return request.method().equals(HttpMethod.OPTIONS)
        && request.headers().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
  }

  private static String hostOf(HttpServerRequest request) {
    return request.authority() == null ? "" : request.authority().toString();
  }
}
