// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker;

import dev.kedge.operators.stream.StreamParts;
import dev.kedge.state.part.PartStore;
import java.util.Collection;
import java.util.Optional;

/**
 * The feeds of a model by the names of their streams. The number of a feed's prefix is that of the
 * arrival that opened it. Not thread-safe.
 */
final class FeedTable {
    private final TrackerSettings settings;
    private final StreamParts<Feed> feeds = new StreamParts<>("feed/");

    private FeedTable(TrackerSettings settings) {
        this.settings = settings;
    }

    /** Reads the feeds back. */
    static FeedTable restored(TrackerSettings settings, PartStore store) {
        FeedTable table = new FeedTable(settings);
        for (String prefix : table.feeds.prefixes(store)) {
            table.feeds.add(Feed.restored(prefix, settings.evaluation(), store));
        }
        return table;
    }

    Optional<Feed> find(String stream) {
        return feeds.find(stream);
    }

    /** All feeds, by name. */
    Collection<Feed> all() {
        return feeds.all();
    }

    int size() {
        return feeds.size();
    }

    /** The feed that has to go before another can be opened; empty if there is room. */
    Optional<Feed> inTheWay() {
        return feeds.size() < settings.bounds().streams()
                ? Optional.empty()
                : Optional.of(feeds.longestUnseen());
    }

    /** Opens the feed of a stream that has none. */
    Feed open(String stream, long arrival) {
        String prefix = feeds.prefix(arrival);
        Feed feed = new Feed(stream, prefix, new TrackJudge(prefix, settings.evaluation()));
        feeds.add(feed);
        return feed;
    }

    void remove(String stream) {
        feeds.remove(stream);
    }

    long bytes() {
        return feeds.bytes();
    }

    void flush(PartStore store) {
        feeds.flush(store);
    }
}
