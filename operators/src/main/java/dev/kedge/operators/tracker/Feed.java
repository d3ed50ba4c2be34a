// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker;

import dev.kedge.operators.stream.StreamParts;
import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import dev.kedge.state.part.Part;
import dev.kedge.state.part.PartFamily;
import dev.kedge.state.part.PartStore;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * How the frames of one stream come in: which wait for earlier ones, and up to when all have come.
 * Its clock is the newest event time of the stream. Each waiting frame is a part of its own, so
 * that a checkpoint carries only those that came or went. Not thread-safe.
 *
 * <p>Binary format of the head, version 1, family {@link Family#STREAM_FEED}: name, newest event
 * time, event time of the last tracked frame, number of its last arrival, then known frames: one in
 * so many, how many there were, their numbers, their event times.
 */
final class Feed implements StreamParts.Stream {
    private static final int VERSION = 1;
    private static final String WAITING = "waiting/";
    private static final Comparator<WaitingFrame> IN_TIME =
            Comparator.comparingLong(WaitingFrame::at)
                    .thenComparingLong(waiting -> waiting.frame().frame())
                    .thenComparingLong(WaitingFrame::arrival);

    private final String name;
    private final String prefix;
    private final TrackJudge judge;
    private final TreeSet<WaitingFrame> waiting = new TreeSet<>(IN_TIME);
    private final Part head;
    private final PartFamily<Long> parts;
    private FrameTimes times = new FrameTimes();
    private long newest = Long.MIN_VALUE;
    private long lastAt = Long.MIN_VALUE;
    private long lastArrival;
    private long waitingBytes;

    Feed(String name, String prefix, TrackJudge judge) {
        this.name = name;
        this.prefix = prefix;
        head = Part.of(StreamParts.head(prefix));
        parts = PartFamily.numbered(prefix + WAITING);
        this.judge = judge;
    }

    /** Reads a feed back whose head a store has. */
    static Feed restored(String prefix, TrackerSettings.Evaluation settings, PartStore store) {
        BinaryReader in =
                Envelope.open(
                        store.get(StreamParts.head(prefix)).orElseThrow(),
                        Family.STREAM_FEED,
                        VERSION);
        Feed feed = new Feed(in.getUtf8(), prefix, TrackJudge.restored(prefix, settings, store));
        feed.newest = in.getLong();
        feed.lastAt = in.getLong();
        feed.lastArrival = in.getLong();
        feed.times = FrameTimes.read(in);
        in.requireEnd();
        feed.head.restored();
        for (byte[] part : store.parts(prefix + WAITING).values()) {
            feed.enter(WaitingFrame.fromBytes(part));
        }
        return feed;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String prefix() {
        return prefix;
    }

    TrackJudge judge() {
        return judge;
    }

    FrameTimes times() {
        return times;
    }

    /** Newest event time. */
    long newest() {
        return newest;
    }

    /** Event time of the last tracked frame; the smallest number before the first. */
    long lastAt() {
        return lastAt;
    }

    /** The number of the event that came last. */
    @Override
    public long lastSeen() {
        return lastArrival;
    }

    /** Frames before this moment come too late. */
    long closedUntil(long lateness) {
        return newest == Long.MIN_VALUE ? newest : Math.max(lastAt, newest - lateness);
    }

    int waiting() {
        return waiting.size();
    }

    /** The waiting frame of a number. */
    Optional<WaitingFrame> waiting(long frame) {
        return waiting.stream().filter(one -> one.frame().frame() == frame).findFirst();
    }

    /** The waiting frame whose turn comes first. */
    Optional<WaitingFrame> first() {
        return waiting.isEmpty() ? Optional.empty() : Optional.of(waiting.first());
    }

    void add(WaitingFrame frame) {
        enter(frame);
        parts.touch(frame.arrival());
        newest = Math.max(newest, frame.at());
        lastArrival = frame.arrival();
        head.touch();
    }

    private void enter(WaitingFrame frame) {
        waiting.add(frame);
        waitingBytes += frame.bytes();
    }

    void remove(WaitingFrame frame) {
        waiting.remove(frame);
        waitingBytes -= frame.bytes();
        parts.touch(frame.arrival());
    }

    /** Drops waiting frames. */
    void drop(Predicate<WaitingFrame> dropped) {
        waiting.stream().filter(dropped).toList().forEach(this::remove);
    }

    /** A frame was tracked. */
    void tracked(long frame, long at) {
        lastAt = Math.max(lastAt, at);
        times.add(frame, at);
        head.touch();
    }

    /** Heap bytes, roughly. */
    @Override
    public long bytes() {
        return 5120 + waitingBytes + judge.bytes();
    }

    @Override
    public void flush(PartStore store) {
        Map<Long, WaitingFrame> all = new HashMap<>();
        waiting.forEach(frame -> all.put(frame.arrival(), frame));
        parts.flush(store, n -> Optional.ofNullable(all.get(n)).map(WaitingFrame::toBytes));
        judge.flush(store);
        head.flush(store, this::toBytes);
    }

    private byte[] toBytes() {
        BinaryWriter out = new BinaryWriter(256);
        out.putUtf8(name);
        out.putLong(newest);
        out.putLong(lastAt);
        out.putLong(lastArrival);
        times.write(out);
        return Envelope.seal(Family.STREAM_FEED, VERSION, out);
    }
}
