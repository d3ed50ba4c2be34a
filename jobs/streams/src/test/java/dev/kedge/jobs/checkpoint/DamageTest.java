// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.state.flink.DamagedStateException;
import java.io.FileNotFoundException;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.flink.util.SerializedThrowable;
import org.junit.jupiter.api.Test;
import org.rocksdb.RocksDBException;

class DamageTest {
    private static Throwable wrapped(Throwable cause) {
        return new FlinkRuntimeException(
                "the job failed", new SerializedThrowable(new RuntimeException(cause)));
    }

    @Test
    void isFoundBelowWhateverFlinkWrapsAroundIt() {
        assertThat(Damage.in(wrapped(new DamagedStateException("model 'a': part 'b': bad"))))
                .hasValue("damaged state: model 'a': part 'b': bad");
        assertThat(Damage.in(wrapped(new RocksDBException("Corruption: block checksum mismatch"))))
                .hasValue("Corruption: block checksum mismatch");
        assertThat(Damage.in(wrapped(new FileNotFoundException("/x/ads/shared/1 (No such file)"))))
                .isPresent();
    }

    @Test
    void otherFailuresAreNone() {
        assertThat(Damage.in(wrapped(new FileNotFoundException("/x/encoder.onnx")))).isEmpty();
        assertThat(Damage.in(wrapped(new RocksDBException("IO error: No space left")))).isEmpty();
        assertThat(Damage.in(new RuntimeException())).isEmpty();
    }
}
