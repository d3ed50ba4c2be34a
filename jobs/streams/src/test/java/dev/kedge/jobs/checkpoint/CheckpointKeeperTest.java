// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointKeeperTest {
    private static final String EARLIER = "e".repeat(32);
    private static final String RUN = "0".repeat(32);

    /** Long before the files' own times: a clock that runs behind changes no order. */
    private static final Instant NOON = Instant.parse("2020-11-29T12:00:00Z");

    @TempDir private Path folder;

    private final List<String> lines = new ArrayList<>();
    private MadeCheckpoint earlier;

    @BeforeEach
    void make() throws Exception {
        earlier = MadeCheckpoint.make(folder.resolve(EARLIER), 41, "a");
    }

    private CheckpointKeeper keeper(int retained) {
        return new CheckpointKeeper(
                folder,
                retained,
                Optional.of(earlier.folder()),
                Clock.fixed(NOON, ZoneOffset.UTC),
                lines::add);
    }

    private MadeCheckpoint made(int number, String... tables) throws Exception {
        return MadeCheckpoint.make(folder.resolve(RUN), number, tables);
    }

    private static Checksums sums(MadeCheckpoint made) {
        return Checksums.read(Checksums.fileOf(made.folder())).orElseThrow();
    }

    @Test
    void eachCheckpointOfTheRunHasItsChecksumsInTheOrderInWhichTheyWereComplete() throws Exception {
        try (CheckpointKeeper keeper = keeper(3)) {
            MadeCheckpoint first = made(42, "b");
            MadeCheckpoint second = made(43, "b", "c");
            keeper.look();

            assertThat(sums(first).sums().keySet())
                    .containsExactlyInAnyOrder(
                            Path.of("_metadata"), Path.of("own-42"), first.shared().get(0));
            assertThat(sums(second).sums())
                    .hasSize(4)
                    .containsEntry(first.shared().get(0), FileSum.of(first.shared().get(0)));
            assertThat(sums(second).completed()).isGreaterThan(sums(first).completed());
            assertThat(Checksums.fileOf(earlier.folder())).as("of an ended run").doesNotExist();
        }
    }

    @Test
    void aClockThatWasPutBackDoesNotChangeTheOrder() throws Exception {
        long future = Instant.parse("2200-01-01T00:00:00Z").toEpochMilli();
        new Checksums(future, new TreeMap<>()).write(Checksums.fileOf(earlier.folder()));
        try (CheckpointKeeper keeper = keeper(3)) {
            MadeCheckpoint next = made(42, "b");
            keeper.look();

            assertThat(sums(next).completed()).isEqualTo(future + 1);
        }
    }

    @Test
    void whatTheRunWentOnFromGoesAfterTheFirstOfItsOwn() throws Exception {
        try (CheckpointKeeper keeper = keeper(1)) {
            keeper.look();
            assertThat(earlier.folder()).exists();
            made(42, "b");
            keeper.look();

            assertThat(folder.resolve(EARLIER)).doesNotExist();
        }
    }

    @Test
    void theLastCheckpointHasItsChecksumsWhenItIsClosed() throws Exception {
        MadeCheckpoint last;
        try (CheckpointKeeper keeper = keeper(3).start()) {
            assertThat(keeper).isNotNull();
            last = made(42, "b");
        }
        assertThat(sums(last).sums()).hasSize(3);
    }

    @Test
    void checksumsOfACheckpointThatFlinkDeletedGo() throws Exception {
        try (CheckpointKeeper keeper = keeper(3)) {
            MadeCheckpoint first = made(42, "b");
            keeper.look();
            Files.delete(first.metadata());
            Files.delete(first.own());
            Files.delete(first.folder());
            made(43, "b");
            keeper.look();

            assertThat(Checksums.fileOf(first.folder())).doesNotExist();
        }
    }

    @Test
    void aCheckpointThatIsDamagedWhileTheJobRunsIsToldOnce() throws Exception {
        try (CheckpointKeeper keeper = keeper(3)) {
            MadeCheckpoint first = made(42, "b");
            Files.delete(first.shared().get(0));
            keeper.look();
            keeper.look();
        }
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0)).startsWith("checkpoint chk-42 cannot be used: file ");
    }

    @Test
    void whatTheRunFoundDamagedIsMarkedWithAllThatCameOfIt() throws Exception {
        MadeCheckpoint before = MadeCheckpoint.make(folder.resolve(EARLIER), 40, "a");
        try (CheckpointKeeper keeper = keeper(3)) {
            made(42, "b");
            keeper.markDamaged("damaged state: part 'x'");
        }
        ResumePoint point = ResumePoint.newest(folder);

        assertThat(point.path()).hasValue(before.folder().toUri().toString());
        assertThat(point.lines()).hasSize(2);
    }

    @Test
    void onlyTheOwnerReadsChecksums() throws IOException {
        new Checksums(1, new TreeMap<>()).write(Checksums.fileOf(earlier.folder()));

        assertThat(Files.getPosixFilePermissions(folder.resolve(EARLIER).resolve("checksums")))
                .hasSize(3);
    }
}
