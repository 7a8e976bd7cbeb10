// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

export { type AppState, type AppStateSource, pageVisibility } from "./appState.js";
export type { Buttons, ButtonState, Press, PressEvent, PressPage } from "./buttons.js";
export { type ClientEvents, type ClientOptions, TernClient } from "./client.js";
export type { CloseReason } from "./closeCodes.js";
export type { ConnectionState } from "./connectionState.js";
export type { Conversation } from "./conversation.js";
export type * from "./deviceModel.js";
export type { Draft, Drafts, UnsavedDraft } from "./drafts.js";
export { TernError } from "./errors.js";
export type { ForwardOptions, ForwardOutcome } from "./forwards.js";
export type { OpenRooms } from "./open.js";
export type * from "./openModel.js";
export type { OpenRoom } from "./openRoom.js";
export type { OwnDevice } from "./ownDevice.js";
export type { OpenedPush } from "./pushPlace.js";
export type { OwnList } from "./ownList.js";
export { type Posting, postingIn, type PostingState } from "./posting.js";
export type { Highlight, SearchFilter, SearchHit, SearchPage } from "./search.js";
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
  type StoredUnsent,
  webStorage,
} from "./storage.js";
