// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.tracker;

import dev.kedge.jobs.ads.board.Newest;
import dev.kedge.jobs.feed.OutputFeed;
import dev.kedge.jobs.page.DeadLetterCounts;
import dev.kedge.jobs.page.Throughput;
import dev.kedge.operators.tracker.StreamFrame;
import dev.kedge.operators.tracker.TrackerMetrics;
import dev.kedge.operators.tracker.TrackerScore;
import dev.kedge.operators.tracker.TrackerScore.Seen;
import dev.kedge.operators.tracker.ctvis.Detection;
import dev.kedge.operators.tracker.ctvis.VideoFrame;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The newest that is known of each tracker, in memory: metrics over time, the newest frame of each
 * stream with its tracks, the instances seen last, their pictures. What is delivered again changes
 * nothing. Thread-safe; everything is bounded.
 */
public final class TrackerBoard implements OutputFeed.Listener<TrackerScore, TrackerMetrics> {
    static final int MAX_POINTS = 600;
    static final int MAX_MODELS = 1000;
    static final int MAX_STREAMS = 64;
    static final int MAX_PICTURES = 256;
    static final int MAX_INSTANCES = 512;

    private record Stream(String model, String stream) {}

    private record FrameKey(String model, String stream, long frame) {}

    private record TrackKey(String model, String stream, long track) {}

    /**
     * A frame as it was tracked.
     *
     * @param score what was said of it
     * @param picture what came in; empty where it is not known
     */
    record Scene(TrackerScore score, Optional<VideoFrame> picture) {}

    /**
     * An instance when it was last seen.
     *
     * @param stream its stream
     * @param frame the frame
     * @param seen what was said of it
     * @param detection what came in; empty where it is not known
     */
    record Instance(String stream, long frame, Seen seen, Optional<Detection> detection) {}

    /**
     * The board in a few numbers.
     *
     * @param revision grows with each change
     * @param framesPerSecond over the last ten seconds
     * @param models newest metrics of each model, by name
     * @param names all models that have scored or reported, by name
     * @param deadLetters refused records by reason
     */
    record Summary(
            long revision,
            double framesPerSecond,
            List<TrackerMetrics> models,
            List<String> names,
            SortedMap<String, Long> deadLetters) {}

    private final Clock clock;
    private final Throughput throughput;
    private final SortedMap<String, Standing> points = new TreeMap<>();
    private final SortedMap<String, RivalTable> rivals = new TreeMap<>();
    private final Map<Stream, Scene> scenes = new LinkedHashMap<>();
    private final Map<FrameKey, VideoFrame> pictures = new LinkedHashMap<>();
    private final Map<TrackKey, Instance> instances = new LinkedHashMap<>();
    private final DeadLetterCounts deadLetters = new DeadLetterCounts();
    private Optional<Instant> lastScored = Optional.empty();
    private long detections;
    private long revision;

    /** An empty board. */
    public TrackerBoard(Clock clock) {
        this.clock = clock;
        throughput = new Throughput(clock);
    }

    @Override
    public synchronized void score(TrackerScore score) {
        Stream stream = new Stream(score.model(), score.stream());
        Optional<Scene> known = Optional.ofNullable(scenes.get(stream));
        if (known.filter(scene -> scene.score().frame() >= score.frame()).isPresent()) {
            return;
        }
        Optional<VideoFrame> picture =
                Optional.ofNullable(
                                pictures.remove(
                                        new FrameKey(score.model(), score.stream(), score.frame())))
                        .filter(frame -> frame.detections().size() == score.detections().size());
        scenes.remove(stream);
        scenes.put(stream, new Scene(score, picture));
        Newest.keep(scenes, MAX_STREAMS);
        for (int d = 0; d < score.detections().size(); d++) {
            note(score, d, picture);
        }
        detections += score.detections().size();
        standing(score.model());
        lastScored = Optional.of(clock.instant());
        throughput.mark();
        revision++;
    }

