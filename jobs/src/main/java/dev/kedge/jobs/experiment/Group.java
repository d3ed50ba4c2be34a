// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.experiment;

import dev.kedge.operators.hpcr.ReplaySettings.MemoryKind;
import dev.kedge.operators.hpcr.ReplaySettings.RetrievalKind;
import dev.kedge.operators.hpcr.metrics.ConfidenceInterval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs that differ in their seed only.
 *
 * @param key of all of them; its seed says nothing
 * @param runs one for each seed, at least one
 */
record Group(RunKey key, List<RunResult> runs) {
    private static final double CONFIDENCE = 0.95;

    Group {
        runs = List.copyOf(runs);
    }

    /** Groups in the order of their first runs. */
    static List<Group> of(List<RunResult> runs) {
        Map<RunKey, List<RunResult>> groups = new LinkedHashMap<>();
        for (RunResult run : runs) {
            groups.computeIfAbsent(run.key().withSeed(0), key -> new ArrayList<>()).add(run);
        }
        return groups.entrySet().stream()
                .map(group -> new Group(group.getKey(), group.getValue()))
                .toList();
    }

    /** Mean and 95 % interval over the seeds. */
    ConfidenceInterval interval(Measure measure) {
        return ConfidenceInterval.of(runs.stream().mapToDouble(measure::of).toArray(), CONFIDENCE);
    }

    /** Names what differs from the authors' memory and from methods without one. */
    String label() {
        String label = key.method() + ", " + RunKey.word(key.encoder());
        if (key.size() > 0 || key.bytes() > 0) {
            label += ", ";
            label += key.memory() == MemoryKind.BATCH_RESERVOIR ? "" : word(key.memory());
            label += key.sizeWord();
            label += key.retrieval() == RetrievalKind.RANDOM ? "" : " " + word(key.retrieval());
        }
        return label.strip();
    }

    private static String word(Enum<?> constant) {
        return RunKey.word(constant) + " ";
    }
}
