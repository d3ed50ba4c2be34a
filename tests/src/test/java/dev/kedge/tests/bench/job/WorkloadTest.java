// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What jobs are given to do: a score must be known to answer its event, or nothing is measured. */
class WorkloadTest {
    private static final int EVENTS = 400;

    @ParameterizedTest
    @EnumSource(BenchedJob.class)
    void eachEventIsAnsweredByAScoreThatIsKnownByIt(BenchedJob job) {
        Workload workload = job.at(new Scale(3, Scale.Size.SMALL, 20));
        List<PlannedEvent> events = JobRun.take(workload.events(), EVENTS);
        Set<Long> answered = new HashSet<>();

        workload.bare().run(events, (key, value) -> answered.add(workload.id(key, value)));

        assertThat(events).extracting(PlannedEvent::id).doesNotHaveDuplicates();
        assertThat(answered).containsAll(events.stream().map(PlannedEvent::id).toList());
    }
}
