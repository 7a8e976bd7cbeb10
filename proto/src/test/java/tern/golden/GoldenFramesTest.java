// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.golden;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tern.v1.ClientFrame;
import tern.v1.ServerFrame;

/// `src/test/resources/golden` holds one frame of each kind, as JSON and as bytes: what a released
/// client has learnt to read stays readable as long as these files stay as they are.
class GoldenFramesTest {
  @ParameterizedTest
  @MethodSource("frames")
  void textAndBytesAreTheSameFrame(GoldenFrame golden) throws IOException {
    golden.rewriteIfAsked();

    assertThat(golden.toBytes(golden.fromText())).isEqualTo(golden.bytes());
    assertThat(golden.toText(golden.fromBytes())).isEqualTo(golden.text());
  }

  @Test
  void eachKindOfFrameHasItsFile() throws IOException {
    var kinds =
        Stream.of(ClientFrame.getDescriptor(), ServerFrame.getDescriptor())
            .flatMap(frame -> frame.getOneofs().getFirst().getFields().stream())
            .map(kind -> kind.getContainingType().getName() + "." + kind.getName())
            .toList();

    assertThat(frames().map(GoldenFrame::kind).distinct())
        .containsExactlyInAnyOrderElementsOf(kinds);
  }

  @Test
  void eachFieldIsSetInSomeFile() throws IOException {
    var unset = new TreeSet<String>();
    for (var type : reachable(ClientFrame.getDescriptor(), ServerFrame.getDescriptor())) {
      type.getFields().forEach(field -> unset.add(field.getFullName()));
    }

    for (var golden : frames().toList()) {
      forgetWhatIsSet(golden.fromText(), unset);
    }

    assertThat(unset).isEmpty();
  }

  static Stream<GoldenFrame> frames() throws IOException {
    return GoldenFrame.all();
  }

  private static Set<Descriptor> reachable(Descriptor... roots) {
    var found = Stream.of(roots).collect(toCollection(LinkedHashSet::new));
    var waiting = new ArrayDeque<Descriptor>(found);
    while (!waiting.isEmpty()) {
      for (var field : waiting.remove().getFields()) {
        if (isMessage(field) && found.add(field.getMessageType())) {
          waiting.add(field.getMessageType());
        }
      }
    }
    return found;
  }

  private static void forgetWhatIsSet(Message message, Set<String> unset) {
    for (var entry : message.getAllFields().entrySet()) {
      unset.remove(entry.getKey().getFullName());
      if (!isMessage(entry.getKey())) {
        continue;
      }
      var values = entry.getValue() instanceof Iterable<?> many ? many : Set.of(entry.getValue());
      values.forEach(value -> forgetWhatIsSet((Message) value, unset));
    }
  }

  private static boolean isMessage(FieldDescriptor field) {
    return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
  }
}
