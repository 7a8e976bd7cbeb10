// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/** Where this device can be pushed to. */
export type PushRegistration =
  | {
      readonly kind: "apns";
      /** Apple's device token, hexadecimal. */
      readonly token: string;
      /** The app's, such as "com.example.app". */
      readonly bundleId: string;
      /** For which of Apple's services the app was built. */
      readonly environment: "production" | "sandbox";
    }
  | {
      readonly kind: "fcmToken";
      /** Google's registration token. */
      readonly token: string;
    }
  | {
      readonly kind: "fcmInstallation";
      /** The Firebase installation id. */
      readonly installationId: string;
    }
  | {
      readonly kind: "webPush";
      /** What `PushSubscription.toJSON()` gives. */
      readonly subscription: WebPushSubscription;
    };

/** A browser's subscription, as `PushSubscription.toJSON()` gives it. */
export interface WebPushSubscription {
  readonly endpoint?: string;
  readonly keys?: Readonly<Record<string, string>>;
}

/** What a device tells of itself; what it leaves out is empty. */
export interface DeviceState {
  /** Left out: it stays as it was told before. */
  readonly registration?: PushRegistration;
  /** A language tag such as "de-AT". */
  readonly locale?: string;
  /** A name of the IANA time zone database such as "Europe/Vienna". */
  readonly timeZone?: string;
  /** The app's own, at most 64 characters. */
  readonly appVersion?: string;
}

/** What became of a push on this device. */
export interface PushReport {
  readonly conversationId: string;
  /** As the push says: of the newest message that it told of. */
  readonly sequence: number;
  readonly event: "received" | "opened";
}

/** A device as the server knows it; where it is pushed to is told to nobody. */
export interface Device {
  readonly deviceId: string;
  /** Through which service it is woken; "none": it is not. */
  readonly kind: PushRegistration["kind"] | "none" | "unknown";
  /** Of APNs; else empty. */
  readonly bundleId: string;
  /** Of APNs. */
  readonly environment?: "production" | "sandbox";
  readonly locale: string;
  readonly timeZone: string;
  readonly appVersion: string;
  /** When its registration was last told; 0: it has none. */
  readonly registeredAtMs: number;
  /** When it was last connected, give or take an hour. */
  readonly seenAtMs: number;
}
