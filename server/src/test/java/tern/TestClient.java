// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tern.v1.Accepted;
import tern.v1.CatchUpPage;
import tern.v1.ClientFrame;
import tern.v1.Content;
import tern.v1.Hello;
import tern.v1.HistoryVisibility;
import tern.v1.Position;
import tern.v1.SendMessage;
import tern.v1.ServerFrame;
import tern.v1.Text;
import tern.v1.Welcome;

/// A client that speaks the binary subprotocol over a true WebSocket, one line of a story at a
/// time.
public final class TestClient implements AutoCloseable {
  private static final long PATIENCE_MS = 10_000;

  // Empty: the socket was closed.
  private final BlockingQueue<Optional<ServerFrame>> incoming = new LinkedBlockingQueue<>();
  private final List<ServerFrame> passedOver = new ArrayList<>();
  private final WebSocket socket;
  private volatile int closeCode;
  private int nextId = 1;
  private @Nullable Welcome welcome;

  private TestClient(int port) {
    socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .subprotocols("tern.v1.proto")
            .buildAsync(URI.create("ws://127.0.0.1:" + port + "/v1/ws"), new Listener())
            .join();
  }

  private final class Listener implements WebSocket.Listener {
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket source, ByteBuffer data, boolean last) {
      byte[] bytes = new byte[data.remaining()];
      data.get(bytes);
      message.writeBytes(bytes);
      if (last) {
        try {
          incoming.add(Optional.of(ServerFrame.parseFrom(message.toByteArray())));
        } catch (InvalidProtocolBufferException e) {
          throw new IllegalStateException(e);
        }
        message.reset();
      }
      source.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket source, int code, String reason) {
      closeCode = code;
      incoming.add(Optional.empty());
      return null;
    }

