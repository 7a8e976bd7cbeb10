// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.Eventually;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;
import tern.UnrulyClient;
import tern.gateway.RawSocket;
import tern.id.DeviceId;
import tern.id.UserId;
import tern.session.CloseCode;
import tern.store.Database;
import tern.v1.ClientFrame;
import tern.v1.ErrorCode;
import tern.v1.ServerFrame;

/// A revoked token is worth nothing within five seconds, on a whole node: for whoever comes, and
/// for whoever is there.
@Tag("slow")
final class RevocationTest {
  private static final Duration PROMISED = Duration.ofSeconds(5);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final UserId ALICE = new UserId("alice");
  private static final DeviceId PHONE = new DeviceId("phone");

  private TestNode node;
  private Database database;
  private Revocations revocations;

  @BeforeEach
  void start() {
    node = TestNode.start();
    database = new Database(node.database());
    revocations = new Revocations(database);
  }

  @AfterEach
  void stop() {
    database.close();
    node.close();
  }

  // Issued some seconds ago, or to come: tokens tell no more than seconds.
  private String token(String user, long seconds) {
    Clock then = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(seconds));
    return node.token(user, HOUR, then);
  }

  private static String idOf(String token) {
    try {
      return SignedJWT.parse(token).getJWTClaimsSet().getJWTID();
    } catch (ParseException e) {
      throw new IllegalStateException(e);
    }
  }

  private ServerFrame answer(TestClient client, String token, String device) {
    return client.ask(UnrulyClient.hello(token, device, "main").toBuilder());
  }

  private TestClient connected(String token, String device) {
    TestClient client = TestClient.open(node);
    assertThat(answer(client, token, device).hasWelcome()).isTrue();
    return client;
  }

  private void assertRefused(String token, String device) {
    try (TestClient client = TestClient.open(node)) {
      client.send(UnrulyClient.hello(token, device, "main").toBuilder());
      assertThat(client.awaitClose()).isEqualTo(CloseCode.UNAUTHENTICATED.number());
      // Not let in first and closed by the next look.
      assertThat(client.heard()).noneMatch(ServerFrame::hasWelcome);
    }
  }

  private static void assertClosedInTime(TestClient client, long revokedNanos) {
    assertThat(client.awaitClose()).isEqualTo(CloseCode.UNAUTHENTICATED.number());
    assertThat(System.nanoTime() - revokedNanos).isLessThan(PROMISED.toNanos());
  }

  private static void assertConnected(TestClient client) {
    assertThat(client.ask(Requests.inbox(1)).hasInboxPage()).isTrue();
  }

  @Test
  void tokenRevokedByItsIdClosesItsSessionsAndNoOther() {
    String revoked = token("alice", 0);
    String other = token("alice", 0);
    try (TestClient phone = connected(revoked, "phone");
        TestClient tablet = connected(other, "tablet");
        TestClient bob = connected(token("bob", 0), "phone")) {
      long now = System.nanoTime();
      revocations.revokeToken(idOf(revoked), Instant.now().plus(HOUR));

      assertClosedInTime(phone, now);
      assertConnected(tablet);
      assertConnected(bob);
      assertRefused(revoked, "phone");
      assertRefused(revoked, "tablet");
    }
  }

  @Test
  void whatWasIssuedToAUserBeforeIsRevokedAndAFreshTokenGetsIn() {
    String old = token("alice", -2);
    try (TestClient phone = connected(old, "phone");
        TestClient tablet = connected(token("alice", -3), "tablet");
        TestClient bob = connected(token("bob", -2), "phone")) {
      long now = System.nanoTime();
      revocations.revokeUser(ALICE, Instant.now());

      assertClosedInTime(phone, now);
      assertClosedInTime(tablet, now);
      assertConnected(bob);
      assertRefused(old, "phone");
      try (TestClient fresh = connected(token("alice", 2), "phone")) {
        Eventually.passes(Duration.ofSeconds(2));
        assertConnected(fresh);
      }
    }
  }

  @Test
  void deviceIsLoggedOutAndTheOthersOfTheUserStay() {
    String old = token("alice", -2);
    try (TestClient phone = connected(old, "phone");
        TestClient tablet = connected(old, "tablet");
        TestClient bob = connected(token("bob", -2), "phone")) {
      long now = System.nanoTime();
      revocations.revokeDevice(ALICE, PHONE, Instant.now());

      assertClosedInTime(phone, now);
      assertConnected(tablet);
      assertConnected(bob);
      assertRefused(old, "phone");
      connected(token("alice", 2), "phone").close();
    }
  }

  @Test
  void sessionStandsOnItsFreshTokenAlone() {
    String first = token("alice", 0);
    String second = token("alice", 0);
    try (TestClient alice = connected(first, "phone")) {
      assertThat(alice.ask(Requests.refresh(second)).hasTokenRefreshed()).isTrue();
      revocations.revokeToken(idOf(first), Instant.now().plus(HOUR));
      Eventually.passes(Duration.ofSeconds(2));
      assertConnected(alice);

      long now = System.nanoTime();
      revocations.revokeToken(idOf(second), Instant.now().plus(HOUR));

      assertClosedInTime(alice, now);
    }
  }

  @Test
  void revokedTokenCannotRefresh() {
    String revoked = token("alice", 0);
    revocations.revokeToken(idOf(revoked), Instant.now().plus(HOUR));
    try (TestClient alice = connected(token("alice", 0), "phone")) {
      alice.send(Requests.refresh(revoked));

      assertThat(alice.awaitClose()).isEqualTo(CloseCode.UNAUTHENTICATED.number());
      assertThat(alice.heard()).noneMatch(ServerFrame::hasTokenRefreshed);
    }
  }

  @Test
  void revokedTokenDoesNothingBeforeItIsRefused() {
    String revoked = token("alice", 0);
    revocations.revokeToken(idOf(revoked), Instant.now().plus(HOUR));
    try (TestClient alice = connected(token("alice", 0), "phone");
        UnrulyClient thief = UnrulyClient.open(node)) {
      String room = alice.openDirect("bob");
      ClientFrame hello = UnrulyClient.hello(revoked, "phone", "main");
      ClientFrame message =
          TestClient.message(room, "not from alice", UUID.randomUUID()).setId(2).build();

      // The same instance of the same device, and a message in the same segment.
      thief.write(
          RawSocket.concat(
              RawSocket.frame(UnrulyClient.BINARY, hello.toByteArray()),
              RawSocket.frame(UnrulyClient.BINARY, message.toByteArray())));

      thief.goodbye();
      assertThat(thief.closeCode()).isEqualTo(CloseCode.UNAUTHENTICATED.number());
      assertThat(alice.say(room, "from alice").getSequence()).isEqualTo(1);
    }
  }

  @Test
  void whatIsSentBehindAGoodHelloIsAnsweredAfterTheWelcome() {
    try (TestClient alice = TestClient.open(node)) {
      alice.send(UnrulyClient.hello(token("alice", 0), "phone", "main").toBuilder());
      int inbox = alice.send(Requests.inbox(1));

      assertThat(alice.await(_ -> true).hasWelcome()).isTrue();
      assertThat(alice.await(frame -> frame.getId() == inbox).hasInboxPage()).isTrue();
    }
  }

  @Test
  void nobodyComesInWhileTheNodeCannotSeeWhatIsRevoked() {
    try (TestSql sql = TestSql.of(node);
        TestClient alice = connected(token("alice", 0), "phone")) {
      sql.run("alter table revoked_user rename to revoked_user_gone");

      Eventually.holds("refused until later", Duration.ofSeconds(15), this::isToldToComeBack);
      assertConnected(alice);

      sql.run("alter table revoked_user_gone rename to revoked_user");
      Eventually.holds("let in again", Duration.ofSeconds(15), () -> !isToldToComeBack());
    }
  }

  private boolean isToldToComeBack() {
    try (TestClient client = TestClient.open(node)) {
      ServerFrame answer = answer(client, token("bob", 0), "phone");
      boolean isUnavailable = answer.getError().getCode() == ErrorCode.ERROR_CODE_UNAVAILABLE;
      if (isUnavailable) {
        assertThat(answer.getError().getMayRetry()).isTrue();
        assertThat(client.awaitClose()).isEqualTo(CloseCode.OVERLOADED.number());
      }
      return isUnavailable;
    }
  }

  @Test
  void revocationsOfExpiredTokensAreForgottenAndNoOthers() {
    revocations.revokeToken("gone", Instant.now().minus(HOUR));
    revocations.revokeToken("within the leeway", Instant.now().minusSeconds(60));
    revocations.revokeToken("good", Instant.now().plus(HOUR));
    revocations.revokeUser(ALICE, Instant.now().minus(Duration.ofDays(1000)));

    int pruned = revocations.prune();

    assertThat(pruned).isEqualTo(1);
    try (TestSql sql = TestSql.of(node)) {
      assertThat(sql.number("select count(*) from revoked_token where token_id <> 'gone'"))
          .isEqualTo(2);
      assertThat(sql.number("select count(*) from revoked_user")).isEqualTo(1);
    }
  }

  @Test
  void revokingTwiceKeepsWhatGoesFurther() {
    Instant late = Instant.now().plus(HOUR);
    revocations.revokeUser(ALICE, late);
    revocations.revokeUser(ALICE, late.minus(HOUR));
    revocations.revokeToken("t", late);
    revocations.revokeToken("t", late.minus(HOUR).minus(HOUR));

    assertThat(revocations.prune()).isZero();
    assertThat(revocations.isRevoked(issued("x", late.minusSeconds(1)), PHONE)).isTrue();
    assertThat(revocations.isRevoked(issued("x", late), PHONE)).isFalse();
    assertThat(revocations.isRevoked(issued("t", late), PHONE)).isTrue();
    assertThat(revocations.isRevoked(issued("", Instant.EPOCH), PHONE)).isTrue();
  }

  private static Identity issued(String tokenId, Instant time) {
    return new Identity(ALICE, Instant.MAX, tokenId, time);
  }

  @Test
  void idThatNoTokenCanHaveIsRefused() {
    assertThatThrownBy(() -> revocations.revokeToken("", Instant.now()))
        .hasMessage("token id: 0 characters (expected: 1 to 256)");
    assertThatThrownBy(() -> revocations.revokeToken("x".repeat(257), Instant.now()))
        .hasMessage("token id: 257 characters (expected: 1 to 256)");
  }
}
