// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tern.PersonRequests;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.v1.ErrorCode;
import tern.v1.Metadata;
import tern.v1.Profile;
import tern.v1.ServerFrame;
import tern.v1.UpdateProfile;

/// How users are shown, and who gets to see it.
@Tag("slow")
final class ProfileTest {
  @AutoClose private static final TestNode node = TestNode.start();

  private static List<Profile> read(TestClient client, String... users) {
    ServerFrame answer = client.ask(PersonRequests.profiles(users));
    assertThat(answer.hasProfiles()).as(answer.toString()).isTrue();
    return answer.getProfiles().getProfilesList();
  }

  @Test
  void whatIsNotSetStaysAsItIs() {
    try (TestClient alice = node.connect("alice1")) {
      alice.ask(
          PersonRequests.profile(
              UpdateProfile.newBuilder()
                  .setName("Alice")
                  .setLocale("pt-BR")
                  .setMetadata(Metadata.newBuilder().putEntries("team", "birds"))));

      alice.ask(
          PersonRequests.profile(
              UpdateProfile.newBuilder()
                  .setName("Alice T.")
                  .setLocale("")
                  .setTimeZone("Europe/Berlin")
                  .setImageUrl("https://example.com/a.png")));

      Profile profile = read(alice, "alice1").getFirst();
      assertThat(profile.getName()).isEqualTo("Alice T.");
      assertThat(profile.getLocale()).isEmpty();
      assertThat(profile.getTimeZone()).isEqualTo("Europe/Berlin");
      assertThat(profile.getImageUrl()).isEqualTo("https://example.com/a.png");
      assertThat(profile.getMetadataMap()).containsOnlyKeys("team");
      assertThat(profile.getChangedAtMs()).isPositive();
    }
  }

  @Test
  void whoSharesNoConversationIsAnsweredLikeOneWhoHasNoProfile() {
    try (TestClient alice = node.connect("alice2");
        TestClient mallory = node.connect("mallory2")) {
      alice.ask(PersonRequests.name("Alice"));

      ServerFrame foreign = mallory.ask(PersonRequests.profiles("alice2"));
      ServerFrame none = mallory.ask(PersonRequests.profiles("nobody2"));

      assertThat(foreign.toBuilder().clearId().build())
          .isEqualTo(none.toBuilder().clearId().build());
      assertThat(none.getProfiles().getProfilesList()).isEmpty();
    }
  }

  @Test
  void coMembersReadItForAsLongAsTheyAreCoMembers() {
    try (TestClient alice = node.connect("alice3");
        TestClient bob = node.connect("bob3")) {
      alice.ask(PersonRequests.name("Alice"));
      String room = alice.createGroup("team", "bob3");

      List<Profile> before = read(bob, "nobody3", "alice3", "alice3", "bob3");
      alice.ask(Requests.remove(room, List.of("bob3")));

      assertThat(before).extracting(Profile::getName).containsExactly("Alice");
      assertThat(read(bob, "alice3")).isEmpty();
    }
  }

  @Test
  void aChangeIsToldToOnesOtherDevicesAndToCoMembersWhoLookAndToNobodyElse() {
    try (TestClient alice = node.connect("alice4");
        TestClient tablet = TestClient.connect(node, "alice4", "tablet", "main");
        TestClient bob = node.connect("bob4");
        TestClient carol = node.connect("carol4");
        TestClient mallory = node.connect("mallory4")) {
      alice.createGroup("team", "bob4", "carol4");
      bob.ask(PersonRequests.watch("alice4"));
      mallory.ask(PersonRequests.watch("alice4"));

      alice.ask(PersonRequests.name("Alice"));

      for (TestClient told : List.of(tablet, bob)) {
        ServerFrame news = told.await(ServerFrame::hasProfiles);
        assertThat(news.getId()).isZero();
        assertThat(news.getProfiles().getProfiles(0).getName()).isEqualTo("Alice");
      }
      for (TestClient other : List.of(carol, mallory)) {
        other.ask(Requests.inbox(1));
        assertThat(other.heard()).noneMatch(ServerFrame::hasProfiles);
      }
    }
  }

  static Stream<UpdateProfile.Builder> malformed() {
    return Stream.of(
        UpdateProfile.newBuilder().setName("x".repeat(129)),
        UpdateProfile.newBuilder().setName("\0"),
        UpdateProfile.newBuilder().setImageUrl("javascript:alert(1)"),
        UpdateProfile.newBuilder().setLocale("not a language"),
        UpdateProfile.newBuilder().setLocale("en-" + "x".repeat(33)),
        UpdateProfile.newBuilder().setTimeZone("Atlantis/Capital"));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void whatCannotBeMeantIsRefused(UpdateProfile.Builder change) {
    try (TestClient alice = node.connect("alice5")) {
      assertThat(alice.ask(PersonRequests.profile(change)).getError().getCode())
          .isEqualTo(ErrorCode.ERROR_CODE_INVALID_ARGUMENT);
    }
  }

  @Test
  void aHundredAreReadAtOnceAndNoMore() {
    String[] many = Stream.generate(() -> "someone").limit(101).toArray(String[]::new);
    try (TestClient alice = node.connect("alice6")) {
      assertThat(read(alice, Arrays.copyOf(many, 100))).isEmpty();
      assertThat(alice.ask(PersonRequests.profiles(many)).getError().getCode())
          .isEqualTo(ErrorCode.ERROR_CODE_INVALID_ARGUMENT);
      assertThat(alice.ask(PersonRequests.profiles()).getError().getCode())
          .isEqualTo(ErrorCode.ERROR_CODE_INVALID_ARGUMENT);
    }
  }
}
