// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ClusterKeeperTest {
    private final Cluster cluster = new Cluster();
    private final List<String> news = new ArrayList<>();
    private final ClusterKeeper keeper = new ClusterKeeper(cluster, news::add);

    /** A cluster of which everything can be said. */
    private static final class Cluster implements ClusterKeeper.Cluster {
        private boolean broken;
        private OptionalInt executors = OptionalInt.of(1);
        private boolean startsExecutors = true;
        private boolean checkpointed;
        private boolean starts = true;

        @Override
        public boolean isBroken() {
            return broken;
        }

        @Override
        public OptionalInt taskExecutors() {
            return executors;
        }

        @Override
        public void startTaskExecutor() throws IOException {
            if (!startsExecutors) {
                throw new IOException("no memory");
            }
            executors = OptionalInt.of(1);
        }

        @Override
        public Optional<String> lastFailure() {
            return Optional.of("a send was refused");
        }

        @Override
        public boolean hasCheckpoint() {
            return checkpointed;
        }

        @Override
        public Optional<String> renew() throws IOException {
            if (!starts) {
                throw new IOException("no port");
            }
            executors = OptionalInt.of(1);
            broken = false;
            return checkpointed ? Optional.of("chk-7") : Optional.empty();
        }
    }

    private void lookWhileAllIsWell(int times) {
        for (int i = 0; i < times; i++) {
            assertThat(keeper.look()).isEmpty();
        }
    }

    @Test
    void aLivingClusterIsLeftAlone() {
        lookWhileAllIsWell(10);

        assertThat(news).isEmpty();
    }

    @Test
    void aMissingTaskExecutorIsReplacedAtTheThirdLookAndNotBefore() {
        cluster.executors = OptionalInt.of(0);

        lookWhileAllIsWell(2);
        assertThat(news).isEmpty();
        lookWhileAllIsWell(8);

        assertThat(news)
                .containsExactly(
                        "Flink's task executor had ended (a send was refused); another was started");
    }

    @Test
    void aClusterInWhichNoTaskExecutorStartsIsStartedAnew() {
        cluster.executors = OptionalInt.of(0);
        cluster.startsExecutors = false;
        cluster.checkpointed = true;

        lookWhileAllIsWell(3);

        assertThat(news)
                .containsExactly(
                        "no task executor could be started (IOException: no memory) (a send was"
                                + " refused); started anew from chk-7");
    }

    @Test
    void aClusterThatNeverAnswersIsStartedAnew() {
        cluster.executors = OptionalInt.empty();

        lookWhileAllIsWell(5);

        assertThat(news)
                .containsExactly(
                        "Flink does not answer in this process (a send was refused); started anew from"
                                + " the beginning");
    }

    @Test
    void aClusterThatEndsAgainAndAgainWithoutACheckpointIsGivenUp() {
        for (int i = 0; i < 3; i++) {
            cluster.broken = true;
            lookWhileAllIsWell(1);
        }
        cluster.broken = true;

        assertThat(keeper.look())
                .contains(
                        "Flink ended in this process (a send was refused), for the 4th time without a"
                                + " checkpoint between");
        assertThat(news).hasSize(3);
    }

    @Test
    void aCheckpointBetweenIsProgress() {
        cluster.checkpointed = true;
        for (int i = 0; i < 20; i++) {
            cluster.broken = true;
            lookWhileAllIsWell(1);
        }

        assertThat(news).hasSize(20);
    }

    @Test
    void aClusterThatCannotBeStartedAnewEndsTheRunWithTheReason() {
        cluster.broken = true;
        cluster.starts = false;

        assertThat(keeper.look())
                .contains(
                        "Flink ended in this process (a send was refused), and could not be started"
                                + " anew: IOException: no port");
    }
}
