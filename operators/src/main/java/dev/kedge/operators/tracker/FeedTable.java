// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker;

import dev.kedge.state.part.PartStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The feeds of a model by the names of their streams. The parts of a feed begin with the number of
 * the arrival that opened it, which is never given twice, so that no name of a stream can be
 * mistaken for another's. Not thread-safe.
 */
final class FeedTable {
    private static final String FEED = "feed/";

    private final TrackerSettings settings;
    private final SortedMap<String, Feed> feeds = new TreeMap<>();
    private final List<String> gone = new ArrayList<>();

    private FeedTable(TrackerSettings settings) {
        this.settings = settings;
    }

    /** Reads the feeds back. */
    static FeedTable restored(TrackerSettings settings, PartStore store) {
        FeedTable table = new FeedTable(settings);
        for (String part : store.names(FEED)) {
            if (Feed.isHead(part)) {
                Feed feed = Feed.restored(Feed.prefixOfHead(part), settings.evaluation(), store);
                table.feeds.put(feed.name(), feed);
            }
        }
        return table;
    }

    Optional<Feed> find(String stream) {
        return Optional.ofNullable(feeds.get(stream));
    }

    /** All feeds, by name. */
    Collection<Feed> all() {
        return Collections.unmodifiableCollection(feeds.values());
    }

    int size() {
        return feeds.size();
    }

    /** The feed that has to go before another can be opened; empty if there is room. */
    Optional<Feed> inTheWay() {
        if (feeds.size() < settings.bounds().streams()) {
            return Optional.empty();
        }
        Feed longest = feeds.get(feeds.firstKey());
        for (Feed feed : feeds.values()) {
            if (feed.lastArrival() < longest.lastArrival()) {
                longest = feed;
            }
        }
        return Optional.of(longest);
    }

    /** Opens the feed of a stream that has none. */
    Feed open(String stream, long arrival) {
        String prefix = "%s%016x/".formatted(FEED, arrival);
        Feed feed = new Feed(stream, prefix, new TrackJudge(prefix, settings.evaluation()));
        feeds.put(stream, feed);
        return feed;
    }

    void remove(String stream) {
        Feed feed = feeds.remove(stream);
        if (feed != null) {
            gone.add(feed.prefix());
        }
    }

    long bytes() {
        long sum = 0;
        for (Feed feed : feeds.values()) {
            sum += feed.bytes();
        }
        return sum;
    }

    void flush(PartStore store) {
        for (String prefix : gone) {
            for (String part : store.names(prefix)) {
                store.remove(part);
            }
        }
        gone.clear();
        for (Feed feed : feeds.values()) {
            feed.flush(store);
        }
    }
}
