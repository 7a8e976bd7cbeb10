// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tern.MatrixRequests;
import tern.OpenMatrix;
import tern.OpenMatrix.Watcher;
import tern.PersonMatrix;
import tern.Requests;
import tern.RoleMatrix;
import tern.RoleMatrix.Who;
import tern.TestClient;
import tern.TestNode;
import tern.v1.ClientFrame;
import tern.v1.ClientFrame.FrameCase;
import tern.v1.Error;
import tern.v1.ErrorCode;
import tern.v1.Ping;
import tern.v1.Role;
import tern.v1.ServerFrame;
import tern.v1.UpdateConversation;

/// Who may ask what of a conversation and about a person: a row for every kind of request, a column
/// for everybody there is. A kind of request that has no row fails.
@Tag("slow")
final class RoleMatrixTest {
  @AutoClose
  private static final TestNode node = TestNode.start(Map.of("TERN_OPEN_USERS_CREATE", "true"));

  private static final Map<Who, TestClient> CLIENTS = new EnumMap<>(Who.class);

  private static TestClient client(Who who) {
    return CLIENTS.computeIfAbsent(who, it -> node.connect(it.name()));
  }

  // Of what is expected to have no answer, that none came before a ping's.
  private static char outcome(TestClient client, ClientFrame.Builder request, char expected) {
    int id = client.send(request);
    int ping = client.send(ClientFrame.newBuilder().setPing(Ping.getDefaultInstance()));
    ServerFrame first =
        client.await(it -> it.getId() == id || (expected == '.' && it.getId() == ping));
    return first.getId() == ping ? '.' : letter(first);
  }

  private static Error error(ServerFrame answer) {
    return answer.hasForwarded()
        ? answer.getForwarded().getOutcomes(0).getError()
        : answer.getError();
  }

  private static char letter(ServerFrame answer) {
    return switch (error(answer).getCode()) {
      case ERROR_CODE_UNSPECIFIED -> isHidden(answer) ? '0' : '+';
      case ERROR_CODE_FORBIDDEN -> '-';
      case ERROR_CODE_NOT_FOUND -> '0';
      case ERROR_CODE_INVALID_ARGUMENT -> 'i';
      default -> throw new AssertionError(answer.toString());
    };
  }

  private static boolean isHidden(ServerFrame answer) {
    return (answer.hasProfiles() && answer.getProfiles().getProfilesCount() == 0)
        || (answer.hasPresenceUpdate() && !answer.getPresenceUpdate().getPresences(0).getOnline());
  }

  @Test
  void everyKindOfRequestHasItsRow() {
    Set<FrameCase> known = new HashSet<>(RoleMatrix.TABLE.keySet());
    known.addAll(PersonMatrix.TABLE.keySet());

    assertThat(known).doesNotContainAnyElementsOf(RoleMatrix.OF_ONESELF);
    known.addAll(RoleMatrix.OF_ONESELF);
    assertThat(known).containsExactlyInAnyOrder(FrameCase.values());
  }

