// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import type { Invitation } from "@tern/client";
import { Icon } from "../ground/icons.js";
import { linkOf } from "../ground/people.js";
import { usePeople, useWatched } from "../people/peopleView.js";
import { Choice } from "./choice.js";
import { DAY_S, type GroupView, HOUR_S, untilWords } from "./groupView.js";

const LIFETIMES: readonly (readonly [seconds: number, words: string])[] = [
  [HOUR_S, "1 hour"],
  [DAY_S, "1 day"],
  [7 * DAY_S, "1 week"],
  [30 * DAY_S, "30 days"],
];

const USES: readonly (readonly [uses: number, words: string])[] = [
  [1, "1 person"],
  [10, "10 people"],
  [100, "100 people"],
  [0, "Anybody"],
];

/** Links into the group: make one, see how often each was used, end it. */
export function Invitations({ view }: { readonly view: GroupView }): JSX.Element {
  const { group, settle } = view;
  const { nameOf, me } = usePeople();
  const [invitations, read] = useInvitations(view);
  const [lifetimeSeconds, setLifetime] = useState(7 * DAY_S);
  const [maxUses, setMaxUses] = useState(10);
  const [link, setLink] = useState("");
  useWatched((invitations ?? []).map(({ createdById }) => createdById));
  return (
    <>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          const made = group.invite({ lifetimeSeconds, maxUses }).then(({ token }) => {
            setLink(linkOf(token));
            read();
          });
          settle(made, "The link is made. It is shown only now.");
        }}
      >
        <div class="two-fields">
          <Choice label="Good for" value={lifetimeSeconds} of={LIFETIMES} onChoose={setLifetime} />
          <Choice label="Lets in" value={maxUses} of={USES} onChoose={setMaxUses} />
        </div>
        <button type="submit" class="button">
          <Icon name="link" />
          Make a link
        </button>
      </form>
      {link !== "" && <NewLink link={link} view={view} />}
      <ul class="members" aria-label="Invitations" aria-busy={invitations === undefined}>
        {invitations?.map(({ invitationId, createdById, expiresAtMs, maxUses: most, uses }) => (
          <li key={invitationId} data-invitation={invitationId}>
            <span class="member-lines">
              <span class="member-name">
                {most === 0 ? `${uses} have joined` : `${uses} of ${most} have joined`}
              </span>
              <span class="member-about">
                {`By ${createdById === me ? "you" : nameOf(createdById)}, `}
                {untilWords(expiresAtMs, Date.now())}
              </span>
            </span>
            <button
              type="button"
              class="button button-plain button-small"
              onClick={() => {
                settle(group.revoke(invitationId).then(read), "The link opens nothing any more");
              }}
            >
              Revoke
            </button>
          </li>
        ))}
      </ul>
      {invitations?.length === 0 && <p class="hint">There is no link into this group now.</p>}
    </>
  );
}

function NewLink({ link, view }: { readonly link: string; readonly view: GroupView }): JSX.Element {
  return (
    <div class="add-member">
      <input
        readOnly
        dir="ltr"
        value={link}
        aria-label="The new link"
        onFocus={(event) => {
          event.currentTarget.select();
        }}
      />
      <button
        type="button"
        class="button button-plain"
        onClick={() => {
          view.settle(navigator.clipboard.writeText(link), "Copied");
        }}
      >
        <Icon name="copy" />
        Copy
      </button>
    </div>
  );
}

function useInvitations({
  group,
  fail,
}: GroupView): [readonly Invitation[] | undefined, () => void] {
  const [invitations, setInvitations] = useState<readonly Invitation[] | undefined>();
  const read = useCallback(() => {
    group.listInvitations().then(setInvitations, fail);
  }, [group, fail]);
  useEffect(read, [read]);
  return [invitations, read];
}
