// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.operators.classifier.hpcr.ReplayTuning;
import dev.kedge.operators.stream.Command.Verb;
import dev.kedge.operators.tracker.ctvis.TrackingTuning;
import org.junit.jupiter.api.Test;

class LiveTuningTest {
    private static final LiveTuning<ReplayTuning> REPLAY =
            new LiveTuning<>(false, new ReplayTuning(1, 2, 3));
    private static final LiveTuning<TrackingTuning> TRACKING =
            new LiveTuning<>(true, new TrackingTuning(1, 2, 3));

    @Test
    void aPauseLeavesRateAndWeightsAsTheyAre() {
        assertThat(REPLAY.after(command(Verb.PAUSE, "", 0)))
                .isEqualTo(new LiveTuning<>(true, REPLAY.learning()));
        assertThat(TRACKING.after(command(Verb.RESUME, "", 0)))
                .isEqualTo(new LiveTuning<>(false, TRACKING.learning()));
    }

    @Test
    void aRateLeavesPauseAndWeightsAsTheyAre() {
        assertThat(TRACKING.after(command(Verb.RATE, "", 9)))
                .isEqualTo(new LiveTuning<>(true, new TrackingTuning(9, 2, 3)));
        assertThat(REPLAY.after(command(Verb.RATE, "", 9)).learning())
                .isEqualTo(new ReplayTuning(9, 2, 3));
    }

    @Test
    void aWeightIsThatOfItsTermAlone() {
        assertThat(weighed(REPLAY, ReplayTuning.PROXY_DISTILLATION))
                .isEqualTo(new ReplayTuning(1, 9, 3));
        assertThat(weighed(REPLAY, ReplayTuning.SAMPLE_DISTILLATION))
                .isEqualTo(new ReplayTuning(1, 2, 9));
        assertThat(weighed(TRACKING, TrackingTuning.EMBEDDING))
                .isEqualTo(new TrackingTuning(1, 9, 3));
        assertThat(weighed(TRACKING, TrackingTuning.AUXILIARY))
                .isEqualTo(new TrackingTuning(1, 2, 9));
    }

    @Test
    void anUnknownTermAndAnotherCommandChangeNothing() {
        assertThat(REPLAY.after(command(Verb.WEIGHT, "embedding", 9))).isEqualTo(REPLAY);
        assertThat(TRACKING.after(command(Verb.WEIGHT, "short-term", 9))).isEqualTo(TRACKING);
        assertThat(REPLAY.after(command(Verb.FORGET_CLASS, "a", 9))).isSameAs(REPLAY);
    }

    private static <L extends Tunable<L>> L weighed(LiveTuning<L> tuning, String term) {
        return tuning.after(command(Verb.WEIGHT, term, 9)).learning();
    }

    private static Command command(Verb verb, String name, double value) {
        return new Command(verb, Command.EVERY, name, value, 0, 0);
    }
}
