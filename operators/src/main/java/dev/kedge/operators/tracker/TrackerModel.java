// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker;

import dev.kedge.operators.stream.Command;
import dev.kedge.operators.stream.Contract;
import dev.kedge.operators.stream.DeadLetter;
import dev.kedge.operators.stream.DeadLetter.Reason;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.LiveModel;
import dev.kedge.operators.stream.Outlet;
import dev.kedge.operators.tracker.TrackerProgress.Counter;
import dev.kedge.operators.tracker.ctvis.Track;
import dev.kedge.operators.tracker.ctvis.TrackedFrame;
import dev.kedge.operators.tracker.ctvis.TrackingModel;
import dev.kedge.operators.tracker.ctvis.VideoFrame;
import dev.kedge.operators.tracker.metrics.IdentityFigures;
import dev.kedge.state.bank.MemoryBank;
import dev.kedge.state.part.PartStore;
import dev.kedge.state.settings.Durations;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One live tracker. The frames of a stream are put in the order of their event times: each waits
 * until the stream's own clock, its newest event time, is {@code ordering.lateness} past it, and is
 * then tracked and learned from once. No timer and no watermark takes part. A stream that falls
 * silent keeps its last frames until one of three things: its next frame; a frame that is said to
 * be its last; events of the model's other streams that are {@code ordering.idle} past them.
 */
final class TrackerModel implements LiveModel<StreamFrame, TrackerScore, TrackerMetrics> {
    private final String model;
    private final TrackerSettings settings;
    private final DropReasons reasons;
    private final Contract contract;
    private final TrackingModel tracking;
    private final FeedTable feeds;
    private final TrackerProgress progress;
    private final long lateness;
    private long[] present = {};

    TrackerModel(
            String model, TrackerSettings settings, DropReasons reasons, Remembered remembered) {
        this.model = model;
        this.settings = settings;
        this.reasons = reasons;
        this.contract = remembered.contract();
        this.tracking = remembered.tracking();
        this.feeds = remembered.feeds();
        this.progress = remembered.progress();
        this.lateness = settings.ordering().lateness().toMillis();
        tracking.tune(progress.tuning().learning());
    }

    /** Everything that a model remembers. */
    record Remembered(
            Contract contract, TrackingModel tracking, FeedTable feeds, TrackerProgress progress) {}

    @Override
    public void process(
            Incoming<StreamFrame> incoming, Outlet<TrackerScore, TrackerMetrics> outlet) {
        StreamFrame event = incoming.event();
        if (incoming.isAhead(event.at(), settings.ahead())) {
            reject(incoming.refusedAsAhead(event.at(), settings.ahead()), outlet);
            return;
        }
        if (!fits(incoming, outlet)) {
            return;
        }
        progress.see(event.at());
        take(incoming, outlet);
        releaseIdle(outlet);
        if (progress.clock().metricsAreDue(settings.evaluation().every().toMillis())) {
            outlet.metrics(metrics());
        }
    }

    private boolean fits(
            Incoming<StreamFrame> incoming, Outlet<TrackerScore, TrackerMetrics> outlet) {
        VideoFrame frame = incoming.event().frame();
        int most = settings.bounds().detections();
        if (frame.frame() < 0) {
            reject(
                    incoming,
                    outlet,
                    Reason.INVALID,
                    String.format(Locale.ROOT, "frame: %d, it must be at least 0", frame.frame()));
            return false;
        }
        if (frame.detections().size() > most) {
            reject(
                    incoming,
                    outlet,
                    Reason.OVER_CAPACITY,
                    String.format(
                            Locale.ROOT,
                            "detections: %d, bounds.detections allows %d",
                            frame.detections().size(),
                            most));
            return false;
        }
        int length = settings.input().bytes();
        for (int d = 0; d < frame.detections().size(); d++) {
            int given = frame.detections().get(d).input().length;
            if (given != length) {
                reject(
                        incoming,
                        outlet,
                        Reason.INVALID,
                        String.format(
                                Locale.ROOT,
                                "detections[%d]: %d bytes, the job's input has %d",
                                d,
                                given,
                                length));
                return false;
            }
            Optional<String> refusal = settings.input().refusal(frame.detections().get(d).input());
            if (refusal.isPresent()) {
                reject(
                        incoming,
                        outlet,
                        Reason.INVALID,
                        String.format(Locale.ROOT, "detections[%d]: %s", d, refusal.get()));
                return false;
            }
        }
        return true;
    }