    @Override
    public void onError(WebSocket source, Throwable error) {
      closeCode = -1;
      incoming.add(Optional.empty());
    }
  }

  /// A socket that has not said Hello.
  public static TestClient open(TestNode node) {
    return new TestClient(node.port());
  }

  /// A welcomed client.
  public static TestClient connect(TestNode node, String user, String device, String instance) {
    return connect(node, user, device, instance, "");
  }

  /// A welcomed client with this access token, on a device of its own.
  public static TestClient connectWith(TestNode node, String token) {
    return greeted(
        node, Hello.newBuilder().setAccessToken(token).setDeviceId("phone").setInstanceId("main"));
  }

  /// A welcomed client that comes back with the cursor of its conversation list.
  public static TestClient connect(
      TestNode node, String user, String device, String instance, String inboxCursor) {
    return greeted(
        node,
        Hello.newBuilder()
            .setAccessToken(node.token(user, Duration.ofHours(1)))
            .setDeviceId(device)
            .setInstanceId(instance)
            .setInboxCursor(inboxCursor));
  }

  /// A welcomed client that reaches the node at another port, over a wire that can be cut.
  public static TestClient connectAt(int port, TestNode node, String user, String device) {
    return greeted(
        port,
        Hello.newBuilder()
            .setAccessToken(node.token(user, Duration.ofHours(1)))
            .setDeviceId(device)
            .setInstanceId("main"));
  }

  private static TestClient greeted(TestNode node, Hello.Builder hello) {
    return greeted(node.port(), hello);
  }

  private static TestClient greeted(int port, Hello.Builder hello) {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
    while (true) {
      TestClient client = new TestClient(port);
      ServerFrame answer = client.ask(ClientFrame.newBuilder().setHello(hello));
      if (answer.hasWelcome()) {
        client.welcome = answer.getWelcome();
        return client;
      }
      client.close();
      // A node whose store was away sends newcomers off until it has looked at revocations again.
      assertThat(answer.getError().getMayRetry() && System.nanoTime() < deadline)
          .as(answer.toString())
          .isTrue();
      Eventually.passes(Duration.ofMillis(100));
    }
  }

  /// What Hello was answered with.
  public Welcome welcome() {
    return java.util.Objects.requireNonNull(welcome);
  }

  /// Sends a frame under the next id; returns the id.
  public int send(ClientFrame.Builder frame) {
    int id = nextId++;
    socket.sendBinary(ByteBuffer.wrap(frame.setId(id).build().toByteArray()), true).join();
    return id;
  }

  /// Sends a frame and waits for its answer.
  public ServerFrame ask(ClientFrame.Builder frame) {
    int id = send(frame);
    return await(answer -> answer.getId() == id);
  }

  /// Sends bytes that need not be a frame.
  public void sendBytes(byte[] bytes) {
    socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
  }

  /// Waits for the first frame like this, passing over others, which later waits still find.
  public ServerFrame await(Predicate<ServerFrame> wanted) {
    for (ServerFrame frame : passedOver) {
      if (wanted.test(frame)) {
        passedOver.remove(frame);
        return frame;
      }
    }
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
    while (true) {
      ServerFrame frame = next(deadline - System.nanoTime());
      if (wanted.test(frame)) {
        return frame;
      }
      passedOver.add(frame);
    }
  }

  /// What has been heard so far and no wait was for.
  public List<ServerFrame> heard() {
    for (var frame = incoming.poll(); frame != null && frame.isPresent(); frame = incoming.poll()) {
      passedOver.add(frame.get());
    }
    return List.copyOf(passedOver);
  }

  private ServerFrame next(long nanos) {
    return poll(nanos)
        .orElseThrow(
            () ->
                new AssertionError(
                    "waited in vain; close code " + closeCode + "; heard: " + passedOver));
  }

  // Empty: closed, or nothing came in time.
  private Optional<ServerFrame> poll(long nanos) {
    try {
      Optional<ServerFrame> frame = incoming.poll(nanos, TimeUnit.NANOSECONDS);
      return frame == null ? Optional.empty() : frame;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Waits for the next envelope.
  public tern.v1.Changes awaitChanges() {
    return await(ServerFrame::hasEnvelope).getEnvelope().getChanges();
  }

  /// Waits until this client is told that a user's markers stand here.
  public void awaitMarker(String user, long delivered, long read) {
    await(
        frame ->
            frame.getReceipt().getMarkersList().stream()
                .anyMatch(
                    marker ->
                        marker.getUserId().equals(user)
                            && marker.getDelivered() == delivered
                            && marker.getRead() == read));
  }

  /// Waits until the server closes; returns the code.
  public int awaitClose() {
    long patience = TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
    for (var frame = poll(patience); frame.isPresent(); frame = poll(patience)) {
      passedOver.add(frame.get());
    }
    assertThat(closeCode).as("close code").isNotZero();
    return closeCode;
  }

  /// The DIRECT conversation with another user.
  public String openDirect(String peer) {
    return opened(Requests.openDirect(peer));
  }

  /// A new group with these others.
  public String createGroup(String name, String... others) {
    return createGroup(name, HistoryVisibility.HISTORY_VISIBILITY_UNSPECIFIED, List.of(others));
  }

  /// A new group with these others, and with this much of its past for those who join later.
  public String createGroup(String name, HistoryVisibility visibility, List<String> others) {
    return opened(Requests.createGroup(name, "", visibility, others));
  }

  private String opened(ClientFrame.Builder request) {
    return ask(request).getConversationOpened().getConversation().getConversationId();
  }

  /// Sends a text and waits until it is accepted.
  public Accepted say(String conversation, String text) {
    ServerFrame answer = ask(message(conversation, text, UUID.randomUUID()));
    assertThat(answer.hasAccepted()).as(answer.toString()).isTrue();
    return answer.getAccepted();
  }

  /// A frame that sends a text under this client message id.
  public static ClientFrame.Builder message(String conversation, String text, UUID id) {
    return ClientFrame.newBuilder()
        .setSendMessage(
            SendMessage.newBuilder()
                .setConversationId(conversation)
                .setClientMessageId(id.toString())
                .setContent(Content.newBuilder().setText(Text.newBuilder().setText(text))));
  }

  /// Where this client stands after these changes.
  public Position position(long revision, long sequence) {
    return Position.newBuilder()
        .setEpoch(welcome().getEpoch())
        .setRevision(revision)
        .setSequence(sequence)
        .build();
  }

  /// Catches up and returns all pages.
  public List<CatchUpPage> catchUp(String conversation, @Nullable Position position) {
    int id =
        send(
            position == null
                ? Requests.catchUp(conversation)
                : Requests.catchUp(conversation, position));
    List<CatchUpPage> pages = new ArrayList<>();
    do {
      ServerFrame answer = await(frame -> frame.getId() == id);
      assertThat(answer.hasCatchUpPage()).as(answer.toString()).isTrue();
      pages.add(answer.getCatchUpPage());
    } while (!pages.getLast().getLive());
    return pages;
  }

  /// The text of a message.
  public static String text(tern.v1.Message message) {
    return message.getContent().getText().getText();
  }

  /// The bytes of a frame, for those that change them.
  public static ByteString bytes(ClientFrame.Builder frame) {
    return frame.build().toByteString();
  }

  @Override
  public void close() {
    socket.abort();
  }
}
