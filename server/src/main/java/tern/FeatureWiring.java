// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern;

import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import java.util.function.BiConsumer;
import tern.conversation.Conversations;
import tern.conversation.Member;
import tern.conversation.MemberLists;
import tern.conversation.OpenConversation;
import tern.conversation.invitation.Invitations;
import tern.conversation.rules.Bans;
import tern.conversation.rules.Eraser;
import tern.delivery.Delivery;
import tern.delivery.DeviceMarks;
import tern.delivery.Settler;
import tern.delivery.TypingHints;
import tern.device.DeviceExpiry;
import tern.device.Devices;
import tern.erasure.UserEraser;
import tern.gateway.News;
import tern.gateway.governance.SystemContents;
import tern.gateway.people.PeopleNews;
import tern.gateway.people.PeopleRequests;
import tern.gateway.people.RedactedBodies;
import tern.gateway.people.ReportRequests;
import tern.gateway.quote.WireQuotes;
import tern.gateway.request.Features;
import tern.gateway.search.SearchRequests;
import tern.gateway.search.SearchTexts;
import tern.gateway.watch.WatchNews;
import tern.health.Meters;
import tern.message.Announcer;
import tern.message.history.CatchUp;
import tern.message.history.EditHistory;
import tern.message.history.History;
import tern.message.inbox.Inbox;
import tern.message.inbox.InboxUpdates;
import tern.message.inbox.Shelf;
import tern.message.intake.MessageIntake;
import tern.message.intake.MeteredIntake;
import tern.message.press.Presses;
import tern.message.quote.Quotes;
import tern.moderation.Moderation;
import tern.presence.LocalPresence;
import tern.presence.Whereabouts;
import tern.push.CommittedMessage;
import tern.push.Pushes;
import tern.receipt.ReceiptNews;
import tern.receipt.Receipts;
import tern.retention.Retention;
import tern.search.Search;
import tern.search.SearchIndex;
import tern.session.Sessions;
import tern.store.Database;
import tern.store.Store;
import tern.user.Choices;
import tern.user.Profiles;
import tern.user.Relations;
import tern.user.Silence;
import tern.user.report.Reports;
import tern.watch.Doors;
import tern.watch.Usher;
import tern.watch.WatchList;
import tern.watch.Watchers;

/// What clients can ask for, wired in the order of a message's way.
final class FeatureWiring {
  // Until several nodes share a store.
  private static final int NODE = 1;

  private final TernConfig config;
  private final Store store;
  private final Database database;
  private final Meters meters;
  private final Sessions sessions;
  private final PushWiring pushWiring;
  private final Parts parts;
  private final Features.Open open;
  private final Delivery delivery;
  private final News news = new News();

  /// @param parts takes what must end
  FeatureWiring(
      TernConfig config,
      Store store,
      Meters meters,
      Sessions sessions,
      PushWiring pushWiring,
      Parts parts) {
    this.config = config;
    this.store = store;
    this.database = store.database();
    this.meters = meters;
    this.sessions = sessions;
    this.pushWiring = pushWiring;
    this.parts = parts;
    this.open = open();
    this.delivery = new Delivery(sessions, open.watchers());
  }

  /// Makes them all, and begins what works by itself.
  Features features() {
    MemberLists lists = new MemberLists(database);
    Inbox inbox = new Inbox(database, store.epoch());
    InboxUpdates inboxUpdates =
        parts.keep(new InboxUpdates(inbox, sessions, delivery, news::inboxUpdate).start());
    Whereabouts whereabouts =
        new Whereabouts(sessions, config.push().timings().unknown(), pushWiring.clock());
    Pushes pushes =
        parts.keep(
            pushWiring.pushes(database, NODE, whereabouts, inbox, meters.registry()).start());
    DeviceMarks marks = parts.keep(new DeviceMarks(database, pushes::acknowledged));
    Receipts receipts = receipts(lists, inboxUpdates, pushes);
    Settler settler =
        parts.keep(new Settler(database, NODE, receipts::sent, settling(pushes, marks)));
    Announcer announcer =
        new Announcer(database, lists, delivery, news, settler, inboxUpdates::changed);
    MessageIntake intake = parts.keep(intake(announcer));
    settler.start(announcer::announceAgain, searchIndex()::isIndexed);
    parts.keep(new Eraser(database, NODE).start());
    parts.keep(new Retention(database, config.limits().retention()).start());
    parts.keep(new UserEraser(database, intake, RedactedBodies::without).start());
    Shelf shelf = new Shelf(database, inbox, inboxUpdates::changed, lists::forget);
    Silence silence = new Silence(database);
    Quotes quotes = new Quotes(WireQuotes::repliedTo);
    return new Features(
        intake,
        new Conversations(database, it -> appeared(it, inboxUpdates)),
        new CatchUp(database, store.epoch(), config.catchUp(), quotes),
        new History(database, quotes),
        new EditHistory(database),
        inbox,
        receipts,
        new TypingHints(lists, delivery, silence::deafTo, Clock.systemUTC()),
        people(silence, inboxUpdates, whereabouts, marks),
        personal(shelf),
        search(),
        parts.keep(Moderation.open(database, config.moderation(), meters.registry())));
  }

