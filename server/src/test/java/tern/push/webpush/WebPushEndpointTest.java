// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.webpush;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebPushEndpointTest {
  @Test
  void endpointIsTakenApart() {
    WebPushEndpoint endpoint = WebPushEndpoint.of("https://Push.example:443/send/a%2Fb?c=d");

    assertThat(endpoint.origin()).hasToString("https://push.example");
    assertThat(endpoint.host()).isEqualTo("push.example");
    assertThat(endpoint.port()).isEqualTo(443);
    assertThat(endpoint.path()).isEqualTo("/send/a%2Fb?c=d");
    assertThat(WebPushEndpoint.of("https://[2a00::1]:8443").host()).isEqualTo("2a00::1");
    assertThat(WebPushEndpoint.of("https://[2a00::1]:8443").isUsualPort()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "http://push.example/secret",
        "ftp://push.example/secret",
        "//push.example/secret",
        "https:secret",
        "https:///secret",
        "https://user:secret@push.example/",
        "https://push.example/#secret",
        "https://push.example/se cret",
        "https://push_example/secret",
        "file:///etc/secret"
      })
  void whatCouldNotBePushedToIsRefusedWithoutBeingTold(String address) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WebPushEndpoint.of(address))
        .withMessageStartingWith("endpoint: " + address.length() + " characters (expected: ")
        .withMessageNotContaining("secret")
        .withNoCause();
  }

  @Test
  void lengthIsBounded() {
    String start = "https://push.example/";

    assertThat(WebPushEndpoint.of(start + "a".repeat(2_048 - start.length()))).isNotNull();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WebPushEndpoint.of(start + "a".repeat(2_049 - start.length())));
  }

  @Test
  void onlyApplesServiceMustBeShownSomething() {
    assertThat(WebPushEndpoint.of("https://web.push.apple.com/Q").mustShow()).isTrue();
    assertThat(WebPushEndpoint.of("https://fcm.googleapis.com/Q").mustShow()).isFalse();
    assertThat(WebPushEndpoint.of("https://evilpush.apple.com.example/Q").mustShow()).isFalse();
  }
}
