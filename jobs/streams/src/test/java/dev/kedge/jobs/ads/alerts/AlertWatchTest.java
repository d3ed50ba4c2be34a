// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.alerts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.jobs.ads.DiscontinuationFile;
import dev.kedge.jobs.ads.board.Samples;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.jobs.page.SteppedClock;
import dev.kedge.operators.ads.creative.CreativeScore.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertWatchTest {
    private static final Situation.Job WELL =
            new Situation.Job(OptionalLong.of(0), Duration.ZERO, 0);

    private final SteppedClock clock = new SteppedClock(Instant.parse("2026-09-01T10:00:00Z"));
    private final KeptMemory memory = new KeptMemory();

    private static final class KeptMemory implements AlertMemory {
        private Optional<byte[]> state = Optional.empty();

        @Override
        public Optional<byte[]> load() {
            return state;
        }

        @Override
        public void save(byte[] now) {
            state = Optional.of(now);
        }
    }

    private AlertWatch watch(String... rules) {
        String yaml = "alerts: {rules: [" + String.join(", ", rules) + "]}";
        AlertSettings settings =
                StrictYaml.parse(
                                yaml,
                                DiscontinuationFile.DEFAULT,
                                DiscontinuationFile.class,
                                "job.yaml")
                        .alerts();
        return new AlertWatch("ads", settings.rules(), clock, memory);
    }

    private static Situation.Creative losing(String creative, double waste) {
        return new Situation.Creative(
                Samples.wasting(creative, -1, waste, Action.STOP), 0.6, () -> "Summer sale");
    }

    private static Situation of(Situation.Creative... creatives) {
        return new Situation(List.of(creatives), 14, WELL);
    }

    private static Situation job(long lag, Duration silent, double deadLetters) {
        return new Situation(
                List.of(), 14, new Situation.Job(OptionalLong.of(lag), silent, deadLetters));
    }

    private static List<String> creatives(List<Alert> alerts) {
        return alerts.stream().map(one -> one.about().orElseThrow().creative()).toList();
    }

    @Test
    void isToldOnceWhenItHasHeldForSoLong() {
        AlertWatch watch =
                watch(
                        "{name: losing, when: {advice: stop, expected-loss-above: 100, holds-for: 1 d}}");
        Situation bad = of(losing("a", 120), losing("b", 90));

        assertThat(watch.look(bad)).isEmpty();
        clock.advance(Duration.ofHours(23));
        assertThat(watch.look(bad)).isEmpty();
        clock.advance(Duration.ofHours(1));
        List<Alert> told = watch.look(bad);
        clock.advance(Duration.ofDays(3));

        assertThat(creatives(told)).containsExactly("a");
        assertThat(told.get(0).text())
                .isEqualTo(
                        "losing: a (Acme, Summer sale): advice stop, 60 % to be stopped within 14 days, 120.00 expected to be wasted until the next check");
        assertThat(
                        Duration.between(
                                Instant.ofEpochMilli(told.get(0).since()),
                                Instant.ofEpochMilli(told.get(0).at())))
                .isEqualTo(Duration.ofDays(1));
        assertThat(watch.look(bad)).as("the same episode").isEmpty();
    }

    @Test
    void whatHoldsNoMoreInBetweenBeginsAnew() {
        AlertWatch watch = watch("{name: r, when: {advice: stop, holds-for: 1 h}}");

        watch.look(of(losing("a", 1)));
        clock.advance(Duration.ofMinutes(50));
        watch.look(of());
        watch.look(of(losing("a", 1)));
        clock.advance(Duration.ofMinutes(50));

        assertThat(watch.look(of(losing("a", 1)))).isEmpty();
    }

    @Test
    void anEpisodeEndsOnlyWellBelowItsBound() {
        AlertWatch watch =
                watch("{name: r, when: {expected-loss-above: 100}, leave: 0.8, pause: 0 s}");

        assertThat(watch.look(of(losing("a", 101)))).hasSize(1);
        assertThat(watch.look(of(losing("a", 85)))).isEmpty();
        assertThat(watch.told().get(0).isOpen()).isTrue();
        assertThat(watch.look(of(losing("a", 101)))).as("it never ended").isEmpty();
        assertThat(watch.look(of(losing("a", 79)))).isEmpty();
        assertThat(watch.told().get(0).ended()).contains(clock.millis());
        assertThat(watch.look(of(losing("a", 101)))).as("another episode").hasSize(1);
    }

    @Test
    void anotherEpisodeWaitsForThePause() {
        AlertWatch watch = watch("{name: r, when: {advice: stop}, pause: 6 h}");

        assertThat(watch.look(of(losing("a", 1)))).hasSize(1);
        watch.look(of());
        clock.advance(Duration.ofHours(5));
        assertThat(watch.look(of(losing("a", 1)))).isEmpty();
        clock.advance(Duration.ofHours(1));
        assertThat(watch.look(of(losing("a", 1)))).hasSize(1);
    }

    @Test
    void aDashboardThatIsStartedAgainTellsNothingTwice() {
        String rule = "{name: r, when: {advice: stop, holds-for: 1 h}}";
        AlertWatch first = watch(rule);
        first.look(of(losing("a", 1), losing("late", 1)));
        clock.advance(Duration.ofHours(1));
        assertThat(first.look(of(losing("a", 1)))).hasSize(1);

        AlertWatch second = watch(rule);
        assertThat(second.told()).isEqualTo(first.told());
        clock.advance(Duration.ofHours(9));
        assertThat(second.look(of(losing("a", 1)))).isEmpty();
    }

    @Test
    void aMemoryThatIsNoneIsPassedOver() {
        memory.save("{\"other\":1}".getBytes(UTF_8));

        assertThat(watch("{name: r, when: {advice: stop}}").look(of(losing("a", 1)))).hasSize(1);
    }

    @Test
    void ofManyTheDearestAreToldFirstAndTheOthersLater() {
        AlertWatch watch = watch("{name: r, when: {advice: stop}}");
        Situation many =
                of(
                        IntStream.range(0, 45)
                                .mapToObj(i -> losing("c" + i, i))
                                .toArray(Situation.Creative[]::new));

        assertThat(creatives(watch.look(many))).hasSize(20).startsWith("c44", "c43");
        assertThat(watch.told().get(0).alert().about().orElseThrow().creative()).isEqualTo("c44");
        assertThat(creatives(watch.look(many))).hasSize(20).startsWith("c24");
        assertThat(watch.look(many)).hasSize(5);
        assertThat(watch.look(many)).isEmpty();
    }

    @Test
    void theListIsBounded() {
        AlertWatch watch = watch("{name: r, when: {advice: stop}, pause: 0 s}");
        for (int i = 0; i < AlertWatch.MOST_TOLD + 10; i++) {
            watch.look(of(losing("c" + i, 1)));
        }

        assertThat(watch.told()).hasSize(AlertWatch.MOST_TOLD);
        assertThat(watch.told().get(0).isOpen()).isTrue();
        assertThat(watch.told().get(1).isOpen()).isFalse();
    }

    @Test
    void rulesOfTheJobAreToldWithoutACreative() {
        AlertWatch watch =
                watch(
                        "{name: behind, when: {lag-above: 1000}}",
                        "{name: silent, when: {no-scores-for: 10 min}}",
                        "{name: refused, when: {dead-letters-above: 0.05}}");

        assertThat(watch.look(job(1000, Duration.ofMinutes(10), 0.05))).isEmpty();
        List<Alert> told = watch.look(job(1001, Duration.ofMinutes(11), 0.061));

        assertThat(told).allMatch(one -> one.about().isEmpty());
        assertThat(told)
                .extracting(Alert::text)
                .containsExactly(
                        "behind: 1,001 records of the input are not read yet",
                        "silent: no score for 11 min",
                        "refused: 6.1 % of what the job wrote lately are dead letters");
        assertThat(watch.look(job(0, Duration.ZERO, Double.NaN))).isEmpty();
        assertThat(watch.told()).noneMatch(Told::isOpen);
    }

    @Test
    void aLagThatIsNotKnownForAWhileNeitherBeginsAnEpisodeNorEndsOne() {
        AlertWatch watch = watch("{name: behind, when: {lag-above: 1000}}");
        Situation unknown =
                new Situation(
                        List.of(), 14, new Situation.Job(OptionalLong.empty(), Duration.ZERO, 0));

        assertThat(watch.look(unknown)).isEmpty();
        assertThat(watch.look(job(2000, Duration.ZERO, 0))).hasSize(1);
        watch.look(unknown);

        assertThat(watch.told()).singleElement().matches(Told::isOpen);
        assertThat(watch.look(job(2000, Duration.ZERO, 0))).as("the same episode").isEmpty();
        watch.look(job(0, Duration.ZERO, 0));
        assertThat(watch.told()).noneMatch(Told::isOpen);
    }

    @ParameterizedTest
    @CsvSource({
        "'',anything,true",
        "Summer*,summer sale,true",
        "*sale,Summer sale,true",
        "*mm*s*,Summer sale,true",
        "summer,Summer sale,false",
        "*sales,Summer sale,false",
        "S?mmer,Summer,false",
        "*,'',true"
    })
    void starsStandForAnyText(String pattern, String text, boolean matches) {
        assertThat(Condition.matches(pattern, text)).isEqualTo(matches);
    }

    @Test
    void allThatARuleNamesMustHold() {
        AlertWatch watch =
                watch(
                        "{name: r, when: {advice: stop, campaign: 'Winter*'}}",
                        "{name: s, when: {probability-above: 0.7}}",
                        "{name: t, when: {advertiser: 'ac*', model: search}}");

        assertThat(watch.look(of(losing("a", 1)))).extracting(Alert::rule).containsExactly("t");
    }

    @Test
    void namesOfAlertsDiffer() {
        AlertWatch watch = watch("{name: r, when: {advice: stop}}");

        List<Alert> told = watch.look(of(losing("a", 1), losing("b", 1)));
        assertThat(told).extracting(Alert::id).doesNotHaveDuplicates();
        assertThat(told).extracting(Alert::job).containsOnly("ads");
    }
}
