// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PruningTest {
    private static final String FIRST = "a".repeat(32);
    private static final String SECOND = "b".repeat(32);
    private static final String RUNNING = "c".repeat(32);
    private static final Set<String> ENDED = Set.of(FIRST, SECOND);

    @TempDir private Path folder;

    private MadeCheckpoint oldest;
    private MadeCheckpoint old;
    private MadeCheckpoint late;

    @BeforeEach
    void make() throws Exception {
        oldest = made(FIRST, 7, 1, "t1", "t2");
        old = made(SECOND, 8, 2, "t1", "t2");
        late = made(SECOND, 9, 3, "t2", "t3");
    }

    private MadeCheckpoint made(String run, int number, long hour, String... tables)
            throws Exception {
        MadeCheckpoint made = MadeCheckpoint.make(folder.resolve(run), number, tables);
        Files.setLastModifiedTime(made.metadata(), FileTime.fromMillis(hour * 3_600_000));
        return made;
    }

    private Optional<String> prune(int retained) throws IOException {
        return Pruning.prune(folder, retained, ENDED, Optional.empty());
    }

    @Test
    void theNewestOfAllRunsStayAndTheRestGoes() throws IOException {
        Optional<String> line = prune(2);

        assertThat(folder.resolve(FIRST)).doesNotExist();
        CheckpointCheck.whole(old.folder());
        CheckpointCheck.whole(late.folder());
        assertThat(line.orElseThrow())
                .startsWith("pruned 1 checkpoints of ended runs in " + folder + ": 4 files, ");
        assertThat(prune(2)).as("nothing more to do").isEmpty();
    }

    @Test
    void aFileThatAKeptOneNamesStaysAndTheOthersGo() throws IOException {
        prune(1);

        CheckpointCheck.whole(late.folder());
        assertThat(old.folder()).doesNotExist();
        assertThat(folder.resolve(SECOND).resolve("shared/t1")).doesNotExist();
        assertThat(folder.resolve(SECOND).resolve("shared/t2")).exists();
        assertThat(folder.resolve(SECOND).resolve("shared/t3")).exists();
    }

    @Test
    void aFileOfAnotherRunThatAKeptOneNamesStays() throws Exception {
        // As after a restore that claims what it goes on from.
        Path borrowed = old.shared().get(0);
        Path run = Files.createDirectories(folder.resolve(RUNNING));
        Files.createSymbolicLink(run.resolve("shared"), borrowed.getParent().getParent());
        Files.delete(run.resolve("shared"));
        MadeCheckpoint claimed =
                MadeCheckpoint.make(folder.resolve(RUNNING), 10, "../../" + SECOND + "/shared/t1");
        assertThat(claimed.shared().get(0)).exists();

        prune(1);

        assertThat(borrowed).exists();
        CheckpointCheck.whole(claimed.folder());
        assertThat(late.folder()).doesNotExist();
    }

    @Test
    void whatTheJobWentOnFromStaysUntilItHasItsOwn() throws IOException {
        Pruning.prune(folder, 1, ENDED, Optional.of(oldest.folder()));
        CheckpointCheck.whole(oldest.folder());

        prune(1);
        assertThat(folder.resolve(FIRST)).doesNotExist();
    }

    @Test
    void theRunningJobsFolderIsFlinks() throws Exception {
        MadeCheckpoint first = made(RUNNING, 10, 4, "t1");
        MadeCheckpoint second = made(RUNNING, 11, 5, "t2");

        prune(1);

        CheckpointCheck.whole(first.folder());
        CheckpointCheck.whole(second.folder());
        assertThat(folder.resolve(FIRST)).doesNotExist();
        assertThat(folder.resolve(SECOND)).doesNotExist();
    }

    @Test
    void aDamagedOneTakesNoPlaceAndKeepsWhatNobodyKnowsItNeeds() throws IOException {
        MadeCheckpoint.shorten(late.metadata(), 100);

        prune(1);

        assertThat(late.folder()).exists();
        CheckpointCheck.whole(old.folder());
        assertThat(oldest.folder()).doesNotExist();
        assertThat(folder.resolve(SECOND).resolve("shared/t3")).exists();
    }

    @Test
    void savepointsLinksAndWhateverElseLiesThereStay() throws Exception {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere/chk-1"));
        Path file = Files.writeString(elsewhere.resolve("_metadata"), "mine");
        Path savepoint = Files.createDirectories(folder.resolve("savepoint-1"));
        Files.writeString(savepoint.resolve("_metadata"), "mine");
        Path note = Files.writeString(folder.resolve(FIRST).resolve("note"), "mine");
        Files.createSymbolicLink(
                folder.resolve(FIRST).resolve("chk-1"), folder.resolve("elsewhere/chk-1"));

        Pruning.prune(folder, 1, Set.of(FIRST, SECOND, "elsewhere"), Optional.empty());

        assertThat(file).hasContent("mine");
        assertThat(savepoint.resolve("_metadata")).hasContent("mine");
        assertThat(note).hasContent("mine");
        assertThat(oldest.folder()).doesNotExist();
    }

    @Test
    void whatARunLeftUnfinishedGoes() throws IOException {
        Path unfinished = Files.createDirectories(folder.resolve(SECOND).resolve("chk-10"));
        Files.writeString(unfinished.resolve("half"), "half");

        prune(3);

        assertThat(unfinished).doesNotExist();
        CheckpointCheck.whole(oldest.folder());
        CheckpointCheck.whole(late.folder());
    }
}
