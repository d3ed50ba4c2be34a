// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetadataScanTest {
    private static final int MASTER_STATES_AT = 16;

    @TempDir private Path folder;

    private MadeCheckpoint made;
    private byte[] whole;

    @BeforeEach
    void make() throws Exception {
        made = MadeCheckpoint.make(folder.resolve("run"), 42, "a", "b");
        whole = Files.readAllBytes(made.metadata());
    }

    @Test
    void findsEveryFileThatFlinkWroteDown() {
        CheckpointContents contents = MetadataScan.read(made.metadata());

        assertThat(contents.number()).isEqualTo(42);
        assertThat(contents.files())
                .containsExactlyInAnyOrder(
                        new StateFile(made.own(), MadeCheckpoint.OWN_BYTES, false),
                        new StateFile(
                                made.shared().get(0), made.shared().get(0).toFile().length(), true),
                        new StateFile(
                                made.shared().get(1),
                                made.shared().get(1).toFile().length(),
                                true));
        assertThat(contents.tables()).hasSize(1);
    }

    @Test
    void aFileCutShortAnywhereIsRefused() throws IOException {
        for (int bytes : places()) {
            Files.write(made.metadata(), Arrays.copyOf(whole, bytes));

            assertThatThrownBy(() -> CheckpointCheck.metadata(made.folder()))
                    .as("%d bytes", bytes)
                    .isInstanceOf(DamagedCheckpointException.class);
        }
    }

    /** Wherever the length is: what is asked for memory is never more than the file is long. */
    @Test
    void aLengthOfTwoGigabytesAnywhereTakesNoMemory() throws IOException {
        for (int at : places()) {
            byte[] damaged = Arrays.copyOf(whole, whole.length + Integer.BYTES);
            ByteBuffer.wrap(damaged).putInt(at, Integer.MAX_VALUE);
            damaged = Arrays.copyOf(damaged, whole.length);
            Files.write(made.metadata(), damaged);
            readsOrRefuses();
        }
    }

    @Test
    void aByteTurnedRoundAnywhereIsReadOrRefusedAndNothingElse() throws IOException {
        for (int at : places()) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x11;
            Files.write(made.metadata(), damaged);
            readsOrRefuses();
        }
    }

    /** Every place but those within the table, which stands for one. */
    private int[] places() {
        CheckpointContents.Inlined table = MetadataScan.read(made.metadata()).tables().get(0);
        return IntStream.range(0, whole.length)
                .filter(at -> at <= table.at() || at >= table.at() + table.bytes())
                .toArray();
    }

    private void readsOrRefuses() {
        try {
            CheckpointCheck.metadata(made.folder());
        } catch (DamagedCheckpointException e) {
            assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
        }
    }

    @Test
    void aPromiseOfTwoGigabytesIsSaidInOneLine() throws IOException {
        ByteBuffer.wrap(whole).putInt(MASTER_STATES_AT, Integer.MAX_VALUE);
        Files.write(made.metadata(), whole);

        assertThatThrownBy(() -> CheckpointCheck.metadata(made.folder()))
                .isInstanceOf(DamagedCheckpointException.class)
                .hasMessageContaining("_metadata promises 2,147,483,647 things");
    }

    @Test
    void anythingElseIsNoMetadata() throws IOException {
        Files.writeString(made.metadata(), "this is no savepoint");

        assertThatThrownBy(() -> CheckpointCheck.metadata(made.folder()))
                .hasMessage("_metadata is no metadata of a checkpoint");
    }
}
