// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads;

import static dev.kedge.operators.ads.Bench.DAY;
import static dev.kedge.operators.ads.Bench.again;
import static dev.kedge.operators.ads.Bench.at;
import static dev.kedge.operators.ads.Bench.launched;
import static dev.kedge.operators.ads.Bench.statistics;
import static dev.kedge.operators.ads.Bench.stopped;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.operators.ads.CreativeLifecycle.Launch;
import dev.kedge.operators.ads.CreativeLifecycle.Reactivation;
import dev.kedge.operators.ads.CreativeLifecycle.Refusal;
import dev.kedge.operators.ads.CreativeLifecycle.Repetition;
import dev.kedge.operators.ads.CreativeLifecycle.Report;
import dev.kedge.operators.ads.CreativeLifecycle.Step;
import dev.kedge.operators.ads.CreativeLifecycle.Stop;
import dev.kedge.operators.ads.creative.CreativeEvent;
import dev.kedge.operators.ads.creative.CreativeLaunched;
import dev.kedge.operators.ads.hazards.Intervals;
import dev.kedge.operators.stream.DeadLetter.Reason;
import dev.kedge.state.ads.CreativeDescription;
import dev.kedge.state.ads.LedgerEntry;
import dev.kedge.state.ads.SurvivalLedger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The rules of a creative's life, with intervals that begin on days 0, 1, 3 and 7. */
class CreativeLifecycleTest {
    private static final LedgerEntry.Content NOTHING =
            new LedgerEntry.Content(
                    CreativeDescription.NONE, new int[0], new int[0], new float[0], new float[0]);

    private final SurvivalLedger ledger = new SurvivalLedger(2);
    private final CreativeLifecycle lifecycle =
            new CreativeLifecycle(
                    "market",
                    new CreativeLifecycle.Rules(
                            new Intervals(List.of(0.0, 1.0, 3.0, 7.0), 3),
                            DiscontinuationSettings.Reporting.DEFAULT,
                            new DiscontinuationSettings.Ledger(2, Duration.ofDays(30))),
                    ledger);
    private double clock;

    /** What an event means when the model's clock is at a day; its transition is made. */
    private Step send(CreativeEvent event) {
        Step step = lifecycle.next(event, at(clock));
        if (step instanceof Launch launch) {
            lifecycle.begin(launch, NOTHING);
        } else if (step instanceof Report report) {
            lifecycle.take(report);
        } else if (step instanceof Stop stop) {
            lifecycle.end(stop, false);
        } else if (step instanceof Reactivation reactivation) {
            lifecycle.begin(reactivation);
        }
        return step;
    }

    /** Lets time pass; returns how many intervals were closed as survived. */
    private int pass(double day) {
        clock = day;
        int closed = 0;
        Optional<LedgerEntry> due = lifecycle.due(at(clock));
        while (due.isPresent()) {
            lifecycle.survive(due.get());
            closed++;
            due = lifecycle.due(at(clock));
        }
        lifecycle.forgetOld(at(clock));
        return closed;
    }

    private static void assertRefused(Step step, Reason reason, String message) {
        assertThat(step).isEqualTo(new Refusal(reason, message));
    }

    private LedgerEntry c() {
        return ledger.find("c").orElseThrow();
    }

    @Test
    void aLaunchOpensTheFirstInterval() {
        CreativeLaunched launch = launched("c", 0, "x");

        assertThat(send(launch)).isEqualTo(new Launch(launch, 0));
        assertThat(c().running()).isTrue();
        assertThat(c().openInterval()).isZero();
        assertThat(c().startedAt()).isEqualTo(at(0));
        assertThat(c().endsAt()).isEqualTo(at(1));
    }

    @Test
    void whatNextSaysChangesNothing() {
        lifecycle.next(launched("c", 0, "x"), at(0));

        assertThat(ledger.size()).isZero();
    }

    @Test
    void aCreativeThatRunsIsNotLaunchedAgain() {
        send(launched("c", 0, "x"));

        assertRefused(
                send(launched("c", 0.5, "x")),
                Reason.ALREADY_RUNNING,
                "creative: 'c' was launched before");
    }

    @Test
    void aStoppedCreativeIsReactivatedAndNotLaunchedAgain() {
        send(launched("c", 0, "x"));
        send(stopped("c", 0.5));

        assertRefused(
                send(launched("c", 0.6, "x")),
                Reason.ALREADY_DISCONTINUED,
                "creative: 'c' was launched before and stopped; send 'reactivated' instead");
    }

    @Test
    void aLaunchBeyondTheCapacityIsRefused() {
        send(launched("a", 0, "x"));
        send(launched("b", 0, "x"));

        assertRefused(
                send(launched("c", 0, "x")),
                Reason.OVER_CAPACITY,
                "creative: model 'market' holds ledger.capacity (2) creatives already");
    }

    @Test
    void aLaunchLongAgoIsAtRiskFromTheIntervalInWhichTheClockIs() {
        clock = 4;
        CreativeLaunched launch = launched("c", 0, "x");

        assertThat(send(launch)).isEqualTo(new Launch(launch, 2));
        assertThat(c().openInterval()).isEqualTo(2);
        assertThat(c().startedAt()).isEqualTo(at(3));
        assertThat(c().endsAt()).isEqualTo(at(7));
    }

    @Test
    void whatWasNeverLaunchedIsUnknown() {
        String message =
                "creative: 'c' was never launched in model 'market', or its retention is over";

        assertRefused(send(statistics("c", 1, 0, 9, 1)), Reason.UNKNOWN_CREATIVE, message);
        assertRefused(send(stopped("c", 1)), Reason.UNKNOWN_CREATIVE, message);
        assertRefused(send(again("c", 1)), Reason.UNKNOWN_CREATIVE, message);
    }

