// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.http;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Finds the client's address behind listed proxies; what anybody else forwards is not believed.
public final class TrustedProxies {
  private final List<IpSubnetFilterRule> networks;

  /// Believes these addresses and networks (10.0.0.0/8); throws `IllegalArgumentException` for what
  /// is neither.
  public TrustedProxies(List<String> networks) {
    this.networks = networks.stream().map(TrustedProxies::network).toList();
  }

  /// The address of the client that sent this request; empty when its socket has none.
  public String clientOf(HttpServerRequest request) {
    @Nullable InetAddress peer =
        NetUtil.createInetAddressFromIpAddressString(
            Objects.requireNonNullElse(request.remoteAddress().hostAddress(), ""));
    return peer == null
        ? ""
        : clientOf(new InetSocketAddress(peer, 0), request.headers().getAll("X-Forwarded-For"));
  }

  /// Returns the client's address. `forwardedFor` holds all `X-Forwarded-For` headers in their
  /// order; each proxy has appended whom it was spoken to by, so they are read from the end up to
  /// the first address that is no listed proxy.
  String clientOf(InetSocketAddress peer, List<String> forwardedFor) {
    InetAddress client = peer.getAddress();
    String[] hops = String.join(",", forwardedFor).split(",", -1);
    for (int i = hops.length - 1; i >= 0 && trusts(client); i--) {
      InetAddress hop = addressIn(hops[i].strip());
      if (hop == null) {
        break;
      }
      client = hop;
    }
    return client.getHostAddress();
  }

  private boolean trusts(InetAddress address) {
    InetSocketAddress socket = new InetSocketAddress(address, 0);
    return networks.stream().anyMatch(network -> network.matches(socket));
  }

  /// Reads `203.0.113.7`, `203.0.113.7:1234`, `2001:db8::1` or `[2001:db8::1]:1234`; never asks a
  /// name server.
  private static @Nullable InetAddress addressIn(String hop) {
    String address = hop;
    if (hop.startsWith("[") && hop.contains("]")) {
      address = hop.substring(1, hop.indexOf(']'));
    } else if (hop.indexOf(':') >= 0 && hop.indexOf(':') == hop.lastIndexOf(':')) {
      address = hop.substring(0, hop.indexOf(':'));
    }
    return NetUtil.createInetAddressFromIpAddressString(address);
  }

  private static IpSubnetFilterRule network(String text) {
    int slash = text.indexOf('/');
    InetAddress address = addressIn(slash < 0 ? text : text.substring(0, slash));
    try {
      if (address != null) {
        int allBits = address.getAddress().length * Byte.SIZE;
        int bits = slash < 0 ? allBits : Integer.parseInt(text.substring(slash + 1));
        return new IpSubnetFilterRule(address, bits, IpFilterRuleType.ACCEPT);
      }
    } catch (IllegalArgumentException _) {
      // told below, in words that name the setting
    }
    throw new IllegalArgumentException(
        "trusted proxy: " + text + " (expected: an address, or a network such as 10.0.0.0/8)");
  }
}
