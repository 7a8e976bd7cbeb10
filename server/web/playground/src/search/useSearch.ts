// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { useEffect, useState } from "preact/hooks";
import { type SearchHit, type SearchPage, type TernClient, TernError } from "@tern/client";
import { problemOf } from "../ground/wording.js";

const TYPING_MS = 250;
/** Pages may hold nothing though more follow: as many are read at once. */
const MOST_EMPTY_PAGES = 5;

/** What is known of a search. */
export interface Found {
  readonly query: string;
  readonly hits: readonly SearchHit[];
  readonly isLoading: boolean;
  /** Whether older ones may follow. */
  readonly hasMore: boolean;
  /** Whether everything was looked at. */
  readonly isComplete: boolean;
  /** Why there is no answer; empty when there is. */
  readonly problem: string;
  readonly loadMore: () => void;
}

/** What is known, and where more is to be read. */
export type State = Omit<Found, "loadMore"> & { readonly nextPage: string };

/** Before anything was searched for. */
export const NOTHING: State = {
  query: "",
  hits: [],
  isLoading: false,
  hasMore: false,
  isComplete: true,
  problem: "",
  nextPage: "",
};

/** What is asked for; a new object for each question, so that older answers are known as such. */
export interface Question {
  readonly query: string;
  readonly page: string;
}

/** Searches while one types; only the answer to what was typed last counts. */
export function useSearch(client: TernClient, typed: string, conversationId: string): Found {
  const [state, setState] = useState<State>(NOTHING);
  const [question, ask] = useState<Question | undefined>();
  // A space at the end means that the last word is whole.
  const query = typed.trim() === "" ? "" : typed.trimStart();

  useEffect(() => {
    ask(undefined);
    setState((before) => (query === "" ? NOTHING : { ...before, isLoading: true }));
    const timer = setTimeout(() => {
      ask(query === "" ? undefined : { query, page: "" });
    }, TYPING_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [client, query, conversationId]);
  useEffect(() => {
    let isWanted = question !== undefined;
    if (question !== undefined) {
      void answerTo(client, question, conversationId).then((answer) => {
        if (isWanted) {
          setState((before) => withAnswer(before, question, answer));
        }
      });
    }
    return () => {
      isWanted = false;
    };
  }, [client, question, conversationId]);

  const loadMore = (): void => {
    setState((before) => ({ ...before, isLoading: true, problem: "" }));
    ask({ query: state.query, page: state.nextPage });
  };
  return { ...state, loadMore };
}

/** What is known after an answer, which is a page or, in words, why there is none. */
export function withAnswer(
  before: State,
  { query, page }: Question,
  answer: SearchPage | string,
): State {
  if (typeof answer === "string") {
    // What is known stays, and the same page can be asked for once more.
    const kept = page === "" ? { ...NOTHING, query } : before;
    return { ...kept, isLoading: false, problem: answer };
  }
  const { hits, nextPage, isComplete } = answer;
  const known = page === "" ? [] : before.hits;
  return {
    ...{ query, nextPage, isComplete, isLoading: false, problem: "" },
    hits: [...known, ...hits],
    hasMore: nextPage !== "",
  };
}

/** A page, or in words why there is none. */
async function answerTo(
  client: TernClient,
  { query, page }: Question,
  conversationId: string,
): Promise<SearchPage | string> {
  try {
    return await pageWithHits(client, query, conversationId, page);
  } catch (error) {
    return wordsFor(error);
  }
}

async function pageWithHits(
  client: TernClient,
  query: string,
  conversationId: string,
  first: string,
): Promise<SearchPage> {
  let page = await client.search(query, { conversationId, page: first });
  for (let pages = 1; page.hits.length === 0 && page.nextPage !== ""; pages++) {
    if (pages >= MOST_EMPTY_PAGES) {
      break;
    }
    page = await client.search(query, { conversationId, page: page.nextPage });
  }
  return page;
}

function wordsFor(error: unknown): string {
  const code = error instanceof TernError ? error.code : "UNKNOWN";
  return code === "INVALID_ARGUMENT"
    ? "That can’t be searched for: write one to 16 words."
    : problemOf(code);
}
