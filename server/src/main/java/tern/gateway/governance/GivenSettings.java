// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.governance;

import java.util.Optional;
import tern.conversation.SettingsChange;
import tern.conversation.rules.RulesChange;
import tern.gateway.request.Contents;
import tern.gateway.request.Drafts;
import tern.gateway.request.FromWire;
import tern.gateway.request.LimitsConfig;
import tern.v1.CreateGroup;
import tern.v1.CreateOpen;
import tern.v1.UpdateConversation;

/// What clients want a conversation's settings to be, from its founding on or later: the same
/// settings within the same bounds. Throws [tern.gateway.request.RequestRefused] for what is beyond
/// them.
public final class GivenSettings {
  private static final int MAX_NAME = 128;

  private GivenSettings() {}

  /// What is to be changed.
  public static SettingsChange of(UpdateConversation it, LimitsConfig limits) {
    return new SettingsChange(
        it.hasName()
            ? Optional.of(FromWire.bounded("name", it.getName(), 1, MAX_NAME))
            : Optional.empty(),
        it.hasImageUrl()
            ? Optional.of(Contents.imageUrl("image_url", it.getImageUrl()))
            : Optional.empty(),
        it.hasMetadata()
            ? Optional.of(Drafts.metadata(it.getMetadata().getEntriesMap(), limits))
            : Optional.empty(),
        rules(it),
        it.hasJoinableByKey() ? Optional.of(it.getJoinableByKey()) : Optional.empty(),
        it.hasWatchersPost() ? Optional.of(it.getWatchersPost()) : Optional.empty());
  }

  private static RulesChange rules(UpdateConversation it) {
    return new RulesChange(
        FromWire.roleIfAny(it.getPostRole()),
        FromWire.roleIfAny(it.getAddRole()),
        FromWire.roleIfAny(it.getSettingsRole()),
        FromWire.roleIfAny(it.getPinRole()),
        FromWire.roleIfAny(it.getRemoveRole()),
        FromWire.roleIfAny(it.getDeleteRole()),
        it.hasFrozen() ? Optional.of(it.getFrozen()) : Optional.empty(),
        it.hasSlowModeSeconds()
            ? Optional.of(FromWire.slowMode(it.getSlowModeSeconds()))
            : Optional.empty());
  }

  /// What a new group begins with; its name is there.
  public static SettingsChange of(CreateGroup it, LimitsConfig limits) {
    return of(
        UpdateConversation.newBuilder()
            .setName(it.getName())
            .setImageUrl(it.getImageUrl())
            .setMetadata(it.getMetadata())
            .setPostRoleValue(it.getPostRoleValue())
            .setAddRoleValue(it.getAddRoleValue())
            .setSettingsRoleValue(it.getSettingsRoleValue())
            .setPinRoleValue(it.getPinRoleValue())
            .setRemoveRoleValue(it.getRemoveRoleValue())
            .setDeleteRoleValue(it.getDeleteRoleValue())
            .setFrozen(it.getFrozen())
            .setSlowModeSeconds(it.getSlowModeSeconds())
            .setJoinableByKey(it.getJoinableByKey())
            .build(),
        limits);
  }

  /// What a new OPEN conversation begins with; its name is there.
  public static SettingsChange of(CreateOpen it, LimitsConfig limits) {
    return of(
        UpdateConversation.newBuilder()
            .setName(it.getName())
            .setImageUrl(it.getImageUrl())
            .setMetadata(it.getMetadata())
            .setPostRoleValue(it.getPostRoleValue())
            .setAddRoleValue(it.getAddRoleValue())
            .setSettingsRoleValue(it.getSettingsRoleValue())
            .setPinRoleValue(it.getPinRoleValue())
            .setRemoveRoleValue(it.getRemoveRoleValue())
            .setDeleteRoleValue(it.getDeleteRoleValue())
            .setFrozen(it.getFrozen())
            .setSlowModeSeconds(it.getSlowModeSeconds())
            .build(),
        limits);
  }
}
