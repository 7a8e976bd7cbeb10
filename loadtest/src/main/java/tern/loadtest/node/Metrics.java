// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.node;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tern.loadtest.client.Address;

/// One look at a node's `/metrics`: each name with the sum over its tags.
public record Metrics(Map<String, Double> values) {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  /// Looks now; empty when the node does not answer.
  public static Optional<Metrics> read(Address address) {
    HttpRequest request =
        HttpRequest.newBuilder(address.page("/metrics")).timeout(Duration.ofSeconds(2)).build();
    try {
      HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200 ? Optional.of(parse(answer.body())) : Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /// The value of a name, 0 when there is none.
  public double value(String name) {
    return values.getOrDefault(name, 0.0);
  }

  private static Metrics parse(String text) {
    Map<String, Double> values = new HashMap<>();
    for (String line : text.split("\n", -1)) {
      int space = line.lastIndexOf(' ');
      if (space > 0 && line.charAt(0) != '#') {
        int brace = line.indexOf('{');
        String name = line.substring(0, brace > 0 ? brace : space);
        values.merge(name, Double.parseDouble(line.substring(space + 1)), Double::sum);
        if (line.contains("area=\"heap\"")) {
          values.merge(name + ".heap", Double.parseDouble(line.substring(space + 1)), Double::sum);
        }
      }
    }
    return new Metrics(Map.copyOf(values));
  }
}
