// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.fcm;

import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/// One request of Google's libraries, collected and then sent as a whole.
final class FcmRequest extends LowLevelHttpRequest {
  private final FcmTransport transport;
  private final RequestOptions options;

  FcmRequest(FcmTransport transport, String method, String url) {
    this.transport = transport;
    this.options = new RequestOptions().setMethod(HttpMethod.valueOf(method)).setAbsoluteURI(url);
  }

  @Override
  public void addHeader(String name, String value) {
    options.addHeader(name, value);
  }

  @Override
  public LowLevelHttpResponse execute() throws IOException {
    if (getContentType() != null) {
      options.putHeader("content-type", getContentType());
    }
    if (getContentEncoding() != null) {
      options.putHeader("content-encoding", getContentEncoding());
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if (getStreamingContent() != null) {
      getStreamingContent().writeTo(body);
    }
    return transport.execute(options, Buffer.buffer(body.toByteArray()));
  }
}
