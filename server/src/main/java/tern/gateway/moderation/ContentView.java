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
import tern.v1.Button;
import tern.v1.Card;
import tern.v1.Content;
import tern.v1.Message;

/// Content as moderation reads it: the text of a text; title, text and labels of a card, and where
/// they lead. Nothing of what is encrypted or the app's own; the hook gets all of it.
///
/// @param message that holds it, or held other content before
record ContentView(Content content, Message message, LimitsConfig limits)
    implements ModeratedContent {
  private static final JsonFormat.Parser JSON = JsonFormat.parser().ignoringUnknownFields();

  @Override
  public List<String> texts() {
    return switch (content.getContentCase()) {
      case TEXT -> List.of(content.getText().getText());
      case CARD -> {
        Card card = content.getCard();
        yield Stream.concat(
                Stream.of(card.getTitle(), card.getText()),
                card.getButtonsList().stream().map(Button::getLabel))
            .toList();
      }
      case ATTACHMENTS, CUSTOM, ENCRYPTED, SYSTEM, CONTENT_NOT_SET -> List.of();
    };
  }

  @Override
  public List<String> links() {
    List<String> links = new ArrayList<>();
    if (content.hasCard()) {
      links.add(content.getCard().getImageUrl());
      content.getCard().getButtonsList().stream().map(Button::getUrl).forEach(links::add);
    }
    links.removeIf(String::isEmpty);
    return links;
  }

  @Override
  public ModeratedContent with(List<String> texts) {
    Content.Builder changed = content.toBuilder();
    Iterator<String> next = texts.iterator();
    if (content.hasText()) {
      changed.getTextBuilder().setText(next.next());
    } else if (content.hasCard()) {
      Card.Builder card = changed.getCardBuilder().setTitle(next.next()).setText(next.next());
      card.getButtonsBuilderList().forEach(it -> it.setLabel(next.next()));
    }
    return new ContentView(changed.build(), message, limits);
  }

  @Override
  public String json() {
    return FrameCodec.json(content);
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
        ? Optional.of(new ContentView(other.build(), message, limits))
        : Optional.empty();
  }
}