    private void take(Incoming<StreamFrame> incoming, Outlet<TrackerScore, TrackerMetrics> outlet) {
        VideoFrame frame = incoming.event().frame();
        Optional<Feed> known = feeds.find(frame.stream());
        if (known.isPresent() && isOld(known.get(), incoming, outlet)) {
            return;
        }
        Feed feed = known.orElseGet(() -> open(frame.stream(), outlet));
        feed.add(new WaitingFrame(progress.clock().arrival(), incoming));
        boolean all = incoming.event().last();
        release(feed, all ? Long.MAX_VALUE : feed.newest() - lateness, outlet);
        while (feed.waiting() > settings.ordering().frames()) {
            releaseFirst(feed, outlet);
        }
    }

    /** Whether a frame of a known stream comes again or too late. */
    private boolean isOld(
            Feed feed,
            Incoming<StreamFrame> incoming,
            Outlet<TrackerScore, TrackerMetrics> outlet) {
        VideoFrame frame = incoming.event().frame();
        OptionalLong last = tracking.lastFrame(frame.stream());
        Optional<WaitingFrame> same = feed.waiting(frame.frame());
        boolean again =
                same.filter(one -> one.at() == frame.at()).isPresent()
                        || (last.equals(OptionalLong.of(frame.frame()))
                                && feed.lastAt() == frame.at());
        if (again) {
            progress.count(Counter.DUPLICATES, 1);
            return true;
        }
        long closed = feed.closedUntil(lateness);
        if (frame.at() < closed) {
            reject(
                    incoming,
                    outlet,
                    Reason.LATE,
                    String.format(
                            Locale.ROOT,
                            "at: %s is before %s, up to which stream '%s' is tracked (ordering.lateness %s)",
                            Instant.ofEpochMilli(frame.at()),
                            Instant.ofEpochMilli(closed),
                            frame.stream(),
                            Durations.word(settings.ordering().lateness())));
            return true;
        }
        if (same.isPresent()) {
            reject(
                    incoming,
                    outlet,
                    Reason.INVALID,
                    String.format(
                            Locale.ROOT,
                            "frame: %d of stream '%s' came already, with another time",
                            frame.frame(),
                            frame.stream()));
            return true;
        }
        return isBehind(incoming, last, outlet);
    }

    private boolean isBehind(
            Incoming<StreamFrame> incoming,
            OptionalLong last,
            Outlet<TrackerScore, TrackerMetrics> outlet) {
        VideoFrame frame = incoming.event().frame();
        boolean behind = last.isPresent() && frame.frame() <= last.getAsLong();
        if (behind) {
            reject(
                    incoming,
                    outlet,
                    Reason.INVALID,
                    String.format(
                            Locale.ROOT,
                            "frame: %d of stream '%s' comes after frame %d",
                            frame.frame(),
                            frame.stream(),
                            last.getAsLong()));
        }
        return behind;
    }

    private Feed open(String stream, Outlet<TrackerScore, TrackerMetrics> outlet) {
        feeds.inTheWay()
                .ifPresent(
                        feed -> {
                            release(feed, Long.MAX_VALUE, outlet);
                            forget(feed.name());
                        });
        return feeds.open(stream, progress.clock().arrival());
    }