    private void note(TrackerScore score, int d, Optional<VideoFrame> picture) {
        Seen seen = score.detections().get(d);
        if (seen.dropped().isEmpty()) {
            TrackKey key = new TrackKey(score.model(), score.stream(), seen.track());
            // Whoever was seen last comes last, so that the longest unseen leaves first.
            instances.remove(key);
            Optional<Detection> shown = picture.map(frame -> frame.detections().get(d));
            instances.put(key, new Instance(score.stream(), score.frame(), seen, shown));
            Newest.keep(instances, MAX_INSTANCES);
        }
    }

    @Override
    public synchronized void metrics(TrackerMetrics metrics) {
        if (standing(metrics.model()).take(metrics)) {
            revision++;
        }
    }

    /** What a tracker that learns nothing reached on the same frames. */
    synchronized void rival(RivalKind kind, double threshold, TrackerMetrics metrics) {
        if (!rivals.containsKey(metrics.model()) && rivals.size() == MAX_MODELS) {
            rivals.remove(rivals.firstKey());
        }
        rivals.computeIfAbsent(metrics.model(), name -> new RivalTable())
                .take(kind, threshold, metrics);
    }

    private Standing standing(String model) {
        if (!points.containsKey(model) && points.size() == MAX_MODELS) {
            points.remove(points.firstKey());
        }
        return points.computeIfAbsent(model, name -> new Standing(MAX_POINTS));
    }

    @Override
    public synchronized void deadLetter(String reason) {
        deadLetters.count(reason);
        revision++;
    }

    /** Keeps what a frame looks like until it is scored. */
    public synchronized void picture(StreamFrame event) {
        VideoFrame frame = event.frame();
        pictures.put(new FrameKey(event.model(), frame.stream(), frame.frame()), frame);
        Newest.keep(pictures, MAX_PICTURES);
    }

    synchronized Summary summary() {
        return new Summary(
                revision,
                throughput.perSecond(),
                newest(),
                List.copyOf(points.keySet()),
                deadLetters.byReason());
    }

    /** When the newest score came, by the wall clock. */
    synchronized Optional<Instant> lastScored() {
        return lastScored;
    }

    /** Newest metrics of each model, by name. */
    public synchronized List<TrackerMetrics> newest() {
        return points.values().stream().flatMap(one -> one.newest().stream()).toList();
    }

    /** Detections of all frames that were scored. */
    public synchronized long detections() {
        return detections;
    }

    /** Metrics of a model, the newest last. */
    synchronized List<TrackerMetrics> history(String model, int most) {
        List<TrackerMetrics> all =
                Optional.ofNullable(points.get(model)).map(Standing::points).orElse(List.of());
        return all.subList(Math.max(0, all.size() - most), all.size());
    }

    /** Mean of the IDF1 of all of a model's metrics; not a number without any. */
    synchronized double meanIdf1(String model) {
        return Optional.ofNullable(points.get(model)).map(Standing::meanIdf1).orElse(Double.NaN);
    }

    /** How a model's rivals do, each at the threshold that served it best; empty without any. */
    synchronized List<RivalTable.Row> rivals(String model) {
        return Optional.ofNullable(rivals.get(model)).map(RivalTable::best).orElse(List.of());
    }

    /** The newest frame of each stream of a model, by name. */
    synchronized List<Scene> scenes(String model) {
        return scenes.values().stream()
                .filter(scene -> scene.score().model().equals(model))
                .sorted(Comparator.comparing(scene -> scene.score().stream()))
                .toList();
    }

    /** The instances of a model that were seen last, the newest first. */
    synchronized List<Instance> instances(String model, int most) {
        return instances.entrySet().stream()
                .filter(entry -> entry.getKey().model().equals(model))
                .map(Map.Entry::getValue)
                .sorted(
                        Comparator.comparingLong(Instance::frame)
                                .reversed()
                                .thenComparing(Instance::stream)
                                .thenComparing(one -> one.seen().track()))
                .limit(most)
                .toList();
    }
}
