// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster that is not there, and one that cannot be. */
class ClusterControlTest {
    @TempDir private Path temporary;

    private final List<String> told = new ArrayList<>();
    private Path folder;
    private ClusterControl control;

    @BeforeEach
    void withoutFlink() {
        folder = temporary.resolve("cluster");
        LocalCluster cluster = new LocalCluster(new ClusterFolder(folder), List.of(), List.of());
        control = new ClusterControl(cluster, Waiting.USUAL, told::add);
    }

    private static ClusterOptions anyPort() {
        SortedMap<String, String> flink = new TreeMap<>();
        flink.put(ClusterOptions.PORT, "0");
        return new ClusterOptions(OptionalInt.of(1), flink, Optional.empty());
    }

    @Test
    void whereNoClusterIsItIsSaid() throws IOException {
        control.down();

        assertThat(told).containsExactly(folder + ": no cluster is up");
        assertThatThrownBy(control::status)
                .isInstanceOf(ClusterException.class)
                .hasMessage(folder + ": no cluster is up; kedge cluster up starts one");
    }

    @Test
    void aProcessThatEndsAtOnceIsNamedWithItsLastWords() throws IOException {
        assertThatThrownBy(() -> control.up(anyPort()))
                .isInstanceOf(ClusterException.class)
                .hasMessageMatching(
                        "(jobmanager|taskmanager-1) ended by itself; its log is below .*/log \\(.*ClassNotFoundException.*\\)");

        control.down();
        assertThat(told.get(0)).startsWith(folder + ": ").contains(" ended");
        assertThat(told.get(1))
                .startsWith("what stays in " + folder + ": checkpoints and savepoints (0 B)");
        assertThat(control.cluster().processes()).isEmpty();
    }
}