    @Test
    void aReportCountsFromTheEndOfItsPeriodOn() {
        send(launched("c", 0, "x"));

        assertRefused(
                send(statistics("c", 1.5, 1, 9, 1)),
                Reason.FUTURE,
                "period: 1 ends at 2020-09-15T12:26:40Z, after the report (2020-09-15T00:26:40Z)");
        assertThat(send(statistics("c", 2, 1, 9, 1)))
                .isEqualTo(new Report(c(), new LedgerEntry.Report(1, at(2), at(2), 9, 1, 0, 0.09)));
        assertThat(c().current().clicks()).isEqualTo(1);
    }

    @Test
    void aReportThatComesAgainIsARepetitionEvenWhereItIsLate() {
        send(launched("c", 0, "x"));
        send(statistics("c", 1, 0, 9, 1));
        clock = 5;

        assertThat(send(statistics("c", 1, 0, 9, 1))).isEqualTo(new Repetition());
        assertThat(c().current().clicks()).isEqualTo(1);
    }

    @Test
    void aReportBeforeTheClockIsLate() {
        send(launched("c", 0, "x"));
        clock = 2;

        assertRefused(
                send(statistics("c", 1, 0, 9, 1)),
                Reason.LATE,
                "at: 2020-09-14T12:26:40Z is before the model's clock 2020-09-15T12:26:40Z; lateness is 6 h");
    }

    @Test
    void aStoppedCreativeIsReportedOnForPeriodsThatBeganWhileItRan() {
        send(launched("c", 0, "x"));
        send(stopped("c", 1));

        assertThat(send(statistics("c", 2, 0, 9, 1))).isInstanceOf(Report.class);
        assertRefused(
                send(statistics("c", 2, 1, 9, 1)),
                Reason.ALREADY_DISCONTINUED,
                "period: 1 begins after the creative was discontinued (2020-09-14T12:26:40Z)");
    }

    @Test
    void intervalsCloseOneAfterTheOtherAsTheClockPassesTheirEnds() {
        send(launched("c", 0, "x"));

        assertThat(pass(0.9)).isZero();
        assertThat(pass(1)).isEqualTo(1);
        assertThat(pass(6.9)).isEqualTo(1);
        assertThat(c().openInterval()).isEqualTo(2);
        assertThat(pass(15)).as("past the last cut in steps of the last width").isEqualTo(3);
        assertThat(c().endsAt()).isEqualTo(at(19));
    }

    @Test
    void aStopEndsTheSpellAndNoIntervalClosesAnyMore() {
        send(launched("c", 0, "x"));

        assertThat(send(stopped("c", 0.5)))
                .isEqualTo(new Stop(c(), stopped("c", 0.5), Optional.empty()));
        assertThat(c().running()).isFalse();
        assertThat(pass(20)).isZero();
        assertRefused(
                send(stopped("c", 0.7)),
                Reason.ALREADY_DISCONTINUED,
                "creative: 'c' was discontinued at 2020-09-14T00:26:40Z");
    }

    @Test
    void aStopBeforeTheLaunchIsInvalid() {
        send(launched("c", 1, "x"));

        assertRefused(
                send(stopped("c", 0.5)),
                Reason.INVALID,
                "at: 2020-09-14T00:26:40Z is before the launch (2020-09-14T12:26:40Z)");
        assertThat(c().running()).isTrue();
    }

    @Test
    void aStopInAClosedIntervalStopsTheCreativeAndIsLate() {
        send(launched("c", 0, "x"));
        pass(1.5);

        Stop stop = (Stop) send(stopped("c", 0.5));

        assertThat(stop.late())
                .contains(
                        new Refusal(
                                Reason.LATE,
                                "at: 2020-09-14T00:26:40Z lies in an interval that was closed as survived; the creative is stopped, its end is not learned"));
        assertThat(c().running()).isFalse();
    }

    @Test
    void aReactivationBeginsASpellWithAClockOfItsOwnAndNothingReported() {
        send(launched("c", 0, "x"));
        send(statistics("c", 1, 0, 9, 1));
        send(stopped("c", 1.5));

        assertThat(send(again("c", 9))).isEqualTo(new Reactivation(c(), at(9)));
        assertThat(c().running()).isTrue();
        assertThat(c().spell()).isEqualTo(1);
        assertThat(c().endsAt()).isEqualTo(at(9) + DAY);
        assertThat(c().current().clicks()).isZero();
        assertThat(send(statistics("c", 10, 0, 9, 1))).isInstanceOf(Report.class);
    }

    @Test
    void onlyWhatStoppedIsReactivatedAndNotBeforeItStopped() {
        send(launched("c", 0, "x"));
        assertRefused(send(again("c", 0.5)), Reason.ALREADY_RUNNING, "creative: 'c' runs already");
        send(stopped("c", 0.6));

        assertRefused(
                send(again("c", 0.5)),
                Reason.INVALID,
                "at: 2020-09-14T00:26:40Z is before the discontinuation (2020-09-14T02:50:40Z)");
    }

    @Test
    void aStoppedCreativeIsForgottenAfterItsRetentionAndMayBeLaunchedAgain() {
        send(launched("c", 0, "x"));
        send(stopped("c", 0.5));

        pass(30.5);
        assertThat(ledger.size()).isEqualTo(1);
        pass(30.6);
        assertThat(ledger.size()).isZero();
        assertThat(send(launched("c", 31, "x"))).isInstanceOf(Launch.class);
    }
}
