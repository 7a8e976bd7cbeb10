// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { SearchHit, TernClient } from "@tern/client";
import { Avatar } from "../ground/avatar.js";
import { directionOf, whenOf } from "../ground/format.js";
import { Icon } from "../ground/icons.js";
import { nextIndex } from "../ground/roving.js";
import { type NameOf, titleOf } from "../ground/wording.js";
import { useNames, useWatched } from "../people/peopleView.js";
import { PersonAvatar } from "../people/personAvatar.js";
import { snippetParts } from "./snippets.js";
import { type Found, useSearch } from "./useSearch.js";

const MOST_CHARACTERS = 128;

interface SearchPanelProps {
  readonly client: TernClient;
  readonly me: string;
  readonly label: string;
  /** Where to look; everywhere unless set. */
  readonly conversationId?: string;
  /** Whether one begins to type here. */
  readonly isFirst?: boolean;
  readonly onFound: (hit: SearchHit) => void;
  /** Whether results stand here, in the place of something else. */
  readonly onSearching?: (isSearching: boolean) => void;
}

/**
 * A field and what it finds. The arrow keys choose among the messages while one types on, Enter
 * goes to the chosen one, Escape gives up.
 */
export function SearchPanel(props: SearchPanelProps): JSX.Element {
  const { client, conversationId = "", onFound, onSearching } = props;
  const [text, setText] = useState("");
  const [active, setActive] = useState(0);
  const listId = useId();
  const found = useSearch(client, text, conversationId);
  const isSearching = text.trim() !== "";
  useEffect(() => {
    onSearching?.(isSearching);
  }, [isSearching, onSearching]);
  useEffect(() => {
    setActive(0);
  }, [found.query]);
  const go = (hit: SearchHit | undefined): void => {
    if (hit !== undefined) {
      onFound(hit);
    }
  };
  return (
    <search class={`search${isSearching ? " is-searching" : ""}`}>
      <SearchField
        {...props}
        {...{ text, listId }}
        active={found.hits.length > 0 ? active : undefined}
        onText={setText}
        onKey={(key) => {
          const next = nextIndex(key, active, found.hits.length);
          if (key === "Enter") {
            go(found.hits[active]);
          } else if (key === "Escape" && text !== "") {
            setText("");
          } else if (key.startsWith("Arrow") && next !== undefined && !isSideways(key)) {
            setActive(next);
          } else {
            return false;
          }
          return true;
        }}
      />
      <p class="unseen" role="status">
        {isSearching && summaryOf(found)}
      </p>
      {isSearching && <Results {...props} {...{ found, listId, active }} onGo={go} />}
    </search>
  );
}

function isSideways(key: string): boolean {
  return key === "ArrowLeft" || key === "ArrowRight";
}

function summaryOf({ hits, isLoading, hasMore, problem }: Found): string {
  if (isLoading) {
    return "Searching";
  }
  if (problem !== "") {
    return problem;
  }
  const count = hits.length === 1 ? "1 message found" : `${hits.length} messages found`;
  return hits.length === 0 ? "Nothing found" : `${count}${hasMore ? ", more follow" : ""}`;
}

interface SearchFieldProps extends SearchPanelProps {
  readonly text: string;
  readonly listId: string;
  readonly active: number | undefined;
  readonly onText: (text: string) => void;
  /** Returns whether the key was meant for the results. */
  readonly onKey: (key: string) => boolean;
}

