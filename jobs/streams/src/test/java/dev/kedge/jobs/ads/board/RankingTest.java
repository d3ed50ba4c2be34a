// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.operators.ads.creative.CreativeScore;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankingTest {
    private static final List<CreativeScore> SCORES =
            IntStream.range(0, 2000).mapToObj(i -> Samples.score("c" + i, 1, i % 7)).toList();

    @Test
    void whatPeopleDecidedIsAskedOnceOfEachScoreThoughItMayChangeWhileTheyAreSorted() {
        AtomicInteger asked = new AtomicInteger();
        Lens everySecondAnswer = new Lens(score -> true, score -> asked.getAndIncrement() % 2 == 0);

        Ranking.Page page = Ranking.BY_RISK.apply(SCORES, 7, everySecondAnswer);

        assertThat(asked).hasValue(SCORES.size());
        assertThat(page.total()).isEqualTo(SCORES.size());
        assertThat(page.scores()).doesNotHaveDuplicates().isSubsetOf(SCORES);
    }
}
