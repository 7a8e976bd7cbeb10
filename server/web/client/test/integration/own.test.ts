// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from "vitest";
import { goodbyeAfterEach, person, shows, until, watched } from "./people.js";

describe("one's own list, search, forwards and buttons against a real server", () => {
  goodbyeAfterEach();

  it("aListIsArrangedAndADraftKeptForOneself", async () => {
    const alice = await person("alice-o1");
    const bob = await person("bob-o1");
    const hers = watched(await alice.client.openDirect(bob.client.userId));
    const his = watched(bob.client.conversation(hers.conversationId));
    hers.send("one");
    await shows(his, "one");
    const { conversationId } = his;
    const entry = () => bob.client.inbox.entries[0];

    await bob.client.list.pin(conversationId);
    await until(() => (entry()?.pinnedAtMs ?? 0) > 0);
    await bob.client.list.mute(conversationId);
    await until(() => (entry()?.mutedUntilMs ?? 0) > Date.now());
    await bob.client.list.wakeFor(conversationId, "none");
    await until(() => entry()?.pushLevel === "none");
    bob.client.drafts.write(conversationId, "well, ", 1);
    await until(() => entry()?.draft?.text === "well, ");
    await bob.client.list.archive(conversationId);
    await until(() => bob.client.inbox.archived.length === 1 && entry() === undefined);
    hers.send("two");
    await until(() => entry()?.conversation.conversationId === conversationId);
    await bob.client.list.hide(conversationId, { clearHistory: true });
    await until(() => his.state.messages.length === 0 && entry() === undefined);
    hers.send("three");

    await shows(his, "three");
    await shows(hers, "one", "two", "three");
    expect(his.state.hasBefore).toBe(false);
  });

  it("whatIsMarkedUnreadIsUnreadForOneselfAlone", async () => {
    const alice = await person("alice-o2");
    const bob = await person("bob-o2");
    const hers = watched(await alice.client.openDirect(bob.client.userId));
    const his = watched(bob.client.conversation(hers.conversationId));
    ["one", "two", "three"].forEach((text) => hers.send(text));
    await shows(his, "one", "two", "three");
    his.markRead();
    await until(() => hers.state.messages.every(({ tick }) => tick === "read"));
    await until(() => bob.client.inbox.entries.length === 1);

    await bob.client.list.markUnread(his.conversationId, 2);
    expect(bob.client.inbox.badge).toBe(2);
    expect(his.state.markers.get(bob.client.userId)?.read).toBe(1);
    expect(hers.state.messages.every(({ tick }) => tick === "read")).toBe(true);
    his.markRead();

    await until(() => bob.client.inbox.badge === 0);
  });

  it("aMessageIsFoundForwardedAndItsButtonPressed", async () => {
    const alice = await person("alice-o3");
    const bob = await person("bob-o3");
    const hers = watched(await alice.client.openDirect(bob.client.userId));
    const his = watched(bob.client.conversation(hers.conversationId));
    const button = { id: "yes", label: "Yes", value: "y", once: true };
    hers.send({ type: "card", title: "Kittiwake", text: "", imageUrl: "", buttons: [button] });
    await until(() => his.state.messages.length === 1);
    const { conversationId } = his;

    const heard: string[] = [];
    alice.client.on("press", ({ press }) => heard.push(`${press.userId} ${press.value}`));
    const first = await bob.client.buttons.press(conversationId, 1, "yes");
    expect(await bob.client.buttons.press(conversationId, 1, "yes")).toEqual(first);
    await until(() => heard.length > 0);
    expect(heard[0]).toBe(`${bob.client.userId} y`);
    expect((await alice.client.buttons.list(conversationId, 1)).presses).toEqual([first]);

    const notes = watched(await bob.client.createGroup("notes", []));
    const which = { conversationId, sequence: 1 };
    const [outcome] = await bob.client.forward(which, [notes.conversationId]);
    expect(outcome?.error).toBeUndefined();
    await until(() => notes.state.messages.at(-1)?.forwarded !== undefined);
    expect(notes.state.messages.at(-1)?.forwarded?.senderId).toBe(alice.client.userId);
    await expect
      .poll(async () => (await bob.client.search("kittiw")).hits.length, { timeout: 10_000 })
      .toBe(2);
    const { hits } = await bob.client.search("kittiwake", { conversationId });
    expect(hits).toMatchObject([{ sequence: 1, highlights: [{ start: 0, length: 9 }] }]);
  });
});