    /** Tracks the frames of a stream that need not wait any more. */
    private void release(Feed feed, long until, Outlet<TrackerScore, TrackerMetrics> outlet) {
        while (feed.first().filter(frame -> frame.at() <= until).isPresent()) {
            releaseFirst(feed, outlet);
        }
    }

    /** Tracks the last frames of streams that fell silent, by the clock of the whole model. */
    private void releaseIdle(Outlet<TrackerScore, TrackerMetrics> outlet) {
        long idle = settings.ordering().idle().toMillis();
        if (idle > 0) {
            for (Feed feed : feeds.all()) {
                release(feed, progress.clock().newest() - idle, outlet);
            }
        }
    }

    private void releaseFirst(Feed feed, Outlet<TrackerScore, TrackerMetrics> outlet) {
        WaitingFrame waiting = feed.first().orElseThrow();
        feed.remove(waiting);
        // Where times and numbers disagree, times rule: whoever then goes back is refused.
        OptionalLong last = tracking.lastFrame(feed.name());
        if (!isBehind(waiting.incoming(), last, outlet)) {
            track(feed, waiting, outlet);
        }
    }

    private void track(
            Feed feed, WaitingFrame waiting, Outlet<TrackerScore, TrackerMetrics> outlet) {
        VideoFrame frame = waiting.frame();
        Optional<MemoryBank> before = tracking.bank(feed.name());
        int sizeBefore = before.map(MemoryBank::size).orElse(0);
        long evictedBefore = before.map(MemoryBank::evicted).orElse(0L);
        int count = notePresent(before, tracking.lastFrame(feed.name()));
        TrackedFrame tracked = tracking.track(learnable(frame));
        feed.tracked(frame.frame(), frame.at());
        int births = 0;
        for (Track track : tracked.tracks()) {
            births += track.isNew() ? 1 : 0;
            if (track.dropped()) {
                progress.count(Counter.DROPPED, 1);
            } else if (!track.isNew() && Arrays.binarySearch(present, 0, count, track.id()) < 0) {
                progress.count(Counter.REIDENTIFIED, 1);
            }
        }
        long evicted =
                tracking.bank(feed.name()).map(MemoryBank::evicted).orElse(0L) - evictedBefore;
        progress.count(Counter.FRAMES, 1);
        progress.count(Counter.DETECTIONS, tracked.tracks().size());
        progress.count(Counter.BIRTHS, births);
        progress.count(Counter.EVICTED, evicted);
        progress.count(Counter.DEATHS, sizeBefore + births - evicted - tracked.bankSize());
        TrackJudge.Verdict verdict = feed.judge().judge(frame, tracked.tracks());
        progress.count(Counter.JUDGED, verdict.judged());
        progress.count(Counter.SWITCHES, verdict.switches());
        outlet.score(score(frame, tracked));
        if (!progress.tuning().paused()) {
            tracking.learn(feed.name()).ifPresent(loss -> progress.learned(frame.at(), loss));
        }
    }

    /** The frame as it may be learned from. */
    private VideoFrame learnable(VideoFrame frame) {
        if (!settings.evaluation().judgeOnly()) {
            return frame;
        }
        return new VideoFrame(
                frame.stream(),
                frame.frame(),
                frame.at(),
                frame.detections().stream().map(one -> one.withIdentity("")).toList());
    }

    /**
     * Notes who was in the frame before, sorted.
     *
     * @return how many
     */
    private int notePresent(Optional<MemoryBank> known, OptionalLong last) {
        int count = 0;
        if (known.isPresent() && last.isPresent()) {
            MemoryBank bank = known.get();
            if (present.length < bank.size()) {
                present = new long[2 * bank.size()];
            }
            for (int place = 0; place < bank.size(); place++) {
                if (bank.get(place).lastFrame() == last.getAsLong()) {
                    present[count++] = bank.get(place).id();
                }
            }
        }
        return count;
    }

