// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The OpenAPI file as a page for people: operations by their tags, then the schemas they speak of.
final class DocsPage {
  private static final String SCHEMA = "#/components/schemas/";

  private final Contract contract;
  private final JsonObject tree;
  private final StringBuilder html = new StringBuilder();

  DocsPage(Contract contract) {
    this.contract = contract;
    this.tree = contract.tree();
  }

  /// The whole page.
  String html() {
    JsonObject about = tree.getJsonObject("info");
    html.append(
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Tern: REST</title>
        <link rel="stylesheet" href="/docs/style.css">
        </head>
        <body>
        <header>
        <h1>Tern: REST</h1>
        """);
    prose(about.getString("summary") + "\n\n" + about.getString("description"));
    html.append(
        "<p><a href=\"/v1/openapi.yaml\">openapi.yaml</a>, for your tools.</p>\n</header>\n");
    contents();
    html.append("<main>\n");
    tags().forEach(this::section);
    html.append("<section>\n<h2 id=\"schemas\">Schemas</h2>\n");
    schemas().forEach(it -> schema(it.getKey(), (JsonObject) it.getValue()));
    html.append("</section>\n</main>\n</body>\n</html>\n");
    return html.toString();
  }

  private Stream<JsonObject> tags() {
    return tree.getJsonArray("tags").stream().map(JsonObject.class::cast);
  }

  private Stream<Map.Entry<String, Object>> schemas() {
    return tree.getJsonObject("components").getJsonObject("schemas").stream();
  }

  private JsonObject entry(Operation operation) {
    return tree.getJsonObject("paths")
        .getJsonObject(operation.path())
        .getJsonObject(operation.method().name().toLowerCase(Locale.ROOT));
  }

  private Stream<Operation> operations(JsonObject tag) {
    return Stream.of(Operation.values())
        .filter(it -> entry(it).getJsonArray("tags").contains(tag.getString("name")));
  }

  private void contents() {
    html.append("<nav aria-label=\"Contents\">\n");
    tags()
        .forEach(
            tag -> {
              html.append("<h2>").append(escaped(tag.getString("name"))).append("</h2>\n<ul>\n");
              operations(tag)
                  .forEach(
                      it ->
                          html.append("<li><a href=\"#%s\">".formatted(it.id()))
                              .append(escaped(entry(it).getString("summary")))
                              .append("</a></li>\n"));
              html.append("</ul>\n");
            });
    html.append("<h2><a href=\"#schemas\">Schemas</a></h2>\n</nav>\n");
  }

  private void section(JsonObject tag) {
    html.append("<section>\n<h2>").append(escaped(tag.getString("name"))).append("</h2>\n");
    prose(tag.getString("description"));
    operations(tag).forEach(this::operation);
    html.append("</section>\n");
  }

  private void operation(Operation operation) {
    JsonObject entry = entry(operation);
    html.append("<article>\n<h3 id=\"%s\">".formatted(operation.id()))
        .append(escaped(entry.getString("summary")))
        .append("</h3>\n<p class=\"call\"><code><b>")
        .append(operation.method())
        .append("</b> ")
        .append(escaped(operation.path()))
        .append("</code></p>\n");
    prose(entry.getString("description", ""));
    prose(callers(entry.getJsonArray("security")));
    parameters(operation, entry);
    JsonObject body = entry.getJsonObject("requestBody");
    if (body != null) {
      html.append("<p>Body: ").append(link(schemaOf(body))).append("</p>\n");
    }
    responses(entry.getJsonObject("responses"));
    html.append("</article>\n");
  }

  private static String callers(JsonArray security) {
    return security.stream()
        .map(JsonObject.class::cast)
        .map(
            it ->
                it.containsKey("accessToken")
                    ? "For users with an access token."
                    : "For keys with "
                        + it.getJsonArray("apiKey").stream()
                            .map(scope -> "`" + scope + "`")
                            .collect(Collectors.joining(" and "))
                        + ".")
        .collect(Collectors.joining(" "));
  }

  private void parameters(Operation operation, JsonObject entry) {
    JsonArray none = new JsonArray();
    JsonObject path = tree.getJsonObject("paths").getJsonObject(operation.path());
    html.append("<table>\n<caption>Parameters</caption>\n")
        .append("<thead><tr><th scope=\"col\">Name<th scope=\"col\">In<th scope=\"col\">Type")
        .append("<th scope=\"col\">Meaning</tr></thead>\n<tbody>\n");
    Stream.concat(
            path.getJsonArray("parameters", none).stream(),
            entry.getJsonArray("parameters", none).stream())
        .map(it -> contract.resolved((JsonObject) it))
        .forEach(
            it ->
                row(
                    it.getString("name"),
                    escaped(it.getString("in"))
                        + (it.getBoolean("required", false) ? ", required" : ""),
                    type(it.getJsonObject("schema")),
                    it.getString("description", "")));
    html.append("</tbody>\n</table>\n");
  }

  private void responses(JsonObject responses) {
    html.append("<table>\n<caption>Answers</caption>\n")
        .append("<thead><tr><th scope=\"col\">Status<th scope=\"col\">Body")
        .append("<th scope=\"col\">Meaning</tr></thead>\n<tbody>\n");
    for (Map.Entry<String, Object> it : responses) {
      JsonObject response = contract.resolved((JsonObject) it.getValue());
      html.append("<tr><th scope=\"row\">").append(escaped(it.getKey())).append("<td>");
      html.append(response.containsKey("content") ? link(schemaOf(response)) : "none");
      html.append("<td>").append(marked(response.getString("description"))).append("</tr>\n");
    }
    html.append("</tbody>\n</table>\n");
  }

  // Whatever has a body has it of one media type.
  private static JsonObject schemaOf(JsonObject holder) {
    JsonObject content = holder.getJsonObject("content");
    return content.getJsonObject(content.fieldNames().iterator().next()).getJsonObject("schema");
  }

  private void schema(String name, JsonObject schema) {
    html.append("<article>\n<h3 id=\"schema-%1$s\">%1$s</h3>\n".formatted(escaped(name)));
    prose(schema.getString("description", ""));
    JsonObject properties = schema.getJsonObject("properties");
    if (properties == null) {
      html.append("<p>").append(type(schema)).append("</p>\n");
    } else {
      JsonArray required = schema.getJsonArray("required", new JsonArray());
      html.append("<table>\n<caption>Fields</caption>\n")
          .append("<thead><tr><th scope=\"col\">Name<th scope=\"col\">Given")
          .append("<th scope=\"col\">Type<th scope=\"col\">Meaning</tr></thead>\n<tbody>\n");
      for (Map.Entry<String, Object> it : properties) {
        JsonObject field = (JsonObject) it.getValue();
        String given = required.contains(it.getKey()) ? "always" : "";
        row(it.getKey(), given, type(field), field.getString("description", ""));
      }
      html.append("</tbody>\n</table>\n");
    }
    html.append("</article>\n");
  }

  private void row(String name, String given, String type, String meaning) {
    html.append("<tr><th scope=\"row\"><code>")
        .append(escaped(name))
        .append("</code><td>")
        .append(given)
        .append("<td>")
        .append(type)
        .append("<td>")
        .append(marked(meaning))
        .append("</tr>\n");
  }

  private static String type(JsonObject schema) {
    if (schema.containsKey("$ref")) {
      return link(schema);
    }
    JsonObject items = schema.getJsonObject("items");
    if (items != null) {
      return "list of " + type(items) + bounds(schema);
    }
    Object type = schema.getValue("type");
    String name =
        type instanceof JsonArray several
            ? several.stream().map(String::valueOf).collect(Collectors.joining(" or "))
            : String.valueOf(type);
    return escaped(name) + bounds(schema);
  }

  private static String bounds(JsonObject schema) {
    return Stream.of(
            "minimum",
            "maximum",
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
            "maxProperties",
            "pattern",
            "enum")
        .filter(schema::containsKey)
        .map(
            it ->
                "<br><small>"
                    + it
                    + " "
                    + escaped(String.valueOf(schema.getValue(it)))
                    + "</small>")
        .collect(Collectors.joining());
  }

  private static String link(JsonObject reference) {
    String name = escaped(reference.getString("$ref").substring(SCHEMA.length()));
    return "<a href=\"#schema-%1$s\">%1$s</a>".formatted(name);
  }

  private void prose(String text) {
    for (String paragraph : text.strip().split("\n\n", -1)) {
      if (!paragraph.isEmpty()) {
        html.append("<p>").append(marked(paragraph)).append("</p>\n");
      }
    }
  }

  // Of Markdown the file uses code alone.
  private static String marked(String text) {
    return escaped(text).replaceAll("`([^`]+)`", "<code>$1</code>");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
