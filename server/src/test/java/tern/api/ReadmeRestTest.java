// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.TestNode;
import tern.auth.key.ApiKeys;
import tern.auth.key.Scope;
import tern.store.Database;

/// What README.md says of REST works as it stands: each of its calls, in their order, with the key
/// that it has made last.
@Tag("slow")
final class ReadmeRestTest {
  @AutoClose private static final TestNode NODE = TestNode.start();
  @AutoClose private static final Database DATABASE = new Database(NODE.database());

  private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```");
  private static final Pattern KEY =
      Pattern.compile("KEY=\\$\\(\\./tern key create --scope (\\S+) --name (\\S+)\\)");
  // Words, or what stands in quotation marks, next to each other without a space.
  private static final Pattern WORD = Pattern.compile("(?:\"[^\"]*\"|'[^']*'|[^\\s\"'])+");
  private static final Pattern ID =
      Pattern.compile("\"(conversation|erasure)Id\" ?: ?\"([0-9a-f-]{36})\"");

  private final Map<String, String> variables = new HashMap<>();
  private int calls;

  private static List<String> lines() throws IOException {
    String readme = Files.readString(Path.of("..", "README.md"));
    return BLOCK
        .matcher(readme.substring(readme.indexOf("\n## REST\n")))
        .results()
        .map(it -> it.group(1).replace("\\\n", " "))
        .flatMap(String::lines)
        .toList();
  }

  @Test
  void everyCallIsFulfilledWithTheKeyThatItMakes() throws IOException {
    for (String line : lines()) {
      Matcher key = KEY.matcher(line);
      if (key.matches()) {
        variables.put("KEY", create(key.group(1), key.group(2)));
      } else if (line.startsWith("curl ")) {
        call(line);
      }
    }

    assertThat(calls).isGreaterThanOrEqualTo(9);
  }

  private static String create(String scopes, String name) {
    return new ApiKeys(DATABASE)
        .create(
            name,
            Arrays.stream(scopes.split(",", -1))
                .map(Scope::parse)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Scope.class))));
  }

  private void call(String line) {
    List<String> words =
        WORD.matcher(line.replace("$(cat /proc/sys/kernel/random/uuid)", "$UUID"))
            .results()
            .map(MatchResult::group)
            .map(this::meant)
            .toList();
    List<String> rest = new ArrayList<>(words.subList(1, words.size()));
    String method = "";
    String body = "";
    String url = "";
    RestClient client = RestClient.of(NODE);
    while (!rest.isEmpty()) {
      String word = rest.removeFirst();
      switch (word) {
        case "-s" -> {}
        case "-X" -> method = rest.removeFirst();
        case "-d" -> body = rest.removeFirst();
        case "-H" -> {
          String[] header = rest.removeFirst().split(": ", 2);
          client = client.with(header[0], header[1]);
        }
        default -> url = word;
      }
    }
    if (method.isEmpty()) {
      method = body.isEmpty() ? "GET" : "POST";
    }

    HttpResponse<String> answer = client.ask(method, URI.create(url).getPath(), body);

    assertThat(answer.statusCode()).as(line + "\n" + answer.body()).isBetween(200, 299);
    calls++;
    ID.matcher(answer.body())
        .results()
        .forEach(it -> variables.put(it.group(1).toUpperCase(Locale.ROOT), it.group(2)));
  }

  // Without its quotation marks, and with what its variables hold.
  private String meant(String word) {
    String plain = word.replaceAll("(?s)^(['\"])(.*)\\1$", "$2");
    String joined = plain.replace("'$UUID'", UUID.randomUUID().toString());
    return Pattern.compile("\\$([A-Z]+)")
        .matcher(joined)
        .replaceAll(it -> Matcher.quoteReplacement(value(it.group(1))));
  }

  private String value(String name) {
    return name.equals("TERN")
        ? "http://tern"
        : Objects.requireNonNull(
            variables.get(name), () -> "$" + name + " (expected: told by a call before)");
  }
}
