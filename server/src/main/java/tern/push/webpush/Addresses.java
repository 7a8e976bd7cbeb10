// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.webpush;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/// Which addresses a push may be sent to. Where a subscription leads is for the browser to say, and
/// so for anybody: it must not lead into our own network.
///
/// See the registries of special addresses:
/// https://www.iana.org/assignments/iana-ipv4-special-registry and
/// https://www.iana.org/assignments/iana-ipv6-special-registry
final class Addresses {
  private static final List<Range> SPECIAL =
      List.of(
          Range.of("0.0.0.0", 8), // this network
          Range.of("10.0.0.0", 8), // private
          Range.of("100.64.0.0", 10), // carriers' own
          Range.of("127.0.0.0", 8), // this machine
          Range.of("169.254.0.0", 16), // link-local, and clouds' metadata
          Range.of("172.16.0.0", 12), // private
          Range.of("192.0.0.0", 24), // the IETF's
          Range.of("192.0.2.0", 24), // for documents
          Range.of("192.31.196.0", 24), // AS112
          Range.of("192.52.193.0", 24), // AMT
          Range.of("192.88.99.0", 24), // 6to4 relays
          Range.of("192.168.0.0", 16), // private
          Range.of("192.175.48.0", 24), // AS112
          Range.of("198.18.0.0", 15), // benchmarks
          Range.of("198.51.100.0", 24), // for documents
          Range.of("203.0.113.0", 24), // for documents
          Range.of("224.0.0.0", 3)); // multicast, reserved, broadcast

  // Of IPv6 only this is given out, but for what follows.
  private static final Range GIVEN_OUT = Range.of("2000::", 3);
  private static final List<Range> SPECIAL_6 =
      List.of(
          Range.of("2001::", 23), // the IETF's: Teredo, benchmarks, ORCHID
          Range.of("2001:db8::", 32), // for documents
          Range.of("2002::", 16), // 6to4: an IPv4 address that is not looked at
          Range.of("2620:4f:8000::", 48), // AS112
          Range.of("3fff::", 20)); // for documents

  // A network without IPv4 reaches it so (RFC 6052); the last four bytes are the address.
  private static final Range TRANSLATED = Range.of("64:ff9b::", 96);
  private static final int IPV6_BYTES = 16;
  private static final int IPV4_BYTES = 4;

  private Addresses() {}

  private record Range(List<Byte> start, int bits) {
    static Range of(String start, int bits) {
      return new Range(list(bytes(start)), bits);
    }

    boolean holds(byte[] address) {
      if (address.length != start.size()) {
        return false;
      }
      int whole = bits / Byte.SIZE;
      for (int i = 0; i < whole; i++) {
        if (address[i] != start.get(i)) {
          return false;
        }
      }
      int rest = Byte.SIZE - bits % Byte.SIZE;
      return rest == Byte.SIZE || (address[whole] ^ start.get(whole)) >> rest == 0;
    }
  }

  private static List<Byte> list(byte[] bytes) {
    Byte[] boxed = new Byte[bytes.length];
    Arrays.setAll(boxed, i -> bytes[i]);
    return List.of(boxed);
  }

  private static byte[] bytes(String literal) {
    return InetAddress.ofLiteral(literal).getAddress();
  }

  /// Whether it is one of the open internet's, of which no use but for single machines is known.
  static boolean isPublic(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (address instanceof Inet4Address) {
      return SPECIAL.stream().noneMatch(it -> it.holds(bytes));
    }
    if (TRANSLATED.holds(bytes)) {
      return isPublic(embedded(bytes));
    }
    return GIVEN_OUT.holds(bytes) && SPECIAL_6.stream().noneMatch(it -> it.holds(bytes));
  }

  private static InetAddress embedded(byte[] address) {
    try {
      return InetAddress.getByAddress(
          Arrays.copyOfRange(address, IPV6_BYTES - IPV4_BYTES, IPV6_BYTES));
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
