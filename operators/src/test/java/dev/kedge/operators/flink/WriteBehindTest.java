// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.operators.stream.Command;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.LiveModel;
import dev.kedge.operators.stream.Outlet;
import dev.kedge.state.part.MemoryPartStore;
import dev.kedge.state.part.PartStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WriteBehindTest {
    private static final long BOUND = 100;
    private static final long PART = 10;

    private final List<String> written = new ArrayList<>();
    private final WriteBehind<String, String, String> behind =
            new WriteBehind<>(
                    BOUND, new WriteBehind.Clocks(() -> this.millis, this::tick), new ToList());
    private long millis;
    private long nanos;
    private long nanosOfALook;
    private int asked;

    private long tick() {
        nanos += nanosOfALook;
        return nanos;
    }

    @Test
    void nothingIsWrittenWhileLittleChanged() {
        behind.touched("a", live(10, 0));

        behind.run();

        assertThat(written).isEmpty();
        assertThat(behind.unwritten()).isEqualTo(BOUND);
    }

    @Test
    void noMoreThanTheBoundStaysUnwritten() {
        for (String key : List.of("a", "b", "c")) {
            behind.touched(key, live(20, 0));
        }

        behind.run();

        assertThat(behind.unwritten()).isLessThanOrEqualTo(BOUND);
    }

    @Test
    void modelsThatWereTouchedLongestAgoAreWrittenFirst() {
        Live<String, String, String> a = live(20, 0);
        behind.touched("a", a);
        behind.touched("b", live(11, 0));
        behind.touched("a", a);

        behind.run();

        assertThat(written).containsExactly("b: 11 parts", "a: 16 parts");
    }

    @Test
    void aModelThatTakesRecordsIsNotWrittenWholeBeforeItRests() {
        behind.touched("a", live(0, 2 * BOUND));

        behind.run();
        assertThat(written).isEmpty();

        millis += WriteBehind.REST_MILLIS;
        behind.run();
        assertThat(written).containsExactly("a: all");
        assertThat(behind.unwritten()).isZero();
    }

    @Test
    void aModelIsAskedForPartsAgainOnlyAfterItsNextRecord() {
        Live<String, String, String> a = live(1, 2 * BOUND);
        behind.touched("a", a);

        behind.run();
        behind.run();
        behind.run();
        assertThat(asked).as("for the one part, and for no more").isEqualTo(2);

        behind.touched("a", a);
        behind.run();
        assertThat(asked).isEqualTo(3);
    }

    @Test
    void aSliceEndsInTheMiddleOfAModel() {
        behind.touched("a", live(10_000, 0));
        nanosOfALook = 1_000_000;

        behind.run();

        assertThat(written).hasSizeBetween(1, 4);
    }

    @Test
    void aBarrierFindsAllThatChanged() {
        behind.touched("a", live(2, 0));
        behind.touched("b", live(0, 5));

        behind.finish();

        assertThat(written).containsExactly("a: all", "b: all");
        assertThat(behind.unwritten()).isZero();
    }

    @Test
    void whatIsForgottenIsNotWritten() {
        Live<String, String, String> a = live(50, 0);
        behind.touched("a", a);

        behind.cleaned("a", a);
        behind.run();
        behind.finish();

        assertThat(written).isEmpty();
        assertThat(behind.unwritten()).isZero();
    }

    private static Live<String, String, String> live(int parts, long rest) {
        return new Live<>(new Changed(parts, rest), new KeyClock(), new double[0]);
    }

    private final class ToList implements WriteBehind.Writer<String, String, String> {
        @Override
        public int some(String key, Live<String, String, String> live, int max) {
            asked++;
            int parts = live.model().flushOldest(new MemoryPartStore(), max);
            if (parts > 0) {
                written.add(key + ": " + parts + " parts");
            }
            return parts;
        }

        @Override
        public void all(String key, Live<String, String, String> live) {
            written.add(key + ": all");
            live.flush(new MemoryPartStore());
            behind.cleaned(key, live);
        }
    }

    /** A model with so many changed parts, and so many bytes that change with each record. */
    private static final class Changed implements LiveModel<String, String, String> {
        private int parts;
        private long rest;

        private Changed(int parts, long rest) {
            this.parts = parts;
            this.rest = rest;
        }

        @Override
        public void process(Incoming<String> incoming, Outlet<String, String> outlet) {
            throw new UnsupportedOperationException("nothing is processed here");
        }

        @Override
        public void obey(Command command) {
            throw new UnsupportedOperationException("nothing is obeyed here");
        }

        @Override
        public long bytes() {
            return PART * parts + rest;
        }

        @Override
        public void flush(PartStore store) {
            parts = 0;
            rest = 0;
        }

        @Override
        public int flushOldest(PartStore store, int max) {
            int some = Math.min(max, parts);
            parts -= some;
            return some;
        }
    }
}
