// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.push;

import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import tern.loadtest.client.Device;
import tern.loadtest.client.DeviceListener;
import tern.loadtest.client.DeviceName;
import tern.loadtest.client.Frames;
import tern.loadtest.client.Sockets;
import tern.loadtest.history.PhoneLog;
import tern.loadtest.push.Habit.Phase;
import tern.loadtest.target.Target;
import tern.v1.Accepted;
import tern.v1.AppState;
import tern.v1.ClientFrame;
import tern.v1.ForgetDevice;
import tern.v1.MuteConversation;
import tern.v1.RegisterDevice;
import tern.v1.SendMessage;
import tern.v1.ServerFrame;
import tern.v1.SetAppState;

/// Somebody's phone that goes away and comes back as its owner's habit is, registers, acknowledges
/// or does not, reads, writes, mutes, takes messages back, logs out. Owned by its event loop.
final class Phone implements DeviceListener {
  private static final int TICK_MS = 200;
  private static final long ENDLESS_MS = 1L << 52;
  // Of a thousand turns.
  private static final int SAYS = 40;
  private static final int CALLS = 450;
  private static final int SILENT = 60;
  private static final int READS = 150;
  private static final int MUTES = 8;
  private static final int DELETES = 60;
  private static final int LOGS_OUT = 4;
  private static final int HALF = 500;
  private static final int ALL = 1_000;

  private final Device device;
  private final Optional<Handset> handset;
  private final Habit habit;
  private final PhoneRecorder recorder;
  private final Random random;
  private final boolean tellsInHello;
  private final Set<String> moved = new HashSet<>();
  private final Set<String> muted = new HashSet<>();
  private final List<Accepted> own = new ArrayList<>();
  private final List<String> opened = new ArrayList<>();
  private Phase phase = Phase.AWAY;
  private boolean wantsPushes = true;
  private boolean isTold;
  private boolean isResting = true;
  private Optional<Phone> heir = Optional.empty();

  /// @param handset none: it registers for nothing
  Phone(
      Sockets sockets,
      Target target,
      DeviceName name,
      Optional<Handset> handset,
      Habit habit,
      LongSupplier clock,
      Random random) {
    this.handset = handset;
    this.habit = habit;
    this.recorder = new PhoneRecorder(name, clock);
    this.random = random;
    this.tellsInHello = random.nextBoolean();
    this.device =
        new Device(
            sockets, sockets.nextLoop(), target.address(), name, target.tokens(), this, random);
  }

  Device device() {
    return device;
  }

  String user() {
    return device.name().user();
  }

  /// The conversations that it was answered to have opened, the first first.
  List<String> opened() {
    return opened;
  }

  PhoneLog log() {
    return recorder.log();
  }

  boolean isReady() {
    return device.isWelcome() && (handset.isEmpty() || isTold);
  }

  /// Comes for the first time.
  void come() {
    phase = Phase.POCKETED;
    device.start();
  }

  /// Who takes this handset into their hands next.
  void hands(Phone next) {
    heir = Optional.of(next);
  }

  /// Begins to do what its habit is.
  void begin() {
    isResting = false;
    next();
    tick();
  }

  /// Goes away for good.
  void rest() {
    isResting = true;
    device.stop(random.nextBoolean());
  }

  private void later(int millis, Runnable step) {
    ScheduledFuture<?> _ =
        device
            .loop()
            .schedule(
                () -> {
                  if (!isResting) {
                    step.run();
                  }
                },
                millis,
                TimeUnit.MILLISECONDS);
  }

  // Whoever shares the handset has it for as long.
  private void next() {
    if (heir.isPresent() && random.nextInt(3) == 0) {
      Phone next = heir.get();
      rest();
      next.device.loop().execute(next::begin);
      return;
    }
    enter(habit.next(random));
    later(habit.lasts(phase, random), this::next);
  }

  private void enter(Phase next) {
    phase = next;
    if (phase == Phase.AWAY) {
      device.stop(random.nextBoolean());
    } else if (device.isWelcome()) {
      device.ask(
          ClientFrame.newBuilder()
              .setSetAppState(SetAppState.newBuilder().setAppState(appState()))
              .build());
    } else {
      wantsPushes = true;
      device.start();
    }
  }

  private AppState appState() {
    return phase == Phase.POCKETED ? AppState.APP_STATE_BACKGROUND : AppState.APP_STATE_FOREGROUND;
  }

