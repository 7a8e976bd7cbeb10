// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.search;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import tern.search.SearchHit;
import tern.search.SearchPage;
import tern.search.Snippet;
import tern.v1.Attachment;
import tern.v1.Attachments;
import tern.v1.Content;
import tern.v1.Highlight;
import tern.v1.Message;

/// What of a message is searched, and how it is told. Holds no state.
public final class SearchTexts {
  private SearchTexts() {}

  /// The texts in an encoded body that people read; see [tern.search.SearchableText].
  public static List<String> of(ByteString body) {
    try {
      return texts(Message.parseFrom(body).getContent());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a stored body does not decode", e);
    }
  }

  private static List<String> texts(Content content) {
    return switch (content.getContentCase()) {
      case TEXT -> List.of(content.getText().getText());
      case CARD -> List.of(content.getCard().getTitle(), content.getCard().getText());
      case ATTACHMENTS -> texts(content.getAttachments());
      case CUSTOM, ENCRYPTED, SYSTEM, CONTENT_NOT_SET -> List.of();
    };
  }

  private static List<String> texts(Attachments attachments) {
    List<String> texts = new ArrayList<>(List.of(attachments.getCaption()));
    attachments.getAttachmentsList().stream().map(Attachment::getName).forEach(texts::add);
    return texts;
  }

  static tern.v1.SearchPage page(SearchPage page) {
    return tern.v1.SearchPage.newBuilder()
        .addAllHits(page.hits().stream().map(SearchTexts::hit).toList())
        .setNextPage(page.nextPage())
        .setComplete(page.complete())
        .build();
  }

  private static tern.v1.SearchHit hit(SearchHit it) {
    return tern.v1.SearchHit.newBuilder()
        .setConversationId(it.conversation().toString())
        .setSequence(it.sequence())
        .setSenderId(it.sender().value())
        .setCreatedAtMs(it.createdAt().toEpochMilli())
        .setSnippet(it.snippet().text())
        .addAllHighlights(it.snippet().highlights().stream().map(SearchTexts::highlight).toList())
        .build();
  }

  private static Highlight highlight(Snippet.Range it) {
    return Highlight.newBuilder().setStart(it.start()).setLength(it.length()).build();
  }
}
