// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/** What was pushed to a device, as `/demo/lock-screen` tells it. */
export interface DemoPush {
  readonly address: string;
  /** Empty: about several. */
  readonly conversationId: string;
  readonly sequence: number;
  /** All that is unread, absolute. */
  readonly badge: number;
  /** Takes the banner away. */
  readonly clear?: boolean;
  readonly title?: string;
  readonly text?: string;
  /** Else it takes the last one's place without a sound. */
  readonly audible?: boolean;
  readonly urgent?: boolean;
}

type Take = (push: DemoPush) => void;

/** Reads what is pushed to all devices on the page, by one stream: browsers open few to a host. */
class PushStream {
  readonly #takers = new Map<string, Take>();
  #source: EventSource | undefined;
  #isDue = false;

  /** Calls `take` at each push to this address until the returned function is called. */
  watch(address: string, take: Take): () => void {
    this.#takers.set(address, take);
    this.#reopenSoon();
    return () => {
      if (this.#takers.get(address) === take) {
        this.#takers.delete(address);
        this.#reopenSoon();
      }
    };
  }

  #reopenSoon(): void {
    if (!this.#isDue) {
      this.#isDue = true;
      queueMicrotask(() => {
        this.#isDue = false;
        this.#reopen();
      });
    }
  }

  #reopen(): void {
    const before = this.#source;
    this.#source = undefined;
    const addresses = [...this.#takers.keys()];
    if (addresses.length === 0) {
      before?.close();
      return;
    }
    const query = addresses.map((address) => `address=${encodeURIComponent(address)}`).join("&");
    const source = new EventSource(`/demo/lock-screen?${query}`);
    // The last one goes on until this one is there, so that nothing falls between the two.
    source.onopen = () => before?.close();
    source.onmessage = ({ data }: MessageEvent<string>) => {
      const push = JSON.parse(data) as DemoPush;
      this.#takers.get(push.address)?.(push);
    };
    this.#source = source;
  }
}

export const pushStream = new PushStream();
