// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.jobs.page.DeadLetterCounts;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NewestTest {
    @Test
    void whatWasPutFirstLeavesFirst() {
        Map<String, Integer> map = new LinkedHashMap<>();
        List.of("c", "a", "b").forEach(key -> map.put(key, 0));

        Newest.keep(map, 2);

        assertThat(map).containsOnlyKeys("a", "b");
    }

    @Test
    void aHistoryIsBoundedAndInOrder() {
        Deque<Integer> history = new ArrayDeque<>();
        for (int i = 0; i < 5; i++) {
            Newest.add(history, i, 3);
        }

        assertThat(history).containsExactly(2, 3, 4);
    }

    @Test
    void ofTooManyReasonsTheLaterOnesAreCountedTogether() {
        DeadLetterCounts counts = new DeadLetterCounts();
        for (int i = 0; i < 102; i++) {
            counts.count("reason" + i);
        }
        counts.count("reason0");

        assertThat(counts.byReason())
                .hasSize(101)
                .containsEntry("reason0", 2L)
                .containsEntry("other", 2L);
    }
}
