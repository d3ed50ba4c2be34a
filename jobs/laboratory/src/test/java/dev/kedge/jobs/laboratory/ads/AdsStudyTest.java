// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.ads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.jobs.laboratory.ads.replay.Lives;
import dev.kedge.jobs.laboratory.ads.replay.Rival;
import dev.kedge.jobs.laboratory.data.CreativeHistory;
import dev.kedge.jobs.laboratory.data.CreativeLife;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AdsStudyTest {
    private static final int COUNT = 90;
    private static final String FILE =
            """
            kind: ads
            seeds: [1, 2]
            ads: {warm-up: 30, refit: 20 d, last: 0.4}
            batch: {epochs: 3, rows: 16}
            discontinuation: {intervals: {boundary: 7}}
            nets: [{name: net, change: {}}]
            """;

    @Test
    void everybodyIsJudgedOnBothPartsWithEverySeed() {
        List<Result> results = new ArrayList<>();
        AdsStudy.of(settings(FILE), lives())
                .parts()
                .forEach(part -> part.work().accept(results::add));

        assertThat(results)
                .extracting(Result::part)
                .contains("after the first 30 launches", "the last 40 %");
        assertThat(results.stream().collect(Collectors.groupingBy(Result::ranking)).keySet())
                .containsExactlyInAnyOrder(
                        "single pass",
                        "net",
                        "Cox refitted in batch",
                        "advertiser's past mean",
                        "Kaplan-Meier, no features");
        assertThat(results).hasSize(2 * 2 * 5);
        assertThat(AdsStudy.of(settings(FILE), lives()).parts())
                .as("what progress counts on")
                .allSatisfy(part -> assertThat(part.results()).isEqualTo(2 * 5));
        assertThat(results)
                .filteredOn(result -> result.ranking().startsWith("Kaplan"))
                .allSatisfy(result -> assertThat(result.values().subList(0, 3)).containsOnly(0.5));
        // Brief advertisers and steady ones are told apart.
        assertThat(results)
                .filteredOn(result -> result.ranking().startsWith("Cox"))
                .allSatisfy(result -> assertThat(result.values().get(2)).isGreaterThan(0.7));
    }

    @Test
    void nothingSaidBeforeAMomentChangesWithWhatHappensAfterIt() {
        List<CreativeLife> lives = lives();
        List<CreativeLife> altered = new ArrayList<>(lives);
        int from = 60;
        long moment = lives.get(from).launched().at();
        for (int i = 0; i < COUNT; i++) {
            CreativeLife life = lives.get(i);
            if (life.until() >= moment) {
                long later = Math.max(moment, life.launched().at()) + 86_400_000L * (1 + i % 40);
                altered.set(i, new CreativeLife(life.launched(), later, !life.stopped()));
            }
        }

        Rival said =
                AdsStudy.of(settings(FILE), lives).stream("s", settings(FILE).discontinuation());
        Rival again =
                AdsStudy.of(settings(FILE), altered).stream("s", settings(FILE).discontinuation());

        assertThat(Arrays.copyOf(again.atLaunch(), from))
                .containsExactly(Arrays.copyOf(said.atLaunch(), from));
        assertThat(Arrays.copyOf(again.cutOut(), from))
                .containsExactly(Arrays.copyOf(said.cutOut(), from));
        assertThat(again.atLaunch()).isNotEqualTo(said.atLaunch());
    }

    @Test
    void theBatchLearnersDoNotChangeWithTheFutureEither() {
        List<CreativeLife> lives = lives();
        int from = 60;
        long moment = lives.get(from).launched().at();
        List<CreativeLife> cut = lives.stream().map(life -> life.seenUntil(moment)).toList();

        for (String ranking : List.of("net", "Cox refitted in batch")) {
            assertThat(rival(ranking, cut)).containsExactly(rival(ranking, lives));
        }
    }

    private static double[] rival(String ranking, List<CreativeLife> lives) {
        SurvivalExperimentSettings settings = settings(FILE);
        Refits refits = new Refits(lives.subList(0, 61), 30, 86_400_000L * 200, 7);
        if (ranking.equals("net")) {
            try (RefittedNet net =
                    RefittedNet.of(
                            settings.discontinuation(),
                            settings.batch(),
                            lives,
                            new CreativeHistory(lives, List.of()).events(),
                            3)) {
                return refits.rival(ranking, net).atLaunch();
            }
        }
        return refits.rival(ranking, new RefittedCox(lives, new double[] {7}, 10)).atLaunch();
    }

    @Test
    void theFirstShareIsAsItWasKnownWhenTheNextCreativeCame() {
        List<CreativeLife> first = AdsStudy.first(lives(), 0.5);
        long moment = lives().get(COUNT / 2).launched().at();

        assertThat(first).hasSize(COUNT / 2);
        assertThat(first).allSatisfy(life -> assertThat(life.until()).isLessThanOrEqualTo(moment));
        assertThat(first).anyMatch(life -> !life.stopped());
        List<CreativeLife> all = lives();
        assertThat(AdsStudy.first(all, 1)).isSameAs(all);
    }

    @Test
    void aWarmUpThatLeavesNothingBeforeTheLastPartIsRefused() {
        assertThatThrownBy(
                        () ->
                                AdsStudy.of(
                                        settings(FILE.replace("warm-up: 30", "warm-up: 60")),
                                        lives()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("ads.warm-up: 60 is not allowed");
    }

    /** One creative a day: those of one advertiser last about 3 days, those of another about 30. */
    private static List<CreativeLife> lives() {
        List<CreativeLife> lives = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            boolean brief = i % 2 == 0;
            double days = (brief ? 3 : 30) * (0.6 + 0.1 * (i * 7 % 9));
            lives.add(
                    i % 11 == 5
                            ? Lives.running("c" + i, brief ? "brief" : "steady", i, i + days)
                            : Lives.stopped("c" + i, brief ? "brief" : "steady", i, i + days));
        }
        return lives;
    }

    private static SurvivalExperimentSettings settings(String yaml) {
        return StrictYaml.parse(
                yaml, SurvivalExperimentSettings.DEFAULT, SurvivalExperimentSettings.class, "test");
    }
}