function SearchField(props: SearchFieldProps): JSX.Element {
  const { label, text, listId, active, isFirst = false, onText, onKey } = props;
  const field = useRef<HTMLInputElement>(null);
  return (
    <div class="search-field">
      <Icon name="search" />
      <input
        ref={field}
        type="text"
        role="combobox"
        dir="auto"
        inputMode="search"
        enterKeyHint="search"
        value={text}
        placeholder="Search"
        aria-label={label}
        aria-autocomplete="list"
        aria-expanded={active !== undefined}
        aria-controls={active === undefined ? undefined : listId}
        aria-activedescendant={active === undefined ? undefined : `${listId}-${active}`}
        maxLength={MOST_CHARACTERS}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        autofocus={isFirst}
        onInput={(event) => {
          onText(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (!event.isComposing && onKey(event.key)) {
            event.preventDefault();
            event.stopPropagation();
          }
        }}
      />
      {text !== "" && (
        <button
          type="button"
          class="round round-small"
          aria-label="Clear the search"
          title="Clear (Escape)"
          onClick={() => {
            onText("");
            field.current?.focus();
          }}
        >
          <Icon name="close" />
        </button>
      )}
    </div>
  );
}

interface ResultsProps extends SearchPanelProps {
  readonly found: Found;
  readonly listId: string;
  readonly active: number;
  readonly onGo: (hit: SearchHit) => void;
}

function Results(props: ResultsProps): JSX.Element {
  const { found, listId } = props;
  const { hits, isLoading, hasMore, isComplete, problem, loadMore } = found;
  const isEmpty = hits.length === 0;
  useWatched(hits.map(({ senderId }) => senderId));
  return (
    <div class="search-results" aria-busy={isLoading}>
      {!isEmpty && (
        <ul id={listId} role="listbox" aria-label="Messages found">
          {hits.map((hit, index) => (
            <Hit key={`${hit.conversationId}/${hit.sequence}`} {...props} {...{ hit, index }} />
          ))}
        </ul>
      )}
      {isEmpty && isLoading && <p class="search-note">Searching…</p>}
      {isEmpty && !isLoading && problem === "" && (
        <p class="search-note">
          <strong>Nothing found.</strong> Every word must be in the message; the last one may be the
          beginning of a word.
        </p>
      )}
      {problem !== "" && <p class="search-note search-problem">{problem}</p>}
      {hasMore && (
        <button type="button" class="link search-more" disabled={isLoading} onClick={loadMore}>
          {isLoading ? "Searching…" : "Earlier messages"}
        </button>
      )}
      {!isEmpty && !isComplete && !hasMore && (
        <p class="search-note">Not everything was searched. Look within one conversation.</p>
      )}
    </div>
  );
}

interface HitProps extends ResultsProps {
  readonly hit: SearchHit;
  readonly index: number;
}

function Hit({
  client,
  me,
  conversationId,
  hit,
  index,
  listId,
  active,
  onGo,
}: HitProps): JSX.Element {
  const element = useRef<HTMLLIElement>(null);
  const isActive = index === active;
  useEffect(() => {
    if (isActive) {
      element.current?.scrollIntoView({ block: "nearest" });
    }
  }, [isActive]);
  const nameOf = useNames();
  const sender = hit.senderId === me ? "You" : nameOf(hit.senderId);
  const isEverywhere = conversationId === undefined;
  const place: Place = isEverywhere
    ? placeOf(client, hit, nameOf)
    : { title: sender, isGroup: false, picture: "", peerId: hit.senderId };
  return (
    <li
      ref={element}
      id={`${listId}-${index}`}
      class="hit"
      role="option"
      aria-selected={isActive}
      onClick={() => {
        onGo(hit);
      }}
    >
      {place.peerId === "" ? (
        <Avatar name={place.title} picture={place.picture} isGroup={place.isGroup} />
      ) : (
        <PersonAvatar userId={place.peerId} />
      )}
      <span class="row-line">
        <span class="row-title">
          <bdi class="one-line">{place.title}</bdi>
        </span>
        <time class="row-when">{whenOf(hit.createdAtMs, Date.now())}</time>
      </span>
      <span class="hit-text" dir={directionOf(hit.snippet) ?? "auto"}>
        {isEverywhere && (
          <span class="hit-sender">
            <bdi>{sender}</bdi>:{" "}
          </span>
        )}
        {snippetParts(hit).map(({ text, isFound }, at) =>
          isFound ? <mark key={at}>{text}</mark> : text,
        )}
      </span>
    </li>
  );
}

/** Where something was found: a conversation, or with `peerId` what somebody said. */
interface Place {
  readonly title: string;
  readonly isGroup: boolean;
  readonly picture: string;
  readonly peerId: string;
}

/** What the conversation of a hit is called and looks like; it may stand in no list. */
function placeOf(client: TernClient, { conversationId }: SearchHit, nameOf: NameOf): Place {
  const { entries, archived } = client.inbox;
  const entry = [...entries, ...archived].find(
    (one) => one.conversation.conversationId === conversationId,
  );
  const details = entry?.conversation ?? client.conversation(conversationId).state.details;
  return {
    title: titleOf(details, entry?.peerId ?? "", nameOf) || "A hidden conversation",
    isGroup: details !== undefined && details.kind !== "direct",
    picture: details?.imageUrl ?? "",
    peerId: entry?.peerId ?? "",
  };
}
