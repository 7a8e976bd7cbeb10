// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tern.v1.ClientFrame;
import tern.v1.ServerFrame;

/// The OpenAPI file says what the table and the protocol say.
@Tag("slow")
final class ContractTest {
  private static final Contract CONTRACT = Contract.load();

  private static JsonObject entry(Operation operation) {
    JsonObject path = CONTRACT.tree().getJsonObject("paths").getJsonObject(operation.path());
    assertThat(path).as("path " + operation.path()).isNotNull();
    return path.getJsonObject(operation.method().name().toLowerCase(Locale.ROOT));
  }

  private static SwaggerParseResult parsed(String text) {
    ParseOptions options = new ParseOptions();
    options.setResolve(true);
    return new OpenAPIV3Parser().readContents(text, null, options);
  }

  @Test
  void anIndependentToolFindsNoFault() {
    SwaggerParseResult parsed = parsed(CONTRACT.text());

    assertThat(parsed.getMessages()).isEmpty();
    assertThat(parsed.getOpenAPI().getOpenapi()).isEqualTo("3.1.0");
    assertThat(parsed.getOpenAPI().getPaths()).hasSizeGreaterThan(10);
  }

  @ParameterizedTest
  @CsvSource({"operationId: listInbox, operationId: openDirect", "title: Tern, titel: Tern"})
  void anIndependentToolFindsAPlantedFault(String right, String wrong) {
    String planted = CONTRACT.text().replaceFirst(Pattern.quote(right), wrong);

    assertThat(parsed(planted).getMessages()).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void everyRowStandsInTheFileWithItsScopes(Operation operation) {
    JsonObject entry = entry(operation);

    assertThat(entry).as(operation.toString()).isNotNull();
    assertThat(entry.getString("operationId")).isEqualTo(operation.id());
    List<String> scopes =
        operation.isOfUsers()
            ? List.of(operation.scope().text(), "users:act")
            : List.of(operation.scope().text());
    JsonArray security = entry.getJsonArray("security");
    assertThat(security).contains(new JsonObject().put("apiKey", new JsonArray(scopes)));
    JsonObject token = new JsonObject().put("accessToken", new JsonArray());
    assertThat(security.stream().anyMatch(token::equals)).isEqualTo(operation.isOfUsers());
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void everyVariableOfThePathIsDescribed(Operation operation) {
    assertThat(SampleRequests.parameters(operation, "path"))
        .extracting(it -> it.getString("name"))
        .containsExactlyInAnyOrderElementsOf(operation.variables());
  }

  @Test
  void theFileHoldsNothingBeyondTheTable() {
    Set<String> rows =
        Arrays.stream(Operation.values())
            .map(it -> it.method() + " " + it.path())
            .collect(Collectors.toCollection(TreeSet::new));
    // Asked by anybody, and answered before it is looked at who asks.
    rows.add("GET /v1/web-push-key");
    Set<String> entries = new TreeSet<>();
    for (var path : CONTRACT.tree().getJsonObject("paths")) {
      for (String name : ((JsonObject) path.getValue()).fieldNames()) {
        if (!name.equals("parameters")) {
          entries.add(HttpMethod.valueOf(name.toUpperCase(Locale.ROOT)) + " " + path.getKey());
        }
      }
    }

    assertThat(entries).isEqualTo(rows);
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void whatTakesAnIdempotencyKeyOrIsPolledSaysSo(Operation operation) {
    String parameters = entry(operation).getJsonArray("parameters", new JsonArray()).encode();

    assertThat(parameters.contains("IdempotencyKey")).isEqualTo(operation.takesIdempotencyKey());
    assertThat(parameters.contains("IfNoneMatch")).isEqualTo(operation.isPolled());
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void whatIsGivenInPathQueryAndBodyIsTheFramesFields(Operation operation) {
    if (!operation.isOfUsers()) {
      return;
    }
    JsonObject path = CONTRACT.tree().getJsonObject("paths").getJsonObject(operation.path());
    JsonObject entry = entry(operation);
    Set<String> given =
        Stream.of(path, entry)
            .flatMap(it -> it.getJsonArray("parameters", new JsonArray()).stream())
            .map(it -> CONTRACT.resolved((JsonObject) it))
            .filter(it -> !it.getString("in").equals("header"))
            .map(it -> it.getString("name"))
            .collect(Collectors.toCollection(TreeSet::new));
    if (entry.containsKey("requestBody")) {
      JsonObject schema =
          entry.getJsonObject("requestBody").getJsonObject("content").getJsonObject(Answer.JSON);
      given.addAll(
          CONTRACT
              .resolved(schema.getJsonObject("schema"))
              .getJsonObject("properties")
              .fieldNames());
    }

    Descriptor frame =
        ClientFrame.getDescriptor()
            .findFieldByNumber(operation.asks().getNumber())
            .getMessageType();
    assertThat(given).isEqualTo(fields(frame));
  }

  static Stream<Descriptor> told() {
    JsonObject schemas = CONTRACT.tree().getJsonObject("components").getJsonObject("schemas");
    Set<String> asked =
        ClientFrame.getDescriptor().getFields().stream()
            .filter(it -> it.getJavaType() == FieldDescriptor.JavaType.MESSAGE)
            .map(it -> it.getMessageType().getName())
            .collect(Collectors.toSet());
    return ServerFrame.getDescriptor().getFile().getDependencies().stream()
        .map(FileDescriptor::getMessageTypes)
        .flatMap(List::stream)
        .filter(it -> schemas.containsKey(it.getName()) && !asked.contains(it.getName()));
  }

  @ParameterizedTest
  @MethodSource("told")
  void whatIsToldHasTheProtocolsFields(Descriptor message) {
    JsonObject schema =
        CONTRACT
            .tree()
            .getJsonObject("components")
            .getJsonObject("schemas")
            .getJsonObject(message.getName());

    assertThat(new TreeSet<>(schema.getJsonObject("properties").fieldNames()))
        .isEqualTo(fields(message));
  }

  private static Set<String> fields(Descriptor message) {
    return message.getFields().stream()
        .map(FieldDescriptor::getJsonName)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
