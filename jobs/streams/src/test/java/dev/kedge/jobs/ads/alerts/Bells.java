// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.alerts;

import dev.kedge.operators.ads.creative.CreativeScore;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.awaitility.Awaitility;

/** Bells for tests. */
public final class Bells {
    private Bells() {}

    /**
     * A bell with a web hook that nobody answers, which rings for each creative that is to be
     * stopped, and for the job, which is far behind.
     */
    public static AlertBell rung(CreativeScore... scores) {
        Condition stop =
                new Condition(
                        Condition.Advised.STOP,
                        0,
                        0,
                        "",
                        "",
                        "",
                        0,
                        Duration.ZERO,
                        0,
                        Duration.ZERO);
        Condition lag =
                new Condition(
                        Condition.Advised.ANY,
                        0,
                        0,
                        "",
                        "",
                        "",
                        9,
                        Duration.ZERO,
                        0,
                        Duration.ZERO);
        AlertSettings settings =
                new AlertSettings(
                        Duration.ofMillis(10),
                        AlertRule.STANDARD,
                        List.of(
                                new AlertRule("losing", stop, Duration.ZERO, 1),
                                new AlertRule("behind", lag, Duration.ZERO, 1)),
                        new WebhookSettings(
                                "http://localhost:1/",
                                new TreeMap<>(),
                                Duration.ofSeconds(1),
                                1,
                                10));
        Situation situation =
                new Situation(
                        Arrays.stream(scores)
                                .map(score -> new Situation.Creative(score, 0.7, () -> "Summer"))
                                .toList(),
                        3,
                        new Situation.Job(OptionalLong.of(10), Duration.ZERO, 0));
        AlertBell bell = new AlertBell("ads", settings, Clock.systemUTC(), AlertMemory.NONE);
        bell.start(() -> Optional.of(situation));
        Awaitility.await("rings").until(() -> !bell.told().isEmpty());
        return bell;
    }
}
