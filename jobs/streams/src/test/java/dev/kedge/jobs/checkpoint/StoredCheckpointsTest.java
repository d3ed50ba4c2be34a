// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.connectors.testing.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredCheckpointsTest {
    private static final int LOOKS = 300;
    private static final int TABLES = 200;

    @TempDir private Path folder;

    @Test
    void checkpointsAreFoundWhileTheirJobDeletesTables() throws Exception {
        Path run = folder.resolve("a".repeat(32));
        MadeCheckpoint kept = MadeCheckpoint.make(run, 7, "kept");
        ExecutorService job = Executors.newSingleThreadExecutor();
        try {
            Future<?> busy = job.submit(() -> makeAndDelete(run.resolve("shared")));
            for (int look = 0; look < LOOKS; look++) {
                assertThat(StoredCheckpoints.newest(folder)).contains(kept.folder());
            }
            assertThat(busy).isNotDone();
        } finally {
            job.shutdownNow();
            assertThat(job.awaitTermination(Patience.SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static Void makeAndDelete(Path shared) throws IOException {
        while (!Thread.currentThread().isInterrupted()) {
            for (int table = 0; table < TABLES; table++) {
                Files.createFile(shared.resolve("t" + table));
            }
            for (int table = 0; table < TABLES; table++) {
                Files.delete(shared.resolve("t" + table));
            }
        }
        return null;
    }
}
