// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads;

import static dev.kedge.operators.ads.Bench.market;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.operators.ads.ScoreDetail.Extent;
import dev.kedge.operators.ads.creative.CreativeEvent;
import dev.kedge.operators.ads.creative.CreativeScore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Scores that carry less say the same in what they carry, and models learn the same. */
class ScoreDetailTest {
    private static final List<CreativeEvent> MARKET = market(80, 8);

    private static Bench played(ScoreDetail detail) {
        Bench bench = new Bench(DiscontinuationSettings.DEFAULT.with("scores", detail));
        return bench.sendAll(MARKET).flush();
    }

    private static CreativeScore with(
            CreativeScore like, CreativeScore.Outlook outlook, CreativeScore.Advice advice) {
        return new CreativeScore(
                like.subject(),
                like.description(),
                like.at(),
                like.launchedAt(),
                like.cause(),
                outlook,
                like.forecast(),
                advice,
                like.totals(),
                like.latest(),
                like.version(),
                Optional.empty());
    }

    /** Which of the scores bring news, by what was said before of the same creative. */
    private static List<Boolean> news(List<CreativeScore> scores) {
        Map<CreativeScore.Subject, CreativeScore.Action> before = new HashMap<>();
        List<Boolean> news = new ArrayList<>();
        for (CreativeScore score : scores) {
            news.add(score.action() != before.put(score.subject(), score.action()));
        }
        return news;
    }

    private static void assertSameParts(Bench bench, Bench all) {
        assertThat(bench.store.parts()).hasSameSizeAs(all.store.parts());
        bench.store
                .parts()
                .forEach(
                        (part, bytes) ->
                                assertThat(bytes).as(part).isEqualTo(all.store.parts().get(part)));
    }

    @Test
    void whatComesWithNewsIsWhatWouldHaveComeAndTheRestIsLeftOut() {
        try (Bench all = played(ScoreDetail.DEFAULT);
                Bench some =
                        played(new ScoreDetail(Extent.CHANGES, Extent.CHANGES, Extent.CHANGES))) {
            List<Boolean> news = news(all.scores);

            assertThat(news).contains(true, false);
            assertThat(some.scores).hasSameSizeAs(all.scores);
            for (int i = 0; i < news.size(); i++) {
                CreativeScore one = some.scores.get(i);
                if (news.get(i)) {
                    assertThat(one).usingRecursiveComparison().isEqualTo(all.scores.get(i));
                } else {
                    assertThat(one.outlook().survival()).isEmpty();
                    assertThat(one.outlook().lower()).isEmpty();
                    assertThat(one.advice().contributions()).isEmpty();
                    assertThat(with(all.scores.get(i), one.outlook(), one.advice()))
                            .usingRecursiveComparison()
                            .isEqualTo(one);
                    assertThat(one.action()).isEqualTo(all.scores.get(i).action());
                }
            }
            assertSameParts(some, all);
        }
    }

    @Test
    void noScoreCarriesWhatNoneShall() {
        try (Bench all = played(ScoreDetail.DEFAULT);
                Bench none = played(new ScoreDetail(Extent.ALWAYS, Extent.NEVER, Extent.NEVER))) {
            for (int i = 0; i < all.scores.size(); i++) {
                CreativeScore one = none.scores.get(i);
                CreativeScore.Outlook outlook = all.scores.get(i).outlook();
                assertThat(one.outlook().survival()).isEqualTo(outlook.survival());
                assertThat(one.outlook().lower()).isEmpty();
                assertThat(one.outlook().upper()).isEmpty();
                assertThat(one.advice().contributions()).isEmpty();
                assertThat(one.forecast()).isEqualTo(all.scores.get(i).forecast());
            }
            assertSameParts(none, all);
        }
    }

    @Test
    void aBandNeedsItsCurve() {
        assertThatThrownBy(() -> new ScoreDetail(Extent.CHANGES, Extent.ALWAYS, Extent.ALWAYS))
                .hasMessageContaining("band")
                .hasMessageContaining("no more scores than have curves (changes)");
    }
}
