// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { PeopleState, TernClient } from "@tern/client";
import { createContext } from "preact";
import { useContext, useEffect } from "preact/hooks";
import { asTheyAre, type NameOf } from "../ground/wording.js";

/** How one person's screen sees other people. */
export interface PeopleView {
  readonly client: TernClient;
  readonly me: string;
  readonly state: PeopleState;
  readonly nameOf: NameOf;
  /** Shows the card of somebody whom one meets in that live room, if in any, or one's own profile. */
  readonly show: (userId: string, roomId?: string) => void;
}

export const PeopleContext = createContext<PeopleView | undefined>(undefined);

/** Only below a `PeopleProvider`. */
export function usePeople(): PeopleView {
  const view = useContext(PeopleContext);
  if (view === undefined) {
    throw new Error("people: none (expected: below a PeopleProvider)");
  }
  return view;
}

/** What people are called; by their ids where nobody knows more. */
export function useNames(): NameOf {
  return useContext(PeopleContext)?.nameOf ?? asTheyAre;
}

/**
 * Keeps names, pictures and presence of these right while they are on the screen, in a live room
 * that one watches or elsewhere.
 */
export function useWatched(userIds: readonly string[], roomId = ""): void {
  const { client } = usePeople();
  const all = [...new Set(userIds)].sort().join(" ");
  useEffect(() => client.people.watch(all.split(" "), roomId), [client, all, roomId]);
}
