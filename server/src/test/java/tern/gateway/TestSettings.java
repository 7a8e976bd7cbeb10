// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway;

import java.time.Duration;
import java.util.List;
import tern.gateway.http.HttpConfig;
import tern.gateway.socket.GatewayConfig;

/// The settings of a gateway under test: the defaults, on any free port of the loopback address,
/// with what a test changes.
final class TestSettings {
  private Duration helloTimeout = GatewayConfig.DEFAULT.helloTimeout();
  private Duration pingInterval = GatewayConfig.DEFAULT.pingInterval();
  private Duration drainSpread = GatewayConfig.DEFAULT.drainSpread();
  private Duration lateAnswer = Duration.ofMillis(200);
  private int outboxBytes = GatewayConfig.DEFAULT.outboxBytes();
  private int framesPerSecond = GatewayConfig.DEFAULT.framesPerSecond();
  private int framesBurst = GatewayConfig.DEFAULT.framesBurst();
  private int maxConnections = GatewayConfig.DEFAULT.maxConnections();
  private String host = "127.0.0.1";
  private int port;
  private List<String> origins = List.of();
  private List<String> trustedProxies = List.of();
  private String tlsCertificate = "";
  private String tlsKey = "";

  TestGateway start() {
    return new TestGateway(this);
  }

  TestSettings helloTimeout(Duration helloTimeout) {
    this.helloTimeout = helloTimeout;
    return this;
  }

  TestSettings pingInterval(Duration pingInterval) {
    this.pingInterval = pingInterval;
    return this;
  }

  TestSettings drainSpread(Duration drainSpread) {
    this.drainSpread = drainSpread;
    return this;
  }

  /// When the route `/late` answers.
  TestSettings lateAnswer(Duration lateAnswer) {
    this.lateAnswer = lateAnswer;
    return this;
  }

  TestSettings outboxBytes(int outboxBytes) {
    this.outboxBytes = outboxBytes;
    return this;
  }

  TestSettings frames(int perSecond, int burst) {
    this.framesPerSecond = perSecond;
    this.framesBurst = burst;
    return this;
  }

  TestSettings maxConnections(int maxConnections) {
    this.maxConnections = maxConnections;
    return this;
  }

  TestSettings host(String host) {
    this.host = host;
    return this;
  }

  TestSettings port(int port) {
    this.port = port;
    return this;
  }

  TestSettings origins(String... origins) {
    this.origins = List.of(origins);
    return this;
  }

  TestSettings trustedProxies(String... trustedProxies) {
    this.trustedProxies = List.of(trustedProxies);
    return this;
  }

  TestSettings tls(String certificate, String key) {
    this.tlsCertificate = certificate;
    this.tlsKey = key;
    return this;
  }

  HttpConfig http() {
    return new HttpConfig(host, port, origins, trustedProxies, tlsCertificate, tlsKey, 2);
  }

  GatewayConfig gateway() {
    return new GatewayConfig(
        helloTimeout,
        pingInterval,
        GatewayConfig.DEFAULT.maxFrameBytes(),
        outboxBytes,
        framesPerSecond,
        framesBurst,
        maxConnections,
        GatewayConfig.DEFAULT.maxWatched(),
        drainSpread,
        Duration.ofSeconds(1));
  }

  Duration lateAnswer() {
    return lateAnswer;
  }
}
