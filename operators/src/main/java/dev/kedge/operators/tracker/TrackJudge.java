// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker;

import dev.kedge.operators.tracker.ctvis.Detection;
import dev.kedge.operators.tracker.ctvis.Track;
import dev.kedge.operators.tracker.ctvis.VideoFrame;
import dev.kedge.operators.tracker.metrics.HotaFigures;
import dev.kedge.operators.tracker.metrics.IdentityFigures;
import dev.kedge.operators.tracker.metrics.TrackedSequence;
import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import dev.kedge.state.part.Part;
import dev.kedge.state.part.PartFamily;
import dev.kedge.state.part.PartStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Judges the tracks of one stream by the identities that its detections have: the newest frames,
 * which the sequence metrics need whole, and the last track of each identity, from which switches
 * are counted. Both are bounded; of the frames, as many are kept as show no more than {@value
 * #MOST} identities and as many tracks, so that the metrics' pairing stays small. Not thread-safe.
 *
 * <p>Binary format, version 1, family {@link Family#LAST_TRACKS}: frames judged so far, number of
 * identities; for each, the longest unseen first, its name and last track.
 */
final class TrackJudge {
    private static final int VERSION = 1;
    private static final String HEAD = "judge";
    private static final String FRAME = "judged/";
    private static final int MOST = 256;
    private static final double SAME = 0.5;

    private final String prefix;
    private final TrackerSettings.Evaluation settings;
    private final List<JudgedFrame> frames = new ArrayList<>();
    private final LinkedHashMap<String, Long> lastTracks = new LinkedHashMap<>();
    private final Map<String, Integer> identities = new TreeMap<>();
    private final Map<Long, Integer> tracks = new TreeMap<>();
    private long added;
    private long bytes;
    private final Part head;
    private final PartFamily<Long> parts;

    TrackJudge(String prefix, TrackerSettings.Evaluation settings) {
        this.prefix = prefix;
        head = Part.onceTouched(prefix + HEAD);
        parts = PartFamily.numbered(prefix + FRAME);
        this.settings = settings;
    }

    /** Reads a judge back, or starts anew if the store has none. */
    static TrackJudge restored(
            String prefix, TrackerSettings.Evaluation settings, PartStore store) {
        TrackJudge judge = new TrackJudge(prefix, settings);
        judge.head.restore(store, bytes -> judge.read(bytes, store));
        return judge;
    }

    private void read(byte[] head, PartStore store) {
        BinaryReader in = Envelope.open(head, Family.LAST_TRACKS, VERSION);
        added = in.getLong();
        int count = in.getCount();
        for (int i = 0; i < count; i++) {
            lastTracks.put(in.getUtf8(), in.getLong());
        }
        in.requireEnd();
        for (byte[] part : store.parts(prefix + FRAME).values()) {
            JudgedFrame frame = JudgedFrame.fromBytes(part);
            frames.add(frame);
            count(frame, 1);
        }
        trim();
    }

    /**
     * Judges a frame.
     *
     * @return how many of its identities had another track before; nothing is judged where no
     *     detection has an identity
     */
    Verdict judge(VideoFrame frame, List<Track> given) {
        List<String> names = new ArrayList<>();
        List<Long> numbers = new ArrayList<>();
        Set<String> once = new HashSet<>();
        int switches = 0;
        for (int d = 0; d < given.size(); d++) {
            Detection detection = frame.detections().get(d);
            if (!detection.identity().isEmpty() && once.add(detection.identity())) {
                Track track = given.get(d);
                names.add(detection.identity());
                numbers.add(track.id());
                switches += track.dropped() ? 0 : note(detection.identity(), track.id());
            }
        }
        if (!names.isEmpty()) {
            long[] ids = numbers.stream().mapToLong(Long::longValue).toArray();
            add(new JudgedFrame(frame.at(), List.copyOf(names), ids));
        }
        return new Verdict(names.size(), switches);
    }

    /**
     * What came of judging a frame.
     *
     * @param judged detections with an identity
     * @param switches identities that had another track before
     */
    record Verdict(int judged, int switches) {}

    private int note(String identity, long track) {
        Long before = lastTracks.remove(identity);
        lastTracks.put(identity, track);
        if (lastTracks.size() > settings.identities()) {
            Iterator<String> longestUnseen = lastTracks.keySet().iterator();
            longestUnseen.next();
            longestUnseen.remove();
        }
        return before != null && before != track ? 1 : 0;
    }

    private void add(JudgedFrame frame) {
        frames.add(frame);
        count(frame, 1);
        parts.touch(added++);
        head.touch();
        trim();
    }

    private void trim() {
        while (frames.size() > settings.window()
                || (frames.size() > 1 && Math.max(identities.size(), tracks.size()) > MOST)) {
            removeFirst();
        }
    }

    private void removeFirst() {
        parts.touch(added - frames.size());
        count(frames.remove(0), -1);
    }

    private void count(JudgedFrame frame, int sign) {
        bytes += sign * frame.bytes();
        frame.identities().forEach(name -> add(identities, name, sign));
        Arrays.stream(frame.tracks()).forEach(track -> add(tracks, track, sign));
    }

    private static <K> void add(Map<K, Integer> counts, K key, int change) {
        counts.merge(key, change, (a, b) -> a + b == 0 ? null : a + b);
    }

    /** Forgets the judged frames before a moment. */
    void forgetBefore(long at) {
        // Times grow from frame to frame: those that go are the oldest.
        while (!frames.isEmpty() && frames.get(0).at() < at) {
            removeFirst();
        }
    }

    /** The newest judged frames in figures. */
    Figures figures() {
        TrackedSequence sequence = new TrackedSequence();
        Map<String, Long> numbers = new TreeMap<>();
        int hits = 0;
        for (JudgedFrame frame : frames) {
            int n = frame.tracks().length;
            long[] truth = new long[n];
            for (int i = 0; i < n; i++) {
                truth[i] =
                        numbers.computeIfAbsent(
                                frame.identities().get(i), name -> (long) numbers.size());
            }
            long[] given = Arrays.stream(frame.tracks()).filter(t -> t != Track.DROPPED).toArray();
            double[] same = new double[n * given.length];
            int column = 0;
            for (int i = 0; i < n; i++) {
                if (frame.tracks()[i] != Track.DROPPED) {
                    same[i * given.length + column++] = 1;
                }
            }
            hits += column;
            sequence.add(truth, given, same);
        }
        return new Figures(
                IdentityFigures.of(sequence, SAME),
                HotaFigures.of(sequence).association()[0],
                hits);
    }

    /**
     * Figures of the newest judged frames.
     *
     * @param identity how identities and tracks agree
     * @param association AssA
     * @param hits judged detections with a track
     */
    record Figures(IdentityFigures identity, double association, int hits) {}

    /** Heap bytes, roughly. */
    long bytes() {
        return 256 + bytes + 192L * lastTracks.size();
    }

    void flush(PartStore store) {
        parts.flush(store, this::frame);
        head.flush(store, this::toBytes);
    }

    private byte[] toBytes() {
        BinaryWriter out = new BinaryWriter(64 + 32 * lastTracks.size());
        out.putLong(added);
        out.putInt(lastTracks.size());
        lastTracks.forEach(
                (identity, track) -> {
                    out.putUtf8(identity);
                    out.putLong(track);
                });
        return Envelope.seal(Family.LAST_TRACKS, VERSION, out);
    }

    private Optional<byte[]> frame(long n) {
        long first = added - frames.size();
        return n < first ? Optional.empty() : Optional.of(frames.get((int) (n - first)).toBytes());
    }
}
