// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.jobs.command.cluster.ClusterException;
import dev.kedge.jobs.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlotsTest {
    private static final Configuration CLUSTER =
            Configuration.fromMap(Map.of("parallelism.default", "3"));

    @TempDir private Path folder;

    private JobFile file(String yaml) throws IOException {
        return JobFile.read(Files.writeString(folder.resolve("job.yaml"), yaml));
    }

    @Test
    void theCommandCountsBeforeTheFileAndTheFileBeforeTheCluster() throws IOException {
        OptionalInt nothing = OptionalInt.empty();

        assertThat(Slots.needed(file("name: ads"), nothing, CLUSTER)).isEqualTo(3);
        assertThat(Slots.needed(file("parallelism: 2"), nothing, CLUSTER)).isEqualTo(2);
        assertThat(Slots.needed(file("parallelism: 2"), OptionalInt.of(5), CLUSTER)).isEqualTo(5);
        assertThatThrownBy(() -> Slots.parallelism(1025))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("parallelism: 1025 is not allowed; it must be between 1 and 1024");
    }

    @Test
    void aJobThatWouldOnlyWaitIsRefused() {
        assertThatThrownBy(() -> new Slots(4, 1, false).require("ads", 2))
                .isInstanceOf(ClusterException.class)
                .hasMessage(
                        "ads needs 2 slots, 1 of 4 is free; add a task manager (kedge cluster up --task-managers N), or end another job");
        assertThatThrownBy(() -> new Slots(4, 0, true).require("ads", 1))
                .hasMessageStartingWith("ads needs 1 slot, 0 of 4 are free; ");
        assertThat(new Slots(4, 2, false).require("ads", 2)).isEmpty();
    }

    @Test
    void anAdaptiveSchedulerBeginsWithWhatThereIs() {
        assertThat(new Slots(4, 1, true).require("ads", 2))
                .contains(
                        "ads needs 2 slots, 1 of 4 is free; it runs in fewer until there are more");
    }

    @Test
    void aReactiveClusterIsAdaptive() {
        assertThat(Slots.isAdaptive(Configuration.fromMap(Map.of()))).isFalse();
        assertThat(
                        Slots.isAdaptive(
                                Configuration.fromMap(Map.of("jobmanager.scheduler", "adaptive"))))
                .isTrue();
        assertThat(Slots.isAdaptive(Configuration.fromMap(Map.of("scheduler-mode", "reactive"))))
                .isTrue();
    }
}
