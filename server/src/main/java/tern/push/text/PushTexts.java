// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.text;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/// Puts into words what a push tells, in the language of the device. Pure, and safe from any
/// thread.
public final class PushTexts {
  private static final String FALLBACK = "en";
  private static final List<String> SHIPPED =
      List.of(
          "en", "de", "fr", "es", "it", "pt", "pt-PT", "nl", "pl", "ru", "tr", "ar", "ja", "zh",
          "zh-Hant");
  private static final String FILE = ".properties";
  private static final int MAX_TAG = 35;

  // Above, the count is no longer told: what counts stops there.
  private static final int MOST_COUNTED = 999;
  private static final int MAX_SENDER = 64;
  private static final int MAX_NAME = 150;
  private static final int MAX_QUOTE = 700;

  private static final Set<String> RIGHT_TO_LEFT =
      Set.of("ar", "he", "fa", "ur", "ps", "sd", "ug", "yi", "dv", "ckb");
  private static final Set<String> TRADITIONAL_CHINESE = Set.of("TW", "HK", "MO");

  private final Map<String, Templates> byTag;

  private PushTexts(Map<String, Templates> byTag) {
    this.byTag = Map.copyOf(byTag);
  }

  /// With the texts that Tern brings along.
  public static PushTexts shipped() {
    return new PushTexts(shippedByTag());
  }

  private static Map<String, Templates> shippedByTag() {
    Map<String, Templates> byTag = new HashMap<>();
    SHIPPED.forEach(tag -> byTag.put(tag, Templates.shipped(tag)));
    return byTag;
  }

