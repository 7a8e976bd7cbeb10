// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX, RefObject } from "preact";
import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Avatar } from "../ground/avatar.js";
import { usePlace } from "../ground/floating.js";
import { nextIndex } from "../ground/roving.js";
import { useNames } from "../people/peopleView.js";
import { PersonAvatar } from "../people/personAvatar.js";
import { EVERYONE, type MentionQuery, queryAt, suggestionsFor } from "./mentions.js";

/** UTF-16 units, of 3 bytes at most in UTF-8: the server's 16 KiB are never exceeded. */
const MOST_CODE_UNITS = 4_000;

interface WritingFieldProps {
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly value: string;
  readonly label: string;
  /** The id of what says more about it. */
  readonly describedBy?: string | undefined;
  readonly placeholder: string;
  /** Who can be mentioned. */
  readonly names: readonly string[];
  readonly onChange: (text: string) => void;
  /** Enter; Shift+Enter begins a line. */
  readonly onDone: () => void;
  readonly onEscape: () => void;
  /** The arrow up in an empty field. */
  readonly onUp?: () => void;
}

/** Where a message is written; an @ brings up who can be mentioned. */
export function WritingField(props: WritingFieldProps): JSX.Element {
  const { field, value, label, describedBy, placeholder, onChange } = props;
  const listId = useId();
  const completion = useCompletion(props);
  const { suggestions, active } = completion;
  const isOpen = suggestions.length > 0;
  return (
    <>
      <textarea
        ref={field}
        dir="auto"
        rows={1}
        value={value}
        maxLength={MOST_CODE_UNITS}
        placeholder={placeholder}
        aria-label={label}
        aria-describedby={describedBy}
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-controls={isOpen ? listId : undefined}
        aria-activedescendant={isOpen ? `${listId}-${active}` : undefined}
        onInput={(event) => {
          onChange(event.currentTarget.value);
          completion.look();
        }}
        onClick={completion.look}
        onBlur={completion.dismiss}
        onKeyDown={(event) => {
          // Enter also ends the input of a Chinese or Japanese word; that one does not send.
          if (!event.isComposing && !completion.takes(event.key)) {
            act(event, props);
          } else if (!event.isComposing) {
            event.preventDefault();
            event.stopPropagation();
          }
        }}
      />
      <p class="unseen" role="status">
        {isOpen && `${suggestions.length} to mention, choose by the arrow keys`}
      </p>
      {isOpen && (
        <Suggestions
          {...{ listId, suggestions, active }}
          anchor={field.current}
          onPick={completion.pick}
        />
      )}
    </>
  );
}

function act(event: KeyboardEvent, props: WritingFieldProps): void {
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    props.onDone();
  } else if (event.key === "Escape") {
    event.stopPropagation();
    props.onEscape();
  } else if (event.key === "ArrowUp" && props.value === "" && props.onUp !== undefined) {
    event.preventDefault();
    props.onUp();
  }
}

interface Completion {
  readonly suggestions: readonly string[];
  readonly active: number;
  /** Looks whether the caret stands behind an @. */
  readonly look: () => void;
  readonly dismiss: () => void;
  readonly pick: (name: string) => void;
  /** Whether a key was meant for the list. */
  readonly takes: (key: string) => boolean;
}

function useCompletion({ field, value, names, onChange }: WritingFieldProps): Completion {
  const [query, setQuery] = useState<MentionQuery | undefined>();
  const [active, setActive] = useState(0);
  const nameOf = useNames();
  const caret = useRef<number | undefined>(undefined);
  const suggestions = query === undefined ? [] : suggestionsFor(query.typed, names, nameOf);
  useLayoutEffect(() => {
    if (caret.current !== undefined) {
      field.current?.setSelectionRange(caret.current, caret.current);
      caret.current = undefined;
    }
  }, [field, value]);

  const look = (): void => {
    const { value: text = "", selectionEnd = 0 } = field.current ?? {};
    setQuery(queryAt(text, selectionEnd));
    setActive(0);
  };
  const dismiss = (): void => {
    setQuery(undefined);
  };
  const pick = (name: string): void => {
    if (query !== undefined) {
      const rest = value.slice(query.start + 1 + query.typed.length).replace(/^ /, "");
      const begin = `${value.slice(0, query.start)}@${name} `;
      caret.current = begin.length;
      onChange(begin + rest);
      dismiss();
    }
  };
  const takes = (key: string): boolean => {
    const chosen = suggestions[active];
    if (chosen === undefined) {
      return false;
    }
    if (key === "Enter" || key === "Tab") {
      pick(chosen);
    } else if (key === "Escape") {
      dismiss();
    } else if (key === "ArrowUp" || key === "ArrowDown") {
      setActive(nextIndex(key, active, suggestions.length) ?? 0);
    } else {
      return false;
    }
    return true;
  };
  return { suggestions, active, look, dismiss, pick, takes };
}

interface SuggestionsProps {
  readonly listId: string;
  readonly suggestions: readonly string[];
  readonly active: number;
  readonly anchor: HTMLElement | null;
  readonly onPick: (name: string) => void;
}

function Suggestions(props: SuggestionsProps): JSX.Element {
  const { listId, suggestions, active, anchor, onPick } = props;
  const nameOf = useNames();
  const list = useRef<HTMLUListElement>(null);
  usePlace(list, anchor);
  return (
    <ul
      ref={list}
      id={listId}
      class="floating suggestions"
      popover="manual"
      role="listbox"
      aria-label="Who to mention"
    >
      {suggestions.map((name, index) => (
        <li
          key={name}
          id={`${listId}-${index}`}
          role="option"
          aria-selected={index === active}
          // A press must not take the focus from the field.
          onPointerDown={(event) => {
            event.preventDefault();
            onPick(name);
          }}
        >
          {name === EVERYONE ? (
            <Avatar name={name} isGroup size="small" />
          ) : (
            <PersonAvatar userId={name} size="small" />
          )}
          <bdi>{nameOf(name)}</bdi>
          {nameOf(name) !== name && <bdi class="suggestion-id">{name}</bdi>}
        </li>
      ))}
    </ul>
  );
}
