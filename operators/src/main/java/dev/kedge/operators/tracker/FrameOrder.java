// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker;

import dev.kedge.operators.stream.Agenda;
import dev.kedge.operators.stream.DeadLetter.Reason;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.tracker.TrackerProgress.Counter;
import dev.kedge.operators.tracker.ctvis.TrackingModel;
import dev.kedge.operators.tracker.ctvis.VideoFrame;
import dev.kedge.state.settings.Durations;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Brings the frames of each stream into the order of their times before they are tracked: they wait
 * for earlier ones until these are too late, too many wait, the stream ends or falls silent. What
 * comes again is counted, what comes too late is refused.
 */
final class FrameOrder {
    private final TrackerSettings settings;
    private final FeedTable feeds;
    private final TrackingModel tracking;
    private final TrackerProgress progress;
    private final Agenda agenda;
    private final Next next;
    private final long lateness;

    /** What is done with a frame whose turn it is. */
    interface Next {
        /** Tracks a frame. */
        void track(Feed feed, VideoFrame frame, TrackerTurn turn);
    }

    FrameOrder(
            TrackerSettings settings,
            FeedTable feeds,
            TrackingModel tracking,
            TrackerProgress progress,
            Agenda agenda,
            Next next) {
        this.settings = settings;
        this.feeds = feeds;
        this.tracking = tracking;
        this.progress = progress;
        this.agenda = agenda;
        this.next = next;
        this.lateness = settings.ordering().lateness().toMillis();
    }

    /** Takes the frame of a turn, and tracks those that need not wait for others any more. */
    void take(TrackerTurn turn) {
        VideoFrame frame = turn.event().frame();
        Optional<Feed> known = feeds.find(frame.stream());
        if (known.isPresent() && isOld(known.get(), turn)) {
            return;
        }
        if (known.isEmpty()) {
            makeRoom(turn);
        }
        agenda.then(() -> enter(turn));
    }

    private void enter(TrackerTurn turn) {
        String stream = turn.event().frame().stream();
        Feed feed =
                feeds.find(stream).orElseGet(() -> feeds.open(stream, progress.clock().arrival()));
        feed.add(new WaitingFrame(progress.clock().arrival(), turn.incoming()));
        boolean all = turn.event().last();
        release(feed, all ? Long.MAX_VALUE : feed.newest() - lateness, turn);
        agenda.then(() -> releaseSurplus(feed, turn));
    }

    private void releaseSurplus(Feed feed, TrackerTurn turn) {
        if (feed.waiting() > settings.ordering().frames()) {
            releaseFirst(feed, turn);
            agenda.then(() -> releaseSurplus(feed, turn));
        }
    }

    /** Whether a frame of a known stream comes again or too late. */
    private boolean isOld(Feed feed, TrackerTurn turn) {
        VideoFrame frame = turn.event().frame();
        OptionalLong last = tracking.lastFrame(frame.stream());
        Optional<WaitingFrame> same = feed.waiting(frame.frame());
        boolean again =
                same.filter(one -> one.at() == frame.at()).isPresent()
                        || (last.equals(OptionalLong.of(frame.frame()))
                                && feed.lastAt() == frame.at());
        if (again) {
            progress.count(Counter.DUPLICATES);
            return true;
        }
        long closed = feed.closedUntil(lateness);
        if (frame.at() < closed) {
            Instant at = Instant.ofEpochMilli(frame.at());
            Instant until = Instant.ofEpochMilli(closed);
            String word = Durations.word(settings.ordering().lateness());
            String format =
                    "at: %s is before %s, up to which stream '%s' is tracked (ordering.lateness %s)";
            turn.reject(Reason.LATE, format, at, until, frame.stream(), word);
            return true;
        }
        if (same.isPresent()) {
            String format = "frame: %d of stream '%s' came already, with another time";
            turn.reject(Reason.INVALID, format, frame.frame(), frame.stream());
            return true;
        }
        return isBehind(turn.incoming(), last, turn);
    }

    private static boolean isBehind(
            Incoming<StreamFrame> incoming, OptionalLong last, TrackerTurn turn) {
        VideoFrame frame = incoming.event().frame();
        boolean behind = last.isPresent() && frame.frame() <= last.getAsLong();
        if (behind) {
            long number = frame.frame();
            long before = last.getAsLong();
            String format = "frame: %d of stream '%s' comes after frame %d";
            turn.reject(incoming, Reason.INVALID, format, number, frame.stream(), before);
        }
        return behind;
    }

    /** Lets the stream that was unseen for longest go, where there is no room for another. */
    private void makeRoom(TrackerTurn turn) {
        feeds.inTheWay()
                .ifPresent(
                        feed -> {
                            release(feed, Long.MAX_VALUE, turn);
                            agenda.then(() -> forget(feed.name()));
                        });
    }

    /** Tracks the frames of a stream that need not wait any more, one after another. */
    private void release(Feed feed, long until, TrackerTurn turn) {
        if (feed.first().filter(frame -> frame.at() <= until).isPresent()) {
            agenda.then(() -> releaseFirst(feed, turn));
            agenda.then(() -> release(feed, until, turn));
        }
    }

    /** Tracks the last frames of streams that fell silent, by the clock of the whole model. */
    void releaseIdle(TrackerTurn turn) {
        long idle = settings.ordering().idle().toMillis();
        if (idle > 0) {
            for (Feed feed : feeds.all()) {
                release(feed, progress.clock().newest() - idle, turn);
            }
        }
    }

    private void releaseFirst(Feed feed, TrackerTurn turn) {
        WaitingFrame waiting = feed.first().orElseThrow();
        feed.remove(waiting);
        // Where times and numbers disagree, times rule: whoever then goes back is refused.
        OptionalLong last = tracking.lastFrame(feed.name());
        if (!isBehind(waiting.incoming(), last, turn)) {
            next.track(feed, waiting.frame(), turn);
        }
    }

    /** Forgets a stream and all that was learned to follow it by. */
    void forget(String stream) {
        feeds.remove(stream);
        tracking.forgetStream(stream);
    }
}
