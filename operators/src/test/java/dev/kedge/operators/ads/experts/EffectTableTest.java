// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.experts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.state.part.MemoryPartStore;
import org.junit.jupiter.api.Test;

class EffectTableTest {
    private static final int COLUMNS = 3;

    private final MemoryPartStore store = new MemoryPartStore();
    private final EffectTable table = new EffectTable(128, COLUMNS, store);

    private static void stop(EffectTable table, EffectTable.Key key) {
        table.toLearn(key).learn(1, true, 1, 0.5);
    }

    private static boolean knows(EffectTable table, EffectTable.Key key) {
        return table.of(key).hazard(1, 0, 1) > 0;
    }

    @Test
    void whatOneLearnsAnotherDoesNotKnow() {
        stop(table, new EffectTable.Key(7, 1));

        assertThat(knows(table, new EffectTable.Key(7, 1))).isTrue();
        assertThat(knows(table, new EffectTable.Key(7, 0))).isFalse();
        assertThat(knows(table, new EffectTable.Key(8, 1))).isFalse();
    }

    /** Advertisers 64, 128 and 192 share a bucket that holds two. */
    @Test
    void whoWasHeardOfLongestAgoIsForgottenFirst() {
        stop(table, new EffectTable.Key(64, 0));
        stop(table, new EffectTable.Key(128, 0));
        stop(table, new EffectTable.Key(64, 0));
        stop(table, new EffectTable.Key(192, 0));

        assertThat(knows(table, new EffectTable.Key(64, 0))).isTrue();
        assertThat(knows(table, new EffectTable.Key(128, 0))).isFalse();
        assertThat(knows(table, new EffectTable.Key(192, 0))).isTrue();
    }

    @Test
    void anAdvertiserIsForgottenWithItsCampaigns() {
        stop(table, new EffectTable.Key(64, 0));
        stop(table, new EffectTable.Key(64, 5));
        stop(table, new EffectTable.Key(65, 5));
        table.flush(store);
        table.forget(64);
        table.flush(store);

        for (EffectTable now : new EffectTable[] {table, new EffectTable(128, COLUMNS, store)}) {
            assertThat(knows(now, new EffectTable.Key(64, 0))).isFalse();
            assertThat(knows(now, new EffectTable.Key(64, 5))).isFalse();
            assertThat(knows(now, new EffectTable.Key(65, 5))).isTrue();
        }
    }

    @Test
    void onlyBucketsThatChangedAreWritten() {
        stop(table, new EffectTable.Key(64, 0));
        stop(table, new EffectTable.Key(65, 0));
        table.flush(store);
        MemoryPartStore second = new MemoryPartStore();
        stop(table, new EffectTable.Key(65, 0));
        table.flush(second);

        assertThat(store.names("")).containsExactly("mixture/effects/00", "mixture/effects/01");
        assertThat(second.names("")).containsExactly("mixture/effects/01");
    }

    @Test
    void readBackItGoesOnWithTheSameBytes() {
        for (int i = 0; i < 300; i++) {
            Effect effect = table.toLearn(new EffectTable.Key(i % 90, i % 4));
            effect.learn(i % COLUMNS, i % 3 == 0, effect.weigh(i % COLUMNS, i / 50), 0.1);
            effect.ended(i, effect.weighStop(i / 50));
        }
        table.flush(store);
        EffectTable again = new EffectTable(128, COLUMNS, store);
        MemoryPartStore one = new MemoryPartStore();
        MemoryPartStore other = new MemoryPartStore();
        for (int i = 0; i < 90; i++) {
            stop(table, new EffectTable.Key(i, 1));
            stop(again, new EffectTable.Key(i, 1));
        }
        table.flush(one);
        again.flush(other);

        assertThat(other.parts()).usingRecursiveComparison().isEqualTo(one.parts());
        assertThat(one.names("")).hasSize(64);
    }

    @Test
    void withRoomForNobodyNothingIsKept() {
        EffectTable none = new EffectTable(0, COLUMNS, store);
        stop(none, new EffectTable.Key(64, 0));

        assertThat(knows(none, new EffectTable.Key(64, 0))).isFalse();
    }
}
