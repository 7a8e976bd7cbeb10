// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.fcm;

import com.google.api.client.http.LowLevelHttpResponse;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One answer, for Google's libraries to read.
final class FcmResponse extends LowLevelHttpResponse {
  private static final int INTERNAL = 500;
  private static final int UNAVAILABLE = 503;

  private final int status;
  private final MultiMap headers;
  private final List<Map.Entry<String, String>> list;
  private final Buffer body;

  FcmResponse(int status, MultiMap headers, Buffer body) {
    this.status = status;
    this.headers = headers;
    this.list = headers.entries();
    this.body = body;
  }

  // The Admin SDK repeats a 503 up to four times, and sleeps before each for as long as Retry-After
  // says, up to a minute; nothing switches that off. The body still says UNAVAILABLE.
  @Override
  public int getStatusCode() {
    return status == UNAVAILABLE ? INTERNAL : status;
  }

  @Override
  public InputStream getContent() {
    return new ByteArrayInputStream(body.getBytes());
  }

  @Override
  public long getContentLength() {
    return body.length();
  }

  @Override
  public @Nullable String getContentEncoding() {
    return headers.get("content-encoding");
  }

  @Override
  public @Nullable String getContentType() {
    return headers.get("content-type");
  }

  @Override
  public @Nullable String getStatusLine() {
    return null;
  }

  @Override
  public @Nullable String getReasonPhrase() {
    return null;
  }

  @Override
  public int getHeaderCount() {
    return list.size();
  }

  @Override
  public String getHeaderName(int index) {
    return list.get(index).getKey();
  }

  @Override
  public String getHeaderValue(int index) {
    return list.get(index).getValue();
  }
}
