// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.LocationProvider;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/// Which way imports may point. A package that does not exist yet has its arrows already.
@AnalyzeClasses(locations = ArchitectureTest.OurClasses.class)
class ArchitectureTest {
  private static final String[] GROUND = {"id", "auth", "store", "redis"};
  private static final String[] EDGES = {"gateway", "api"};
  private static final int MAX_TYPES_IN_A_PACKAGE = 15;

  @ArchTest
  static final ArchRule nobodyKnowsGatewayAndApi =
      noClasses()
          .that(not(resideInAnyPackage(packages("gateway", "api"))))
          .and(not(resideInAPackage("tern")))
          .should()
          .dependOnClassesThat(resideInAnyPackage(packages(EDGES)))
          .because("gateway and api know the features, and not the reverse")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule nobodyKnowsTheWiring =
      noClasses()
          .that(resideInAPackage("tern.*.."))
          .and(not(resideInAPackage("tern.cli..")))
          .should()
          .dependOnClassesThat(resideInAPackage("tern"))
          .because("a feature gets what it needs through its constructor");

  @ArchTest
  static final ArchRule messageHandsOnToDelivery =
      mayKnow("message", "delivery", "conversation", "session");

  @ArchTest
  static final ArchRule receiptHandsOnToDelivery =
      mayKnow("receipt", "delivery", "conversation", "session");

  @ArchTest
  static final ArchRule deliveryKnowsWhereDevicesAreAndHandsOnToPushAndWebhook =
      mayKnow(
          "delivery",
          "presence",
          "fanout",
          "watch",
          "session",
          "conversation",
          "push",
          "webhook",
          "device");

  @ArchTest
  static final ArchRule watchKnowsSessionsAndMembers = mayKnow("watch", "session", "conversation");

  @ArchTest static final ArchRule pushKnowsDeviceAndUser = mayKnow("push", "device", "user");

  @ArchTest static final ArchRule conversationKnowsNoFeature = mayKnow("conversation");

  @ArchTest static final ArchRule sessionKnowsNoFeature = mayKnow("session");

  @ArchTest static final ArchRule userKnowsNoFeature = mayKnow("user");

  @ArchTest static final ArchRule deviceKnowsText = mayKnow("device", "text");

  @ArchTest
  static final ArchRule presenceKnowsSessionsAndDevices = mayKnow("presence", "session", "device");

  @ArchTest static final ArchRule fanoutKnowsSessions = mayKnow("fanout", "session");

  @ArchTest static final ArchRule textKnowsNoFeature = mayKnow("text");

  @ArchTest static final ArchRule searchKnowsText = mayKnow("search", "text");

  @ArchTest
  static final ArchRule moderationKnowsTextAndMessage =
      mayKnow("moderation", "text", "message", "conversation");

  @ArchTest
  static final ArchRule erasureKnowsMessageAndConversation =
      mayKnow("erasure", "message", "conversation");

  @ArchTest static final ArchRule retentionKnowsNoFeature = mayKnow("retention");

  @ArchTest static final ArchRule webhookKnowsNoFeature = mayKnow("webhook");

  @ArchTest
  static final ArchRule deskStandsOnConversationAndMessage =
      mayKnow("desk", "conversation", "message", "delivery");

  @ArchTest
  static final ArchRule groundKnowsOnlyGround =
      noClasses()
          .that(resideInAnyPackage(packages(GROUND)))
          .should()
          .dependOnClassesThat(
              resideInAPackage("tern..").and(not(resideInAnyPackage(packages(GROUND)))))
          .because("all others stand on it");

  @ArchTest
  static final ArchRule noCycles = slices().matching("tern.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule protocolStopsAtTheEdge =
      noClasses()
          .that(not(resideInAnyPackage(packages(EDGES))))
          .should()
          .dependOnClassesThat(resideInAPackage("tern.v1"))
          .because("gateway and api translate frames to records of the domain, and back");

  @ArchTest
  static final ArchRule oneDialectOfLater =
      noClasses()
          .that(not(resideInAPackage("tern.push..")))
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(CompletableFuture.class, CompletionStage.class)
          .because("what blocks runs on virtual threads, what does not returns Vert.x's Future");

  @ArchTest
  static final ArchRule onlyTheCommandLineWritesToTheTerminal =
      noClasses()
          .that(not(resideInAPackage("tern.cli..")))
          .and()
          .doNotHaveFullyQualifiedName("tern.Main")
          .should(ACCESS_STANDARD_STREAMS);

  @ArchTest
  static final ArchRule packagesAreAtMostTwoDeep =
      noClasses().should().resideInAPackage("tern.*.*.*..").allowEmptyShould(true);

  @ArchTest
  static void noPackageHoldsMoreThanFifteenTypes(JavaClasses classes) {
    var sizes =
        classes.stream()
            .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
            .collect(groupingBy(JavaClass::getPackageName, counting()));

    assertThat(sizes)
        .allSatisfy(
            (name, types) ->
                assertThat(types).as(name).isLessThanOrEqualTo(MAX_TYPES_IN_A_PACKAGE));
  }

  private static ArchRule mayKnow(String feature, String... others) {
    var known = Stream.of(Stream.of(feature), Stream.of(GROUND), Stream.of(others)).flatMap(s -> s);
    return noClasses()
        .that(resideInAnyPackage(packages(feature)))
        .should()
        .dependOnClassesThat(
            resideInAPackage("tern..")
                .and(not(resideInAnyPackage(packages(known.toArray(String[]::new))))))
        .as(feature + " may know only the ground and " + String.join(", ", others))
        .allowEmptyShould(true);
  }

  private static String[] packages(String... names) {
    return Stream.of(names).map(name -> "tern." + name + "..").toArray(String[]::new);
  }

  /// The program as compiled here: neither its tests nor what was generated from the protocol.
  static final class OurClasses implements LocationProvider {
    @Override
    public Set<Location> get(Class<?> testClass) {
      return Set.of(Location.of(Path.of("target", "classes")));
    }
  }
}
