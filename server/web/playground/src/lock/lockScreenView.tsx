// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { useAnnouncement } from "../ground/announcement.js";
import { countOf, timeOf } from "../ground/format.js";
import { useClock } from "../ground/hooks.js";
import { Bird, Icon } from "../ground/icons.js";
import { useEffect, useRef } from "preact/hooks";
import type { DemoDevice } from "./demoDevice.js";
import type { Banner } from "./lockScreen.js";

const TODAY = new Intl.DateTimeFormat(undefined, {
  weekday: "long",
  day: "numeric",
  month: "long",
});

interface LockScreenProps {
  readonly device: DemoDevice;
  /** Opens the conversation at the banner's message. */
  readonly onOpen: (banner: Banner) => void;
}

/** What the locked device shows: the time, a banner for each conversation, the badge. */
export function LockScreenView({ device, onOpen }: LockScreenProps): JSX.Element {
  const { banners, badge } = device.screen;
  const said = useToldAloud(device);
  return (
    <section class={`lock lock-${device.mode}`} aria-label={`Lock screen of the ${lower(device)}`}>
      <Time />
      {banners.length === 0 ? (
        <p class="lock-empty">Nothing on the lock screen</p>
      ) : (
        <ul class="lock-banners">
          {banners.map((banner) => (
            <li key={banner.conversationId}>
              <BannerView
                {...{ banner, onOpen }}
                onDismiss={() => {
                  device.dismiss(banner);
                }}
              />
            </li>
          ))}
        </ul>
      )}
      <div class="lock-app">
        <Bird />
        {badge > 0 && (
          <span class="lock-badge">
            {countOf(badge)}
            <span class="unseen"> on the app’s icon</span>
          </span>
        )}
      </div>
      {said}
    </section>
  );
}

function Time(): JSX.Element {
  const now = useClock(true);
  return (
    <p class="lock-time">
      <time>{timeOf(now)}</time>
      <span>{TODAY.format(now)}</span>
    </p>
  );
}

interface BannerProps {
  readonly banner: Banner;
  readonly onOpen: (banner: Banner) => void;
  readonly onDismiss: () => void;
}

function BannerView({ banner, onOpen, onDismiss }: BannerProps): JSX.Element {
  const { title, text, atMs, rings, isUrgent, sequence } = banner;
  return (
    <div
      // Another element at each ring, so that it rings again.
      key={rings}
      class={`lock-banner${isUrgent ? " lock-banner-urgent" : ""}`}
      data-sequence={sequence}
    >
      <button
        type="button"
        class="lock-banner-open"
        onClick={() => {
          onOpen(banner);
        }}
      >
        <span class="lock-banner-app">
          <Bird />
          <span>{isUrgent ? "Tern · urgent" : "Tern"}</span>
          <time>{timeOf(atMs)}</time>
        </span>
        <strong dir="auto">{title}</strong>
        <span class="lock-banner-text" dir="auto">
          {text}
        </span>
      </button>
      <button type="button" class="lock-banner-away" aria-label="Swipe away" onClick={onDismiss}>
        <Icon name="close" />
      </button>
    </div>
  );
}

/** Reads out what rings. */
function useToldAloud({ screen, name }: DemoDevice): JSX.Element {
  const [said, say] = useAnnouncement();
  const newest = screen.banners[0];
  const told = useRef(newest);
  useEffect(() => {
    const isNew = newest !== undefined && newest.atMs !== told.current?.atMs;
    told.current = newest;
    if (isNew) {
      say(`${name}: ${newest.title}. ${newest.text}`);
    }
  }, [newest, name, say]);
  return said;
}

function lower({ name }: DemoDevice): string {
  return name.toLowerCase();
}