  // What settling costs is the difference to a node without. Only loadtest starts such a node: it
  // marks the data folder of each of its own, which it deletes in the end.
  private BiConsumer<List<CommittedMessage>, Runnable> settling(Pushes pushes, DeviceMarks marks) {
    if ("off".equals(System.getProperty("tern.loadtest.settling"))
        && Files.exists(config.dataFolder().resolve("loadtest"))) {
      return (_, settled) -> settled.run();
    }
    marks.start();
    return pushes::settle;
  }

  private Receipts receipts(MemberLists lists, InboxUpdates inboxUpdates, Pushes pushes) {
    ReceiptNews receiptNews = new ReceiptNews(lists, delivery, news::receipt);
    return parts.keep(
        new Receipts(
                database,
                receiptNews,
                (conversation, users) -> {
                  inboxUpdates.changed(conversation, users);
                  pushes.read(conversation, users);
                })
            .start());
  }

  private MessageIntake intake(Announcer announcer) {
    return new MessageIntake(
        database,
        NODE,
        config.intake(),
        config.limits().editWindow(),
        SystemContents::body,
        announcer,
        new MeteredIntake(meters.registry()));
  }

  private Features.People people(
      Silence silence, InboxUpdates inboxUpdates, Whereabouts whereabouts, DeviceMarks marks) {
    Profiles profiles = new Profiles(database);
    LocalPresence presence =
        parts.keep(
            new LocalPresence(
                    database,
                    sessions,
                    config.gateway().maxWatched(),
                    Clock.systemUTC(),
                    PeopleNews::presence)
                .start());
    PeopleRequests requests =
        new PeopleRequests(
            profiles,
            new Relations(database, silence),
            new Choices(database),
            presence,
            new PeopleNews(delivery, inboxUpdates::changed, profiles, presence),
            new ReportRequests(new Reports(database)),
            config.limits());
    return new Features.People(
        new Bans(database), presence, whereabouts, marks, devices(), requests::answer);
  }

  private Devices devices() {
    Devices devices = new Devices(database);
    parts.keep(
        new DeviceExpiry(devices, config.push().forgetDevicesAfter(), Clock.systemUTC()).start());
    return devices;
  }

  private SearchIndex searchIndex() {
    return parts.keep(new SearchIndex(database, NODE, SearchTexts::of).start());
  }

  private SearchRequests search() {
    return new SearchRequests(
        new Search(database, SearchTexts::of, config.search()), config.search());
  }

  private Features.Personal personal(Shelf shelf) {
    return new Features.Personal(
        shelf,
        new Presses(
            database, (sender, it) -> delivery.tell(List.of(sender), _ -> true, news.pressed(it))),
        new Invitations(database),
        parts.keep(pushWiring.reports(meters.registry()).start()),
        open);
  }

  private Features.Open open() {
    Watchers watchers = new Watchers(config.open(), new WatchNews());
    Doors doors = new Doors(database);
    parts.keep(new Usher(watchers, doors).start());
    return new Features.Open(watchers, doors, new WatchList(database), config.open());
  }

  private static void appeared(OpenConversation it, InboxUpdates inboxUpdates) {
    inboxUpdates.changed(it.conversation().id(), it.members().stream().map(Member::user).toList());
  }
}