    private TrackerScore score(VideoFrame frame, TrackedFrame tracked) {
        return new TrackerScore(
                model,
                frame.stream(),
                frame.frame(),
                frame.at(),
                reasons.explain(frame, tracked),
                tracked.bankSize(),
                tracked.modelVersion(),
                progress.clock().newestLearned(frame.at()));
    }

    private void reject(
            Incoming<StreamFrame> incoming,
            Outlet<TrackerScore, TrackerMetrics> outlet,
            Reason reason,
            String message) {
        reject(incoming.refused(reason, message), outlet);
    }

    private void reject(DeadLetter letter, Outlet<TrackerScore, TrackerMetrics> outlet) {
        progress.count(Counter.DEAD_LETTERS, 1);
        outlet.reject(letter);
    }

    private TrackerMetrics metrics() {
        long instances = 0;
        long waiting = 0;
        int right = 0;
        int missed = 0;
        int wrong = 0;
        int hits = 0;
        double association = 0;
        for (Feed feed : feeds.all()) {
            instances += tracking.bank(feed.name()).map(MemoryBank::size).orElse(0);
            waiting += feed.waiting();
            TrackJudge.Figures figures = feed.judge().figures();
            right += figures.identity().truePositives();
            missed += figures.identity().falseNegatives();
            wrong += figures.identity().falsePositives();
            hits += figures.hits();
            association += figures.hits() * figures.association();
        }
        IdentityFigures identity = new IdentityFigures(right, missed, wrong);
        boolean judged = right + missed + wrong > 0;
        return new TrackerMetrics(
                model,
                progress.clock().newest(),
                tracking.steps(),
                feeds.size(),
                instances,
                waiting,
                new TrackerMetrics.Counts(
                        progress.counted(Counter.FRAMES),
                        progress.counted(Counter.DETECTIONS),
                        progress.counted(Counter.DROPPED),
                        progress.counted(Counter.BIRTHS),
                        progress.counted(Counter.DEATHS),
                        progress.counted(Counter.EVICTED),
                        progress.counted(Counter.REIDENTIFIED),
                        progress.counted(Counter.DUPLICATES),
                        progress.counted(Counter.DEAD_LETTERS),
                        progress.counted(Counter.JUDGED),
                        progress.counted(Counter.SWITCHES)),
                new TrackerMetrics.Identity(
                        judged ? identity.f1() : Double.NaN,
                        judged ? identity.precision() : Double.NaN,
                        judged ? identity.recall() : Double.NaN,
                        hits == 0 ? Double.NaN : association / hits),
                progress.meanLoss(),
                tracking.refused());
    }

    @Override
    public long stepsRefused() {
        return tracking.refused();
    }

    @Override
    public void obey(Command command) {
        switch (command.verb()) {
            case FORGET_STREAM -> forget(command.name());
            case FORGET_TRACK ->
                    tracking.forgetInstances(
                            command.name(), entry -> entry.id() == (long) command.value());
            case FORGET_BEFORE -> forgetBefore(command.before());
            default -> {
                progress.tune(progress.tuning().after(command));
                tracking.tune(progress.tuning().learning());
            }
        }
    }

    private void forget(String stream) {
        feeds.remove(stream);
        tracking.forgetStream(stream);
    }

    private void forgetBefore(long before) {
        for (Feed feed : feeds.all().toArray(new Feed[0])) {
            if (feed.newest() < before) {
                forget(feed.name());
            } else {
                feed.drop(waiting -> waiting.at() < before);
                feed.judge().forgetBefore(before);
                long first = feed.times().firstSince(before);
                tracking.forgetInstances(feed.name(), entry -> entry.lastFrame() < first);
            }
        }
    }

    @Override
    public long bytes() {
        return 4096 + tracking.bytes() + feeds.bytes();
    }

    @Override
    public void flush(PartStore store) {
        contract.flush(store);
        tracking.flush(store);
        feeds.flush(store);
        progress.flush(store);
    }
}
