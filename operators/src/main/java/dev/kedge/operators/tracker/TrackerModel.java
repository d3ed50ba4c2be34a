// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker;

import dev.kedge.operators.stream.Agenda;
import dev.kedge.operators.stream.Command;
import dev.kedge.operators.stream.Contract;
import dev.kedge.operators.stream.DeadLetter.Reason;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.LearningStep;
import dev.kedge.operators.stream.LiveModels;
import dev.kedge.operators.stream.MemoryFill;
import dev.kedge.operators.stream.Outlet;
import dev.kedge.operators.stream.SteppedModel;
import dev.kedge.operators.tracker.TrackerProgress.Counter;
import dev.kedge.operators.tracker.ctvis.Detection;
import dev.kedge.operators.tracker.ctvis.Track;
import dev.kedge.operators.tracker.ctvis.TrackedFrame;
import dev.kedge.operators.tracker.ctvis.TrackingModel;
import dev.kedge.operators.tracker.ctvis.VideoFrame;
import dev.kedge.operators.tracker.metrics.IdentityFigures;
import dev.kedge.state.bank.MemoryBank;
import dev.kedge.state.part.PartStore;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One live tracker. The frames of a stream are put in the order of their event times: each waits
 * until the stream's own clock, its newest event time, is {@code ordering.lateness} past it, and is
 * then tracked and learned from once. No timer and no watermark takes part. A stream that falls
 * silent keeps its last frames until one of three things: its next frame; a frame that is said to
 * be its last; events of the model's other streams that are {@code ordering.idle} past them.
 */
final class TrackerModel implements SteppedModel<StreamFrame, TrackerScore, TrackerMetrics> {
    private final String model;
    private final TrackerSettings settings;
    private final DropReasons reasons;
    private final Contract contract;
    private final TrackingModel tracking;
    private final FeedTable feeds;
    private final TrackerProgress progress;
    private final FrameOrder order;
    private final Agenda agenda = new Agenda();
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
        this.order = new FrameOrder(settings, feeds, tracking, progress, agenda, this::track);
        tracking.tune(progress.tuning().learning());
    }

    /** Everything that a model remembers. */
    record Remembered(
            Contract contract, TrackingModel tracking, FeedTable feeds, TrackerProgress progress) {}

    @Override
    public Optional<LearningStep> begin(
            Incoming<StreamFrame> incoming, Outlet<TrackerScore, TrackerMetrics> outlet) {
        TrackerTurn turn = new TrackerTurn(incoming, outlet, progress);
        StreamFrame event = incoming.event();
        if (turn.isAhead(event.at(), settings.ahead()) || !fits(turn)) {
            return Optional.empty();
        }
        progress.see(event.at());
        agenda.then(() -> order.take(turn));
        agenda.then(() -> order.releaseIdle(turn));
        agenda.then(() -> report(turn));
        return agenda.next();
    }

    @Override
    public Optional<LearningStep> proceed() {
        return agenda.next();
    }

    private void report(TrackerTurn turn) {
        if (progress.metricsAreDue(settings.evaluation().every().toMillis())) {
            turn.metrics(metrics());
        }
    }

    private boolean fits(TrackerTurn turn) {
        VideoFrame frame = turn.event().frame();
        int max = settings.bounds().detections();
        int length = settings.input().bytes();
        int count = frame.detections().size();
        if (frame.frame() < 0) {
            turn.reject(Reason.INVALID, "frame: %d, it must be at least 0", frame.frame());
            return false;
        }
        if (count > max) {
            String message = "detections: %d, bounds.detections allows %d";
            turn.reject(Reason.OVER_CAPACITY, message, count, max);
            return false;
        }
        for (int d = 0; d < count; d++) {
            byte[] input = frame.detections().get(d).input();
            if (input.length != length) {
                String message = "detections[%d]: %d bytes, the job's input has %d";
                turn.reject(Reason.INVALID, message, d, input.length, length);
                return false;
            }
            Optional<String> refusal = settings.input().refusal(input);
            if (refusal.isPresent()) {
                turn.reject(Reason.INVALID, "detections[%d]: %s", d, refusal.get());
                return false;
            }
        }
        return true;
    }

    private void track(Feed feed, VideoFrame frame, TrackerTurn turn) {
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
        turn.score(score(frame, tracked));
        if (!progress.tuning().paused() && tracking.learnsNow(feed.name())) {
            agenda.learn(() -> learn(feed.name(), frame.at()));
        }
    }

    private void learn(String stream, long at) {
        tracking.learn(stream).ifPresent(loss -> progress.learned(at, loss));
    }

    /** The frame as it may be learned from. */
    private VideoFrame learnable(VideoFrame frame) {
        if (!settings.evaluation().judgeOnly()) {
            return frame;
        }
        List<Detection> nameless =
                frame.detections().stream().map(one -> one.withIdentity("")).toList();
        return new VideoFrame(frame.stream(), frame.frame(), frame.at(), nameless);
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
        String stream = frame.stream();
        List<TrackerScore.Seen> seen = reasons.explain(frame, tracked);
        int size = tracked.bankSize();
        long version = tracked.modelVersion();
        long newest = progress.clock().newestLearned(frame.at());
        return new TrackerScore(
                model, stream, frame.frame(), frame.at(), seen, size, version, newest);
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
        TrackerMetrics.Identity agreement =
                new TrackerMetrics.Identity(
                        judged ? identity.f1() : Double.NaN,
                        judged ? identity.precision() : Double.NaN,
                        judged ? identity.recall() : Double.NaN,
                        hits == 0 ? Double.NaN : association / hits);
        long now = progress.clock().newest();
        long steps = tracking.steps();
        double loss = progress.meanLoss();
        int streams = feeds.size();
        TrackerMetrics.Counts counts = counts();
        long refused = tracking.refused();
        return new TrackerMetrics(
                model, now, steps, streams, instances, waiting, counts, agreement, loss, refused);
    }

    private TrackerMetrics.Counts counts() {
        return new TrackerMetrics.Counts(
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
                progress.counted(Counter.SWITCHES));
    }

    @Override
    public long learnedUntil() {
        return progress.clock().newestLearned(LiveModels.NO_TIME);
    }

    @Override
    public List<MemoryFill> memories() {
        long instances = 0;
        for (Feed feed : feeds.all()) {
            instances += tracking.bank(feed.name()).map(MemoryBank::size).orElse(0);
        }
        long room = (long) feeds.size() * settings.bank().instances();
        MemoryFill streams = new MemoryFill(feeds.size(), settings.bounds().streams());
        return List.of(new MemoryFill(instances, room), streams);
    }

    @Override
    public long stepsRefused() {
        return tracking.refused();
    }

    @Override
    public void obey(Command command) {
        switch (command.verb()) {
            case FORGET_STREAM -> order.forget(command.name());
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

    private void forgetBefore(long before) {
        for (Feed feed : feeds.all().toArray(new Feed[0])) {
            if (feed.newest() < before) {
                order.forget(feed.name());
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