  static Stream<FrameCase> ofConversations() {
    return RoleMatrix.TABLE.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("ofConversations")
  void everybodyMayWhatTheTableSays(FrameCase kind) {
    Function<Who, String> rooms = RoleMatrix.rooms(node, RoleMatrixTest::client);

    String row =
        RoleMatrix.row(
            who ->
                outcome(
                    client(who),
                    MatrixRequests.of(kind, rooms.apply(who)),
                    RoleMatrix.expected(kind, who)));

    assertThat(row).isEqualTo(RoleMatrix.TABLE.get(kind));
  }

  static Stream<FrameCase> governed() {
    return RoleMatrix.RULED.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("governed")
  void everybodyMayWhatTheRulesSay(FrameCase kind) {
    List<String> rows =
        Stream.of(Role.ROLE_MEMBER, Role.ROLE_OWNER).map(least -> ruledRow(kind, least)).toList();

    assertThat(rows).isEqualTo(RoleMatrix.RULED.get(kind));
  }

  // Of those in the group: a conversation of two has no rules.
  private static String ruledRow(FrameCase kind, Role least) {
    Function<Who, String> rooms = RoleMatrix.rooms(node, RoleMatrixTest::client);
    UpdateConversation.Builder rules =
        Requests.of(rooms.apply(Who.OWNER))
            .setAddRole(least)
            .setSettingsRole(least)
            .setPinRole(least)
            .setRemoveRole(least)
            .setDeleteRole(least);
    assertThat(client(Who.OWNER).ask(Requests.update(rules)).hasConversationChanged()).isTrue();
    return RoleMatrix.row(who -> letter(client(who).ask(MatrixRequests.of(kind, rooms.apply(who)))))
        .split(" ", 2)[0];
  }

  private static final Map<Watcher, TestClient> WATCHERS = new EnumMap<>(Watcher.class);

  private static TestClient client(Watcher who) {
    return WATCHERS.computeIfAbsent(
        who, it -> TestClient.connectWith(node, OpenMatrix.token(node, it)));
  }

  @Test
  void everyRequestOfAConversationHasItsRowByAccess() {
    assertThat(OpenMatrix.TABLE).containsOnlyKeys(RoleMatrix.TABLE.keySet());
  }

  @ParameterizedTest
  @MethodSource("ofConversations")
  void whoIsNoMemberMayWhatTheAccessSays(FrameCase kind) {
    String row =
        OpenMatrix.row(
            who -> {
              String room = OpenMatrix.room(node, client(Who.OWNER), client(who), who);
              ClientFrame.Builder request = MatrixRequests.of(kind, room);
              return outcome(client(who), request, OpenMatrix.expected(kind, who));
            });

    assertThat(row).isEqualTo(OpenMatrix.TABLE.get(kind));
  }

  static Stream<FrameCase> aboutPeople() {
    return PersonMatrix.TABLE.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("aboutPeople")
  void everybodyMayWithOthersWhatTheTableSays(FrameCase kind) {
    String row = PersonMatrix.row(node, kind, it -> letter(it.client().ask(it.request())));

    assertThat(row).isEqualTo(PersonMatrix.TABLE.get(kind));
  }

  static Stream<FrameCase> stoppedByABlock() {
    return ofConversations()
        .filter(
            it ->
                RoleMatrix.expected(it, Who.PEER) == '+'
                    && RoleMatrix.expected(it, Who.BLOCKED) == '-');
  }

  // The words are those in which one is refused what nobody may, whoever is blocked: to leave a
  // conversation of two, and to edit the other's message.
  @ParameterizedTest
  @MethodSource("stoppedByABlock")
  void whatABlockStopsIsRefusedInWordsThatDoNotSayWhy(FrameCase kind) {
    Function<Who, String> rooms = RoleMatrix.rooms(node, RoleMatrixTest::client);
    String ofPeers = rooms.apply(Who.PEER);
    ServerFrame left = client(Who.PEER).ask(Requests.leave(ofPeers));
    ServerFrame edited =
        client(Who.PEER).ask(Requests.edit(ofPeers, 2, UUID.randomUUID(), "not mine"));

    Error toBlocked = refusal(kind, Who.BLOCKED, rooms);
    Error toBlocking = refusal(kind, Who.BLOCKING, rooms);

    assertThat(toBlocked.getCode()).isEqualTo(ErrorCode.ERROR_CODE_FORBIDDEN);
    assertThat(toBlocked).isIn(left.getError(), edited.getError()).isEqualTo(toBlocking);
  }

  private static Error refusal(FrameCase kind, Who who, Function<Who, String> rooms) {
    return error(client(who).ask(MatrixRequests.of(kind, rooms.apply(who))));
  }

  @Test
  void whoIsOutsideCanTellNothingFromNothing() {
    assertThat(RoleMatrix.TABLE.values())
        .allMatch(row -> Set.of("000", "...").contains(row.substring(0, 3)));
  }
}
