// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveCacheTest {
    private final List<String> evicted = new ArrayList<>();

    private LiveCache<long[]> cache(long budget) {
        return new LiveCache<>(budget, model -> model[0], (key, model) -> evicted.add(key));
    }

    @Test
    void theLeastRecentlyUsedLeavesFirst() {
        LiveCache<long[]> cache = cache(20);
        cache.put("a", new long[] {10});
        cache.put("b", new long[] {10});
        assertThat(cache.get("a")).isPresent();

        cache.put("c", new long[] {10});
        cache.settle("c", other -> false);

        assertThat(evicted).containsExactly("b");
        assertThat(cache.bytes()).isEqualTo(20);
    }

    @Test
    void aBudgetOfNothingKeepsTheModelInUse() {
        LiveCache<long[]> cache = cache(0);
        cache.put("a", new long[] {10});
        cache.settle("a", other -> false);
        cache.put("b", new long[] {10});
        cache.settle("b", other -> false);

        assertThat(evicted).containsExactly("a");
        assertThat(cache.get("b")).isPresent();
        assertThat(cache.evictions()).isEqualTo(1);
    }

    @Test
    void aModelThatGrowsPushesOthersOut() {
        LiveCache<long[]> cache = cache(25);
        long[] growing = {10};
        cache.put("a", new long[] {10});
        cache.put("b", growing);
        cache.settle("b", other -> false);
        assertThat(evicted).isEmpty();

        growing[0] = 20;
        cache.settle("b", other -> false);

        assertThat(evicted).containsExactly("a");
        assertThat(cache.bytes()).isEqualTo(20);
    }

    @Test
    void aBusyModelStaysAndAnotherLeaves() {
        LiveCache<long[]> cache = cache(20);
        cache.put("a", new long[] {10});
        cache.put("b", new long[] {10});
        cache.put("c", new long[] {10});

        assertThat(cache.settle("c", "a"::equals)).as("the budget holds").isTrue();

        assertThat(evicted).containsExactly("b");
    }

    @Test
    void itSaysWhereOnlyBusyModelsCouldMakeRoom() {
        LiveCache<long[]> cache = cache(10);
        cache.put("a", new long[] {10});
        cache.put("b", new long[] {10});

        assertThat(cache.settle("b", "a"::equals)).isFalse();
        assertThat(evicted).isEmpty();
        cache.settle("b", other -> false);
        assertThat(evicted).containsExactly("a");
    }

    @Test
    void aModelLargerThanTheBudgetIsNobodysFault() {
        LiveCache<long[]> cache = cache(10);
        cache.put("a", new long[] {30});

        assertThat(cache.settle("a", other -> false)).isTrue();
    }
}
