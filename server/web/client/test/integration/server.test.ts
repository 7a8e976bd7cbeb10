// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from "vitest";
import { goodbyeAfterEach, person, shows, textsOf, until, watched } from "./people.js";

describe("against a real server", () => {
  goodbyeAfterEach();

  it("aMessageTravelsAndItsTicksComeBack", async () => {
    const alice = await person("alice-1");
    const bob = await person("bob-1");
    const hers = watched(await alice.client.openDirect(bob.client.userId));
    hers.send("مرحبا 你好 👋🏽");
    await until(() => bob.client.inbox.badge === 1);

    const his = watched(bob.client.conversation(hers.conversationId));
    await shows(his, "مرحبا 你好 👋🏽");
    await until(() => hers.state.messages[0]?.tick === "delivered");
    his.markRead();

    await until(() => hers.state.messages[0]?.tick === "read");
    await until(() => bob.client.inbox.badge === 0);
  });

  it("whatWasSaidWhileAwayIsThereInOrderWithItsCount", async () => {
    const alice = await person("alice-2");
    const bob = await person("bob-2");
    const hers = watched(await alice.client.openDirect(bob.client.userId));
    hers.send("before");
    const his = watched(bob.client.conversation(hers.conversationId));
    await shows(his, "before");
    his.markRead();
    bob.client.disconnect();

    const texts = Array.from({ length: 30 }, (_, index) => `while away ${index}`);
    texts.forEach((text) => hers.send(text));
    await until(() => hers.state.messages.every(({ tick }) => tick !== "pending"));
    bob.client.connect();

    await shows(his, "before", ...texts);
    await until(() => bob.client.inbox.entries[0]?.unread === 30);
    expect(his.state.messages.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 31 }, (_, index) => index + 1),
    );
  });

  it("nothingIsLostOrDoubledWhileSocketsAreCut", async () => {
    const alice = await person("alice-3");
    const bob = await person("bob-3");
    const hers = watched(await alice.client.openDirect(bob.client.userId));
    const his = watched(bob.client.conversation(hers.conversationId));
    const texts = Array.from({ length: 60 }, (_, index) => String(index));

    for (const [index, text] of texts.entries()) {
      hers.send(text);
      if (index % 20 === 10) {
        await until(() => textsOf(his).length > index / 2);
        alice.cut();
        bob.cut();
      }
    }

    await shows(his, ...texts);
    await shows(hers, ...texts);
  }, 40_000);

  it("everybodySeesWhoComesAndGoes", async () => {
    const alice = await person("alice-4");
    const bob = await person("bob-4");
    const carol = await person("carol-4");
    const group = watched(await alice.client.createGroup("نزهة", [bob.client.userId]));
    const { conversationId } = group;
    const bobs = watched(bob.client.conversation(conversationId));
    await until(() => bobs.state.isLoaded && bobs.state.members.length === 2);

    await alice.client.addMembers(conversationId, [carol.client.userId]);
    await until(() => bobs.state.members.length === 3);
    await until(() => carol.client.inbox.entries[0]?.conversation.name === "نزهة");
    await alice.client.removeMembers(conversationId, [bob.client.userId]);
    await until(() => bobs.state.isGone && bob.client.inbox.entries.length === 0);
    await carol.client.leave(conversationId);

    await until(() => group.state.members.length === 1);
  });

  it("pagesOfHistoryReachTheFirstMessage", async () => {
    const alice = await person("alice-5");
    const bob = await person("bob-5");
    const hers = watched(await alice.client.openDirect(bob.client.userId));
    const texts = Array.from({ length: 130 }, (_, index) => String(index));
    texts.forEach((text) => hers.send(text));
    await until(() => hers.state.messages.every(({ tick }) => tick !== "pending"));

    const his = watched(bob.client.conversation(hers.conversationId));
    await until(() => his.state.isLoaded && !his.state.isBehind);
    expect(his.state.hasBefore).toBe(true);
    while (his.state.hasBefore) {
      await his.loadOlder();
    }

    expect(textsOf(his)).toEqual(texts);
  }, 60_000);

  it("typingIsSeenByTheOther", async () => {
    const alice = await person("alice-6");
    const bob = await person("bob-6");
    const hers = watched(await alice.client.openDirect(bob.client.userId));
    const his = watched(bob.client.conversation(hers.conversationId));
    await until(() => his.state.isLoaded);

    hers.setTyping(true);
    await until(() => his.state.typing.includes(alice.client.userId));
    hers.setTyping(false);

    await until(() => his.state.typing.length === 0);
  });

  it("aStrangerLearnsNothing", async () => {
    const alice = await person("alice-7");
    const mallory = await person("mallory-7");
    const hers = watched(await alice.client.createGroup("secret", []));
    hers.send("nobody else");

    const theirs = watched(mallory.client.conversation(hers.conversationId));
    await until(() => theirs.state.isGone);
    theirs.send("let me in");

    await until(() => theirs.state.messages[0]?.tick === "failed");
    expect(theirs.state.messages[0]?.error).toBe("NOT_FOUND");
    await expect(
      mallory.client.addMembers(hers.conversationId, [mallory.client.userId]),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
