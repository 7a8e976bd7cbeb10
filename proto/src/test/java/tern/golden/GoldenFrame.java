// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.golden;

import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import tern.v1.ClientFrame;
import tern.v1.ServerFrame;

/// One frame in two files: `send_message.json`, as the server would print it, and
/// `send_message.hex`. What follows a hyphen in the name tells variants of a kind apart.
record GoldenFrame(Path json, Message.Builder empty) {
  private static final Path FOLDER = Path.of("src", "test", "resources", "golden");
  private static final int HEX_DIGITS_PER_LINE = 64;

  static Stream<GoldenFrame> all() throws IOException {
    return Stream.concat(
        in("client", ClientFrame.newBuilder()).stream(),
        in("server", ServerFrame.newBuilder()).stream());
  }

  private static List<GoldenFrame> in(String folder, Message.Builder empty) throws IOException {
    try (var files = Files.list(FOLDER.resolve(folder))) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .map(file -> new GoldenFrame(file, empty))
          .toList();
    }
  }

  /// The name of the oneof's case, after the frame's.
  String kind() {
    var frame = empty.getDescriptorForType().getName();
    return frame + "." + json.getFileName().toString().replaceFirst("[-.].*", "");
  }

  String text() throws IOException {
    return Files.readString(json);
  }

  String bytes() throws IOException {
    return Files.readString(hex());
  }

  Message fromText() throws IOException {
    var frame = empty.clone();
    JsonFormat.parser().merge(text(), frame);
    return frame.build();
  }

  Message fromBytes() throws IOException {
    return empty.clone().mergeFrom(HexFormat.of().parseHex(bytes().replace("\n", ""))).build();
  }

  String toText(Message frame) throws IOException {
    return JsonFormat.printer().alwaysPrintFieldsWithNoPresence().print(frame) + "\n";
  }

  String toBytes(Message frame) {
    var digits = HexFormat.of().formatHex(frame.toByteArray());
    return digits.replaceAll("(.{1," + HEX_DIGITS_PER_LINE + "})", "$1\n");
  }

  /// With `-Dtern.golden=write` both files are made anew from the text: see proto/README.md.
  void rewriteIfAsked() throws IOException {
    if ("write".equals(System.getProperty("tern.golden"))) {
      var frame = fromText();
      Files.writeString(json, toText(frame));
      Files.writeString(hex(), toBytes(frame));
    }
  }

  private Path hex() {
    return json.resolveSibling(json.getFileName().toString().replace(".json", ".hex"));
  }

  @Override
  public String toString() {
    return json.getFileName().toString();
  }
}
