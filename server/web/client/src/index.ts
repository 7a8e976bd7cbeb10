// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

export { type AppState, type AppStateSource, pageVisibility } from "./appState.js";
export { type ClientEvents, type ClientOptions, type GroupOptions, TernClient } from "./client.js";
export type { CloseReason } from "./closeCodes.js";
export type { ConnectionState } from "./connectionState.js";
export type { Conversation } from "./conversation.js";
export { TernError } from "./errors.js";
export { FOREVER, type Group } from "./group.js";
export type * from "./groupModel.js";
export type * from "./model.js";
export type { People } from "./people.js";
export type * from "./peopleModel.js";
export type { Socket, SocketConstructor } from "./socket.js";
export {
  inMemoryStorage,
  type StateStorage,
  type StoredConversation,
  type StoredState,
  webStorage,
} from "./storage.js";
