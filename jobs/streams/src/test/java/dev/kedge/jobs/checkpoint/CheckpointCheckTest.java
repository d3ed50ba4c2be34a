// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointCheckTest {
    @TempDir private Path folder;

    private MadeCheckpoint made;

    @BeforeEach
    void make() throws Exception {
        made = MadeCheckpoint.make(folder.resolve("0".repeat(32)), 42, "a", "b");
    }

    /** As the keeper of a running job does. */
    private void sum() throws IOException {
        Path job = folder.resolve("empty");
        try (CheckpointKeeper keeper =
                new CheckpointKeeper(
                        Files.createDirectories(job),
                        3,
                        Optional.empty(),
                        Clock.systemUTC(),
                        line -> {})) {
            Files.move(made.folder().getParent(), job.resolve("0".repeat(32)));
            // The paths in the metadata are those from before.
            Files.createSymbolicLink(made.folder().getParent(), job.resolve("0".repeat(32)));
            keeper.look();
        }
        Files.delete(made.folder().getParent());
        Files.move(job.resolve("0".repeat(32)), made.folder().getParent());
        assertThat(Checksums.fileOf(made.folder())).exists();
    }

    @Test
    void aWholeOneIsGoodWithAndWithoutChecksums() throws IOException {
        assertThatCode(() -> CheckpointCheck.whole(made.folder())).doesNotThrowAnyException();
        sum();
        assertThatCode(() -> CheckpointCheck.whole(made.folder())).doesNotThrowAnyException();
        assertThatCode(() -> CheckpointCheck.whole(made.metadata())).doesNotThrowAnyException();
    }

    @Test
    void oneByteOfAnyFileIsNoticedByItsChecksum() throws IOException {
        sum();
        for (Path file :
                new Path[] {
                    made.metadata(), made.own(), made.shared().get(0), made.shared().get(1)
                }) {
            int middle = (int) Files.size(file) / 2;
            MadeCheckpoint.flip(file, middle);
            assertThatThrownBy(() -> CheckpointCheck.whole(made.folder()))
                    .hasMessageContaining("file " + file + " has the checksum ");
            MadeCheckpoint.flip(file, middle);
        }
        assertThatCode(() -> CheckpointCheck.whole(made.folder())).doesNotThrowAnyException();
    }

    @Test
    void withoutChecksumsTheTablesAreStillChecked() throws IOException {
        MadeCheckpoint.flip(made.shared().get(1), 40);

        assertThatThrownBy(() -> CheckpointCheck.whole(made.folder()))
                .isInstanceOf(DamagedCheckpointException.class)
                .hasMessageContaining("table " + made.shared().get(1) + " is damaged: ");
    }

    @Test
    void withoutChecksumsATableWithinTheMetadataIsStillChecked() throws IOException {
        CheckpointContents.Inlined table = CheckpointCheck.contents(made.folder()).tables().get(0);
        MadeCheckpoint.flip(made.metadata(), (int) table.at() + 40);

        assertThatThrownBy(() -> CheckpointCheck.whole(made.folder()))
                .hasMessageContaining("a table within _metadata is damaged: ");
    }

    @Test
    void aFileThatIsGoneOrShortIsNamed() throws IOException {
        MadeCheckpoint.shorten(made.own(), 29_999);
        assertThatThrownBy(() -> CheckpointCheck.whole(made.folder()))
                .hasMessage("file " + made.own() + " has 29,999 bytes of 30,000");
        Files.delete(made.own());
        assertThatThrownBy(() -> CheckpointCheck.whole(made.folder()))
                .hasMessage("file " + made.own() + " is not there");
    }

    @Test
    void aFileThatIsGoneOrLongerIsNoticedByItsChecksumToo() throws IOException {
        sum();
        Files.write(made.own(), new byte[30_001]);
        assertThatThrownBy(() -> CheckpointCheck.whole(made.folder()))
                .hasMessage("file " + made.own() + " has 30,001 bytes of 30,000");
        Files.delete(made.own());
        assertThatThrownBy(() -> CheckpointCheck.whole(made.folder()))
                .hasMessage("file " + made.own() + " is not there");
    }

    @Test
    void damagedChecksumsSayNothingAboutTheCheckpoint() throws IOException {
        sum();
        MadeCheckpoint.flip(Checksums.fileOf(made.folder()), 60);

        assertThat(Checksums.read(Checksums.fileOf(made.folder()))).isEmpty();
        assertThatCode(() -> CheckpointCheck.whole(made.folder())).doesNotThrowAnyException();
    }

    @Test
    void aFolderWithoutMetadataIsNoCheckpoint() throws IOException {
        Files.delete(made.metadata());

        assertThatThrownBy(() -> CheckpointCheck.whole(made.folder()))
                .hasMessage("there is no file " + made.metadata());
    }
}
