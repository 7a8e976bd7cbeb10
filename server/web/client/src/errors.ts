// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/**
 * A request that was not fulfilled. `code` is a name of the protocol's error table, or one of
 * this client's own: NOT_CONNECTED, CONNECTION_LOST, TIMEOUT, QUEUE_FULL, UNEXPECTED_ANSWER,
 * NO_TOKEN, CLIENT_FAILED.
 */
export class TernError extends Error {
  override readonly name = "TernError";
  readonly code: string;
  /** Whether the same request may succeed later, unchanged. */
  readonly mayRetry: boolean;
  /** How long to wait before that. */
  readonly retryAfterMs: number;

  constructor(code: string, message: string, mayRetry = false, retryAfterMs = 0) {
    super(message);
    this.code = code;
    this.mayRetry = mayRetry;
    this.retryAfterMs = retryAfterMs;
  }
}

/** Something was thrown here, by a listener of the app for one: it stands in `cause`. */
export function clientFailed(cause: unknown): TernError {
  const failed = new TernError("CLIENT_FAILED", "what came could not be taken in");
  failed.cause = cause;
  return failed;
}

/** Why moderation refused something: the one error whose words are meant for the person. */
export function reasonOf({ code, message }: TernError): { readonly reason?: string } {
  return code === "REFUSED_BY_MODERATION" ? { reason: message } : {};
}