  /// With an app's own texts before Tern's: files such as `de.properties` or `pt-PT.properties`,
  /// each with those keys that it wants otherwise. Blocks while it reads.
  ///
  /// Throws [IllegalArgumentException] that names the file, what is wrong in it, and what was
  /// expected.
  ///
  /// @param folder empty: Tern's own alone
  public static PushTexts of(String folder) {
    if (folder.isEmpty()) {
      return shipped();
    }
    Map<String, Templates> byTag = shippedByTag();
    List<String> own = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of(folder))) {
      for (Path file : files.filter(it -> it.toString().endsWith(FILE)).toList()) {
        String tag = tag(file);
        own.add(tag);
        byTag.merge(tag, read(tag, file), (shipped, ours) -> ours.over(shipped));
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "push.templates: " + folder + " (expected: a folder that can be read)", e);
    }
    PushTexts texts = new PushTexts(byTag);
    own.forEach(texts::demandWhole);
    return texts;
  }

  // A banner in two languages would be none.
  private void demandWhole(String tag) {
    missing(tag)
        .ifPresent(
            line -> {
              throw new IllegalArgumentException(
                  "push.templates: %s.properties: no %s".formatted(tag, line)
                      + " (expected: every key, for Tern lacks this language)");
            });
  }

  private static String tag(Path file) {
    String name = Objects.requireNonNull(file.getFileName()).toString();
    String tag = name.substring(0, name.length() - FILE.length());
    if (tag.isEmpty() || !Locale.forLanguageTag(tag).toLanguageTag().equals(tag)) {
      throw new IllegalArgumentException(
          "push.templates: " + name + " (expected: a language tag such as de.properties)");
    }
    return tag;
  }

  private static Templates read(String tag, Path file) {
    try (Reader reader = Files.newBufferedReader(file)) {
      return Templates.read(tag, reader, "push.templates: " + file.getFileName());
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "push.templates: " + file.getFileName() + " (expected: a text file in UTF-8)", e);
    }
  }

  /// What a banner about one conversation says.
  ///
  /// @param language of the device (BCP 47), such as `de-AT`; any other text: English
  public PushText of(String language, ContentLevel level, Happening happening) {
    Voice voice = voice(language);
    if (level == ContentLevel.NONE || happening.gist() instanceof Gist.Sealed) {
      return new PushText("", voice.count(Key.NEW, happening.unread()));
    }
    String sender = Clean.line(happening.sender(), MAX_SENDER);
    String group = happening.isGroup() ? Clean.line(happening.conversation(), MAX_NAME) : "";
    return level == ContentLevel.SENDER
        ? who(voice, happening, sender, group)
        : what(voice, happening, sender, group);
  }

  /// What a banner about several conversations says: it names none.
  ///
  /// @param messages unread ones, at least 1
  /// @param conversations that they are in, at least 1
  public PushText summary(String language, int messages, int conversations) {
    Voice voice = voice(language);
    Map<String, String> parts =
        Map.of(
            "messages", voice.count(Key.NEW, messages),
            "conversations", voice.count(Key.IN, conversations));
    return new PushText("", voice.say(Key.SUMMARY, parts));
  }

  private static PushText who(Voice voice, Happening happening, String sender, String group) {
    String counted = voice.count(Key.NEW, happening.unread());
    if (sender.isEmpty()) {
      return new PushText(group, counted);
    }
    Map<String, String> by = Map.of("sender", voice.isolated(sender));
    if (happening.isGroup() && happening.mentionsYou()) {
      return new PushText(group, voice.say(Key.MENTION, by));
    }
    if (group.isEmpty()) {
      return new PushText(sender, counted);
    }
    return new PushText(group, happening.unread() == 1 ? voice.say(Key.FROM, by) : counted);
  }

  private static PushText what(Voice voice, Happening happening, String sender, String group) {
    String said = gist(voice, happening.gist(), PushText.MAX_TEXT);
    if (said.isEmpty()) {
      return who(voice, happening, sender, group);
    }
    String title = several(voice, group.isEmpty() ? sender : group, happening.unread());
    if (sender.isEmpty() || !happening.isGroup()) {
      return new PushText(title, said);
    }
    Map<String, String> parts =
        Map.of(
            "sender",
            voice.isolated(sender),
            "text",
            voice.isolated(gist(voice, happening.gist(), MAX_QUOTE)));
    if (happening.mentionsYou()) {
      return new PushText(title, voice.say(Key.MENTION_TEXT, parts));
    }
    return new PushText(title, group.isEmpty() ? said : voice.say(Key.SAID, parts));
  }

  private static String several(Voice voice, String name, int unread) {
    if (unread == 1 || name.isEmpty()) {
      return name;
    }
    return voice.say(
        Key.SEVERAL, Map.of("name", voice.isolated(name), "count", Voice.shown(unread)));
  }

  private static String gist(Voice voice, Gist gist, int max) {
    return switch (gist) {
      case Gist.Words(String text) -> Clean.line(text, max);
      case Gist.Files files -> {
        String caption = Clean.line(files.caption(), max);
        yield caption.isEmpty() ? files(voice, files) : caption;
      }
      case Gist.Unspoken() -> "";
      case Gist.Sealed() -> "";
    };
  }

  private static String files(Voice voice, Gist.Files files) {
    int count = files.count();
    if (count == 0) {
      return "";
    }
    if (files.photos() == count) {
      return voice.count(Key.PHOTO, count);
    }
    if (files.videos() == count) {
      return voice.count(Key.VIDEO, count);
    }
    if (files.audios() == count) {
      return voice.count(Key.AUDIO, count);
    }
    return voice.count(files.files() == count ? Key.FILE : Key.ATTACHMENT, count);
  }

  // From the closest language to the farthest, which has everything.
  private record Voice(List<Templates> chain, boolean isLeftToRight) {
    String say(Key key, Map<String, String> values) {
      return first(it -> it.say(key, values));
    }

    String count(Key key, int count) {
      return first(it -> it.count(key, count, shown(count)));
    }

    String isolated(String text) {
      return Clean.isolated(text, isLeftToRight);
    }

    static String shown(int count) {
      return count > MOST_COUNTED ? MOST_COUNTED + "+" : Integer.toString(count);
    }

    private String first(Function<Templates, Optional<String>> said) {
      return chain.stream().map(said).flatMap(Optional::stream).findFirst().orElseThrow();
    }
  }

  private Voice voice(String language) {
    Locale locale = Locale.forLanguageTag(language.length() > MAX_TAG ? "" : language);
    List<Templates> chain = chain(locale);
    boolean isKnown = !chain.isEmpty();
    chain.add(Objects.requireNonNull(byTag.get(FALLBACK)));
    return new Voice(chain, !isKnown || !RIGHT_TO_LEFT.contains(locale.getLanguage()));
  }

  private List<Templates> chain(Locale locale) {
    List<Templates> chain = new ArrayList<>();
    for (String tag : tags(locale)) {
      Optional.ofNullable(byTag.get(tag)).ifPresent(chain::add);
    }
    return chain;
  }

  private static List<String> tags(Locale locale) {
    String language = locale.getLanguage();
    String region = locale.getCountry();
    String script =
        locale.getScript().isEmpty() && language.equals("zh") && isTraditional(region)
            ? "Hant"
            : locale.getScript();
    return List.of(
        language + "-" + script + "-" + region,
        language + "-" + region,
        language + "-" + script,
        language);
  }

  private static boolean isTraditional(String region) {
    return TRADITIONAL_CHINESE.contains(region);
  }

  /// A line that is missing in this language, so that its banners would be in English in part.
  private Optional<String> missing(String tag) {
    return chain(Locale.forLanguageTag(tag)).stream()
        .reduce((closest, next) -> closest.over(next))
        .flatMap(Templates::missing);
  }

  /// The same, of those that Tern brings along; empty, unless a release is broken.
  Optional<String> missing() {
    return SHIPPED.stream().map(this::missing).flatMap(Optional::stream).findFirst();
  }
}
