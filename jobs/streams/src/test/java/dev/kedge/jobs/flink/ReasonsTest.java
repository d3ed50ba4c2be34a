// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import org.apache.flink.util.SerializedThrowable;
import org.junit.jupiter.api.Test;

class ReasonsTest {
    @Test
    void theDeepestCauseThatSaysSomethingIsTheReason() {
        assertThat(Reasons.deepest(new RuntimeException("above", new IOException("No space left"))))
                .isEqualTo("No space left");
        assertThat(Reasons.deepest(new RuntimeException("the file breaks off", new EOFException())))
                .isEqualTo("the file breaks off");
        assertThat(Reasons.deepest(new RuntimeException(new EOFException())))
                .isEqualTo("EOFException");
    }

    @Test
    void whatSaysTooLittleIsNamed() {
        assertThat(Reasons.deepest(new OutOfMemoryError("Metaspace")))
                .isEqualTo("OutOfMemoryError: Metaspace");
        assertThat(Reasons.deepest(new NullPointerException("null")))
                .isEqualTo("NullPointerException: null");
    }

    @Test
    void whatFlinkPackedIsUnpacked() {
        SerializedThrowable packed =
                new SerializedThrowable(
                        new RuntimeException("a", new IOException("the disk broke")));

        assertThat(Reasons.deepest(packed)).isEqualTo("the disk broke");
        assertThat(Reasons.chain(packed)).anyMatch(IOException.class::isInstance);
    }

    @Test
    void aReasonIsOneLineOfBoundedLength() {
        String reason = Reasons.deepest(new IOException("first\n  second\r\n" + "x".repeat(1000)));

        assertThat(reason).startsWith("first second x").endsWith("...").hasSize(300);
    }
}
