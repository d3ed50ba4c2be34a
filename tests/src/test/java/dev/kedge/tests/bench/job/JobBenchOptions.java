// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.job;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What is measured.
 *
 * @param jobs which jobs
 * @param questions which questions
 * @param scale how much they carry
 * @param setup how they run
 * @param events that are on the topic when a rate is measured
 * @param seconds of each phase of latencies
 * @param shares of the greatest rate at which latencies are measured
 * @param exactlyOnce checkpoint interval where scores leave exactly once; 0 to leave that out
 * @param modelCounts numbers of models by which the rate is told
 * @param entryCounts entries of a model by which the rate is told
 * @param profile whether the job's process is recorded
 * @param folder where everything goes
 */
record JobBenchOptions(
        List<BenchedJob> jobs,
        Set<Question> questions,
        Scale scale,
        Setup setup,
        int events,
        int seconds,
        List<Double> shares,
        Duration exactlyOnce,
        List<Integer> modelCounts,
        List<Integer> entryCounts,
        boolean profile,
        Path folder) {
    boolean asks(Question question) {
        return questions.contains(question);
    }
}
