// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.moderation;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tern.gateway.request.Drafts;
import tern.gateway.request.LimitsConfig;
import tern.gateway.socket.FrameCodec;
import tern.moderation.ModeratedContent;
import tern.moderation.rule.Legible;
import tern.v1.Button;
import tern.v1.Card;
import tern.v1.Content;
import tern.v1.Message;

/// A message as moderation reads it: the text of a text; title, text and labels of a card, what its
/// buttons say to the app, and where they lead; the strings in custom JSON and in the metadata.
/// Nothing of what is encrypted; the hook gets all of it.
record ContentView(Message message, LimitsConfig limits) implements ModeratedContent {
  private static final JsonFormat.Parser JSON = JsonFormat.parser().ignoringUnknownFields();

  /// What it holds beside its headers.
  Content content() {
    return message.getContent();
  }

  @Override
  public Legible legible() {
    List<String> names = new ArrayList<>(message.getMetadataMap().keySet());
    List<String> values = new ArrayList<>();
    if (content().hasCustom()) {
      JsonStrings json = JsonStrings.of(content().getCustom().getJson());
      names.add(content().getCustom().getType());
      names.addAll(json.keys());
      values.addAll(json.values());
    }
    content().getCard().getButtonsList().stream()
        .filter(Button::hasValue)
        .map(Button::getValue)
        .forEach(names::add);
    values.addAll(message.getMetadataMap().values());
    return new Legible(texts(), values, names, links());
  }

  @Override
  public List<String> said() {
    List<String> texts = texts();
    return texts.stream().allMatch(String::isBlank) ? List.of(json()) : texts;
  }

  private List<String> texts() {
    return switch (content().getContentCase()) {
      case TEXT -> List.of(content().getText().getText());
      case CARD -> {
        Card card = content().getCard();
        yield Stream.concat(
                Stream.of(card.getTitle(), card.getText()),
                card.getButtonsList().stream().map(Button::getLabel))
            .toList();
      }
      case ATTACHMENTS, CUSTOM, ENCRYPTED, SYSTEM, CONTENT_NOT_SET -> List.of();
    };
  }

  private List<String> links() {
    List<String> links = new ArrayList<>();
    if (content().hasCard()) {
      links.add(content().getCard().getImageUrl());
      content().getCard().getButtonsList().stream().map(Button::getUrl).forEach(links::add);
    }
    links.removeIf(String::isEmpty);
    return links;
  }

  @Override
  public ModeratedContent with(Legible masked) {
    Message.Builder changed = message.toBuilder();
    putTexts(changed.getContentBuilder(), masked.texts().iterator());
    Iterator<String> next = masked.values().iterator();
    if (content().hasCustom()) {
      JsonStrings json = JsonStrings.of(content().getCustom().getJson());
      List<String> others = json.values().stream().map(_ -> next.next()).toList();
      changed.getContentBuilder().getCustomBuilder().setJson(json.with(others));
    }
    // In the order in which they were read.
    message.getMetadataMap().keySet().forEach(key -> changed.putMetadata(key, next.next()));
    return new ContentView(changed.build(), limits);
  }

  private static void putTexts(Content.Builder changed, Iterator<String> next) {
    if (changed.hasText()) {
      changed.getTextBuilder().setText(next.next());
    } else if (changed.hasCard()) {
      Card.Builder card = changed.getCardBuilder().setTitle(next.next()).setText(next.next());
      card.getButtonsBuilderList().forEach(it -> it.setLabel(next.next()));
    }
  }

  @Override
  public boolean fits() {
    return Drafts.fits(content(), message.getMetadataMap(), limits);
  }

  @Override
  public String json() {
    return FrameCodec.json(content());
  }

  @Override
  public String headers() {
    return FrameCodec.json(message.toBuilder().clearContent().build());
  }

  @Override
  public Optional<ModeratedContent> replacedBy(String json) {
    Content.Builder other = Content.newBuilder();
    try {
      JSON.merge(json, other);
    } catch (InvalidProtocolBufferException _) {
      return Optional.empty();
    }
    return Drafts.isGood(other.build(), limits)
        ? Optional.of(new ContentView(message.toBuilder().setContent(other).build(), limits))
        : Optional.empty();
  }
}
