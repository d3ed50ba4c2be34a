// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

import dev.kedge.operators.encoder.InputForm;
import dev.kedge.state.bank.BankSettings;
import dev.kedge.state.part.MemoryPartStore;
import dev.kedge.state.settings.Schema;
import java.util.List;
import java.util.stream.Stream;

/** Writes and reads the parts of a tracking model's streams, for the tests of stored formats. */
public final class StreamBytes {
    private static final TrackingSettings SETTINGS =
            TrackingSettings.of(new TrackingSettings.Input(2, InputForm.BYTES), 0, 1);
    private static final BankSettings BANK =
            new BankSettings(2, Schema.with(BankSettings.Bounds.REFERENCE, "instances", 1));
    private static final String STREAM = "stream/0000000000000001/";

    private StreamBytes() {}

    /** The part of a stream. */
    public static byte[] stream() {
        return part(STREAM + "head");
    }

    /** What a stream's part tells. */
    public static List<Object> stream(byte[] bytes) {
        TrackedStream stream = with(STREAM + "head", bytes).find("küche").orElseThrow();
        return List.of(stream.lastFrame(), stream.lastSeen(), stream.clip().added());
    }

    /** The part of a frame to learn from. */
    public static byte[] clip() {
        return part(STREAM + "clip/0000000000000000");
    }

    /** What a frame's part tells. */
    public static List<Object> clip(byte[] bytes) {
        Stream<ClipMemory.Shown> detections =
                with(STREAM + "clip/0000000000000000", bytes)
                        .find("küche")
                        .orElseThrow()
                        .clip()
                        .frames()
                        .get(0)
                        .detections()
                        .stream();
        return detections
                .map(
                        shown ->
                                (Object)
                                        "%d %d, '%s', track %d, %s"
                                                .formatted(
                                                        shown.input()[0],
                                                        shown.input()[1],
                                                        shown.identity(),
                                                        shown.track(),
                                                        shown.confidence()))
                .toList();
    }

    /** The part of the table of streams. */
    public static byte[] table() {
        return part("tracking");
    }

    /** What the table's part tells: the moment of the next frame, the parts of the next stream. */
    public static List<Object> table(byte[] bytes) {
        StreamTable table = with("tracking", bytes);
        return List.of(table.nextFrame(), table.open("next").prefix());
    }

    /** The part of an instance that came with embeddings. */
    public static byte[] look() {
        GivenLook look = GivenLook.of(7, new double[] {9, 1, -2.5}, 1, 2);
        look.see(new double[] {0, 0.5}, 0);
        return look.toBytes();
    }

    /** What the part of an instance that came with embeddings tells. */
    public static List<Object> look(byte[] bytes) {
        GivenLook look = GivenLook.fromBytes(bytes);
        return List.of(
                look.id(),
                look.width(),
                look.cosine(new double[] {1, 0}, 0),
                look.cosine(new double[] {0, 1}, 0));
    }

    /** The part of what both embeddings told apart. */
    public static byte[] appearances() {
        MemoryPartStore store = new MemoryPartStore();
        BothAppearances both = BothAppearances.restored(store);
        for (int frame = 0; frame < 150; frame++) {
            both.see(new double[] {0.5, 0.25}, new double[] {0.75, -0.25}, new int[] {0}, 2);
        }
        both.flush(store);
        return store.get("appearances").orElseThrow();
    }

    /** What that part makes of a learned cosine of 0.25 and a given one of 0.75. */
    public static List<Object> appearances(byte[] bytes) {
        MemoryPartStore store = new MemoryPartStore();
        store.put("appearances", bytes);
        BothAppearances both = BothAppearances.restored(store);
        return List.of(both.mix(new double[] {0.25}, new double[] {0.75}, 1)[0]);
    }

    private static byte[] part(String name) {
        return store().get(name).orElseThrow();
    }

    private static StreamTable with(String name, byte[] bytes) {
        MemoryPartStore store = store();
        store.put(name, bytes);
        return StreamTable.restored(SETTINGS, BANK, store);
    }

    /** One stream that was opened after another, with one frame. */
    private static MemoryPartStore store() {
        MemoryPartStore store = new MemoryPartStore();
        StreamTable table = StreamTable.restored(SETTINGS, BANK, store);
        table.open("gone");
        table.forget("gone");
        TrackedStream stream = table.open("küche");
        stream.clip()
                .add(
                        new ClipMemory.Remembered(
                                List.of(
                                        new ClipMemory.Shown(new byte[] {1, -2}, "tasse", 3, 0.75),
                                        new ClipMemory.Shown(new byte[] {0, 5}, "", -1, 1))));
        stream.see(41, table.nextFrame());
        table.flush(store);
        return store;
    }
}
