// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.intervals;

import dev.kedge.operators.ads.creative.ModelMetrics.Coverage;
import dev.kedge.operators.ads.hazards.Intervals;
import dev.kedge.operators.ads.intervals.PlayedLives.Life;
import dev.kedge.state.part.MemoryPartStore;
import java.util.List;

/** Bytes of predictive intervals of two groups, with the values in them. */
public final class IntervalBytes {
    private static final IntervalSettings SETTINGS =
            new IntervalSettings(true, 0.75, 1e9, 0.5, 2, 1);
    private static final Intervals INTERVALS = new Intervals(List.of(0.0, 1.0, 2.0), 1);
    private static final String PART = "intervals";

    private IntervalBytes() {}

    /**
     * Three creatives: one that stops after half a day, when nothing is said yet, one that stops
     * before what is said of it, and one that has it right.
     */
    private static PlayedLives played() {
        return new PlayedLives(SETTINGS, INTERVALS, new MemoryPartStore())
                .launch(new Life("acme", 0, 0.5, false, 0.5))
                .launch(new Life("acme", 3, 0.01, false, 0.5))
                .launch(new Life("other", 6, 0.6, false, 0.75))
                .end();
    }

    /** What is known. */
    public static byte[] intervals() {
        return played().store.get(PART).orElseThrow();
    }

    /** Its values. */
    public static List<Object> intervals(byte[] bytes) {
        MemoryPartStore store = new MemoryPartStore();
        store.put(PART, bytes);
        PlayedLives back = new PlayedLives(SETTINGS, INTERVALS, store);
        Coverage launch = back.learned().coverage().get(0);
        back.launch(new Life("acme", 9, 1, false, 0.5));
        return List.of(
                launch.judged() + " " + launch.held() + " " + launch.below() + " " + launch.open(),
                back.learned().coverage().get(1).judged(),
                back.said.get(0).interval().orElseThrow().toString());
    }
}
