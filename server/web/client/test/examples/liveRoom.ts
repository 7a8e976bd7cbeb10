import type { OpenRoomState, TernClient } from "../../src/index.js";

/** Shows a live room until the returned function is called. */
export function showRoom(
  client: TernClient,
  roomId: string,
  show: (state: OpenRoomState, mayWrite: boolean) => void,
): () => void {
  const room = client.open.room(roomId, { keep: 200 });
  const stopListening = client.on("roomEnded", ({ conversationId, because, code }) => {
    if (conversationId === roomId) {
      console.log(`${because}: ${code}`);
    }
  });
  const stopWatching = room.watch((state) => {
    show(state, room.postingNow().may);
  });
  return () => {
    stopWatching();
    stopListening();
  };
}
