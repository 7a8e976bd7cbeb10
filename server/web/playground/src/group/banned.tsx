// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import type { Ban } from "@tern/client";
import { usePeople, useWatched } from "../people/peopleView.js";
import { PersonAvatar } from "../people/personAvatar.js";
import { type GroupView, untilWords } from "./groupView.js";

/** Who may not come in, and the way back. */
export function Banned({ view }: { readonly view: GroupView }): JSX.Element {
  const { group, settle } = view;
  const { nameOf, me } = usePeople();
  const { bans, hasAfter, readOn, forget } = useBans(view);
  useWatched((bans ?? []).map(({ userId }) => userId));
  return (
    <>
      <ul class="members" aria-label="Banned" aria-busy={bans === undefined}>
        {bans?.map(({ userId, bannedById, untilMs }) => (
          <li key={userId}>
            <PersonAvatar userId={userId} />
            <span class="member-lines">
              <bdi class="member-name">{nameOf(userId)}</bdi>
              <span class="member-about">
                {`By ${bannedById === me ? "you" : nameOf(bannedById)}, `}
                {untilWords(untilMs, Date.now())}
              </span>
            </span>
            <button
              type="button"
              class="button button-plain button-small"
              aria-label={`Unban ${nameOf(userId)}`}
              onClick={() => {
                const done = group.unban(userId).then(() => {
                  forget(userId);
                });
                settle(done, `${nameOf(userId)} may come back`);
              }}
            >
              Unban
            </button>
          </li>
        ))}
      </ul>
      {bans?.length === 0 && <p class="hint">Nobody is banned.</p>}
      {hasAfter && (
        <button type="button" class="link" onClick={readOn}>
          More
        </button>
      )}
    </>
  );
}

interface Bans {
  /** Undefined until the first ones have come. */
  readonly bans: readonly Ban[] | undefined;
  readonly hasAfter: boolean;
  readonly readOn: () => void;
  readonly forget: (userId: string) => void;
}

function useBans({ group, fail }: GroupView): Bans {
  const [bans, setBans] = useState<readonly Ban[] | undefined>();
  const [hasAfter, setHasAfter] = useState(false);
  const read = useCallback(
    (known: readonly Ban[]) => {
      group.listBanned(known.at(-1)?.userId).then((found) => {
        setBans([...known, ...found.bans]);
        setHasAfter(found.hasAfter);
      }, fail);
    },
    [group, fail],
  );
  useEffect(() => {
    read([]);
  }, [read]);
  return {
    bans,
    hasAfter,
    readOn: () => {
      read(bans ?? []);
    },
    forget: (userId) => {
      setBans((all) => all?.filter((ban) => ban.userId !== userId));
    },
  };
}