  private void tick() {
    later(TICK_MS, this::tick);
    if (device.isWelcome() && phase != Phase.AWAY) {
      acknowledge();
      act();
    }
  }

  private void acknowledge() {
    boolean does = phase == Phase.ATTENTIVE || (phase == Phase.POCKETED && chance(HALF));
    if (does) {
      moved.forEach(device::acknowledge);
      moved.clear();
    }
  }

  private boolean chance(int ofAThousand) {
    return random.nextInt(ALL) < ofAThousand;
  }

  private void act() {
    if (chance(habit == Habit.CALLS ? CALLS : SAYS)) {
      say();
    }
    if (phase == Phase.ATTENTIVE && chance(READS)) {
      read();
    }
    if (!own.isEmpty() && chance(DELETES)) {
      Accepted last = own.removeLast();
      device.ask(Frames.delete(last.getConversationId(), last.getSequence()));
      own.clear();
    }
    if (handset.isPresent() && chance(MUTES)) {
      mute();
    }
    if (handset.isPresent() && isTold && chance(LOGS_OUT)) {
      wantsPushes = false;
      isTold = false;
      device.ask(ClientFrame.newBuilder().setForgetDevice(ForgetDevice.newBuilder()).build());
    }
  }

  private Optional<String> anyConversation() {
    List<String> all = device.conversations().stream().sorted().toList();
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
  }

  private void say() {
    String id = new UUID(random.nextLong(), random.nextLong()).toString();
    anyConversation()
        .ifPresent(
            conversation -> {
              SendMessage message = Frames.text(conversation, id, "hello", true);
              device.send(message.toBuilder().setSilent(chance(SILENT)).build());
            });
  }

  private void read() {
    anyConversation()
        .ifPresent(
            conversation ->
                device
                    .standing(conversation)
                    .filter(it -> it.sequence() > 0)
                    .ifPresent(it -> device.ask(Frames.markRead(conversation, it.sequence()))));
  }

  private void mute() {
    anyConversation()
        .ifPresent(
            conversation -> {
              boolean on = muted.isEmpty();
              String which = on ? conversation : muted.iterator().next();
              MuteConversation.Builder mute =
                  MuteConversation.newBuilder()
                      .setConversationId(which)
                      .setMutedUntilMs(on ? ENDLESS_MS : 0);
              device.ask(ClientFrame.newBuilder().setMuteConversation(mute).build());
              muted.clear();
              if (on) {
                muted.add(which);
              }
            });
  }

  private void register() {
    if (handset.isPresent() && wantsPushes && !isTold && device.isWelcome()) {
      device.ask(
          ClientFrame.newBuilder()
              .setRegisterDevice(RegisterDevice.newBuilder().setDevice(handset.get().state()))
              .build());
    }
  }

  @Override
  public ClientFrame greet(ClientFrame hello) {
    ClientFrame.Builder greeting = hello.toBuilder();
    greeting.getHelloBuilder().setAppState(appState());
    if (tellsInHello && wantsPushes) {
      handset.ifPresent(it -> greeting.getHelloBuilder().setDevice(it.state()));
    }
    return greeting.build();
  }

  @Override
  public void sent(ClientFrame frame) {
    recorder.sent(frame);
  }

  @Override
  public void received(ServerFrame frame, Optional<ClientFrame> asked) {
    recorder.received(frame, asked);
    switch (frame.getFrameCase()) {
      // The device is welcome once it has seen this itself.
      case WELCOME -> {
        isTold = tellsInHello && wantsPushes;
        device.loop().execute(this::register);
      }
      case ENVELOPE -> moved.add(frame.getEnvelope().getChanges().getConversationId());
      case CATCH_UP_PAGE -> moved.add(frame.getCatchUpPage().getChanges().getConversationId());
      case ACCEPTED -> own.add(frame.getAccepted());
      case CONVERSATION_OPENED ->
          opened.add(frame.getConversationOpened().getConversation().getConversationId());
      case DEVICE_REGISTERED -> isTold = wantsPushes;
      case DEVICE_FORGOTTEN -> logOut();
      default -> {}
    }
  }

  private void logOut() {
    phase = Phase.AWAY;
    device.stop(true);
    if (random.nextBoolean()) {
      handset.ifPresent(Handset::renew);
    }
  }

  @Override
  public void closed(int code) {
    recorder.closed();
  }
}
