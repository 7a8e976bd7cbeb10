// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.session.CloseCode;
import tern.session.Subprotocol;

/// A hundred thousand frames with wrong bytes in them, beside a healthy client.
class GatewayMutationTest {
  private static final long SEED = 20_261_122;
  private static final int PROTO_PAYLOADS = 60_000;
  private static final int JSON_PAYLOADS = 30_000;
  private static final int HEADERS = 5_000;

  @Test
  @Tag("slow")
  void mutatedFramesHarmNobodyAndLeakNothing() throws Exception {
    SplittableRandom random = new SplittableRandom(SEED);
    CountingLeakDetector.found().clear();
    AtomicBoolean over = new AtomicBoolean();
    try (TestGateway gateway = new TestSettings().frames(1_000_000, 1_000_000).start();
        ExecutorService threads = Executors.newCachedThreadPool();
        RawSocket healthy = RawSocket.greeted(gateway.port())) {
      Future<Integer> answered = threads.submit(() -> pingUntil(over, healthy));
      FrameMutations proto = mutations(gateway, Subprotocol.PROTO, random);
      FrameMutations json = mutations(gateway, Subprotocol.JSON, random);
      FrameMutations protoHeaders = mutations(gateway, Subprotocol.PROTO, random);
      FrameMutations jsonHeaders = mutations(gateway, Subprotocol.JSON, random);
      List<Future<?>> running = new ArrayList<>();
      running.add(threads.submit(() -> proto.payloads(PROTO_PAYLOADS)));
      running.add(threads.submit(() -> json.payloads(JSON_PAYLOADS)));
      running.add(threads.submit(() -> protoHeaders.headers(HEADERS)));
      running.add(threads.submit(() -> jsonHeaders.headers(HEADERS)));
      for (Future<?> mutation : running) {
        mutation.get();
      }
      over.set(true);

      assertThat(answered.get()).isGreaterThan(1000);
      assertThat(gateway.closedByServer)
          .contains(CloseCode.INVALID_PAYLOAD, CloseCode.PROTOCOL_ERROR, CloseCode.TOO_BIG)
          .doesNotContain(CloseCode.INTERNAL_ERROR);
    }
    assertThat(leaksBesideAPlantedOne()).isEmpty();
  }

  private static FrameMutations mutations(
      TestGateway gateway, Subprotocol subprotocol, SplittableRandom random) {
    return new FrameMutations(gateway.port(), subprotocol, random.split());
  }

  /// Returns how many pings were answered, each once and in order.
  private static int pingUntil(AtomicBoolean over, RawSocket healthy) {
    int id = 0;
    while (!over.get()) {
      id++;
      assertThat(healthy.send(RawSocket.ping(id)).readFrame().getId()).isEqualTo(id);
    }
    return id;
  }

  /// What the detector has found by the time that it finds a leak of our own: so it was awake.
  private static List<String> leaksBesideAPlantedOne() {
    TestGateway.await(
        "the leak detector finds the planted leak",
        () -> {
          plantLeak();
          System.gc();
          return CountingLeakDetector.found().stream().anyMatch(leak -> leak.contains("plantLeak"));
        });
    return CountingLeakDetector.found().stream()
        .filter(leak -> !leak.contains("plantLeak"))
        .toList();
  }

  private static void plantLeak() {
    ByteBuf leaked = ByteBufAllocator.DEFAULT.directBuffer(16);
    leaked.writeByte(1);
  }
}
