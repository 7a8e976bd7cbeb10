// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { TernClient } from "@tern/client";
import type { ComponentChildren, JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import { useEvents } from "../ground/hooks.js";
import { OwnProfile } from "./ownProfile.js";
import { PeopleContext, type PeopleView } from "./peopleView.js";
import { ProfileCard } from "./profileCard.js";

interface PeopleProviderProps {
  readonly client: TernClient;
  readonly me: string;
  /** Opens the direct conversation with somebody. */
  readonly onWrite: (userId: string) => void;
  readonly children: ComponentChildren;
}

/** Tells all below it how people are called and shown, and shows their cards. */
export function PeopleProvider({
  client,
  me,
  onWrite,
  children,
}: PeopleProviderProps): JSX.Element {
  useEvents(client, "people");
  const [shown, setShown] = useState<{ userId: string; roomId: string } | undefined>();
  const { state } = client.people;
  const view = useMemo<PeopleView>(
    () => ({
      ...{ client, me, state },
      show: (userId, roomId = "") => {
        setShown({ userId, roomId });
      },
      nameOf: (userId) => state.profiles.get(userId)?.name || userId,
    }),
    [client, me, state],
  );
  const close = (): void => {
    setShown(undefined);
  };
  return (
    <PeopleContext.Provider value={view}>
      {children}
      {shown?.userId === me && <OwnProfile onClose={close} />}
      {shown !== undefined && shown.userId !== me && (
        <ProfileCard
          {...shown}
          onClose={close}
          onWrite={() => {
            close();
            onWrite(shown.userId);
          }}
        />
      )}
    </PeopleContext.Provider>
  );
}
