// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads;

import static dev.kedge.operators.stream.DeadLetter.Reason.ALREADY_DISCONTINUED;
import static dev.kedge.operators.stream.DeadLetter.Reason.ALREADY_RUNNING;
import static dev.kedge.operators.stream.DeadLetter.Reason.FUTURE;
import static dev.kedge.operators.stream.DeadLetter.Reason.INVALID;
import static dev.kedge.operators.stream.DeadLetter.Reason.LATE;
import static dev.kedge.operators.stream.DeadLetter.Reason.OVER_CAPACITY;
import static dev.kedge.operators.stream.DeadLetter.Reason.UNKNOWN_CREATIVE;

import dev.kedge.operators.ads.DiscontinuationSettings.Ledger;
import dev.kedge.operators.ads.DiscontinuationSettings.Reporting;
import dev.kedge.operators.ads.creative.CreativeDiscontinued;
import dev.kedge.operators.ads.creative.CreativeEvent;
import dev.kedge.operators.ads.creative.CreativeLaunched;
import dev.kedge.operators.ads.creative.CreativeReactivated;
import dev.kedge.operators.ads.creative.IntervalStatistics;
import dev.kedge.operators.ads.hazards.Intervals;
import dev.kedge.operators.stream.DeadLetter.Reason;
import dev.kedge.state.ads.LedgerEntry;
import dev.kedge.state.ads.SurvivalLedger;
import dev.kedge.state.settings.Durations;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * The life of every creative of one model, by the rules of {@code docs/events.md}: launched,
 * reported on, closed interval by interval, stopped, re-activated. It knows no parameters and no
 * streams.
 *
 * <p>{@link #next} says what an event means and changes nothing; the transition that it names is
 * made by the method that takes it, so that its caller can look at a creative before and after.
 * Time is event time in epoch milliseconds, and the clock is passed in. Not thread-safe.
 */
final class CreativeLifecycle {
    private final String model;
    private final Rules rules;
    private final SurvivalLedger ledger;

    /**
     * What can be set of a life.
     *
     * @param intervals in which it is at risk
     * @param reporting length of a reporting period; the lateness is named in refusals only
     * @param ledger how long a stopped creative is remembered; the capacity is named in refusals
     *     only
     */
    record Rules(Intervals intervals, Reporting reporting, Ledger ledger) {
        static Rules of(DiscontinuationSettings settings) {
            return new Rules(settings.cuts(), settings.reporting(), settings.ledger());
        }
    }

    /** What an event means. */
    sealed interface Step {}

    /** It breaks a rule; nothing changes. */
    record Refusal(Reason reason, String message) implements Step {}

    /** A report that was taken before; nothing changes. */
    record Repetition() implements Step {}

    /**
     * A first spell begins.
     *
     * @param interval the first interval at risk: outcomes of earlier ones were seen by nobody
     */
    record Launch(CreativeLaunched event, int interval) implements Step {}

    /** A report counts. */
    record Report(LedgerEntry entry, LedgerEntry.Report report) implements Step {}

    /**
     * A spell ends.
     *
     * @param late that its end lies in an interval that was closed as survived; the creative stops
     *     all the same, but its end tells nothing any more
     */
    record Stop(LedgerEntry entry, CreativeDiscontinued event, Optional<Refusal> late)
            implements Step {}

    /** Another spell begins. */
    record Reactivation(LedgerEntry entry, long at) implements Step {}

    CreativeLifecycle(String model, Rules rules, SurvivalLedger ledger) {
        this.model = model;
        this.rules = rules;
        this.ledger = ledger;
    }

    /**
     * Says what an event means.
     *
     * @param clock the model's clock: what came before it is late
     */
    Step next(CreativeEvent event, long clock) {
        Optional<LedgerEntry> known = ledger.find(event.creative());
        if (event instanceof CreativeLaunched launched) {
            return known.map(CreativeLifecycle::alreadyLaunched)
                    .orElseGet(() -> launch(launched, clock));
        }
        if (known.isEmpty()) {
            String format =
                    "creative: '%s' was never launched in model '%s', or its retention is over";
            return refusal(UNKNOWN_CREATIVE, format, event.creative(), model);
        }
        LedgerEntry entry = known.get();
        if (event instanceof IntervalStatistics statistics) {
            return report(entry, statistics, clock);
        }
        if (event instanceof CreativeDiscontinued discontinued) {
            return stop(entry, discontinued);
        }
        return reactivate(entry, (CreativeReactivated) event);
    }

    private static Step alreadyLaunched(LedgerEntry entry) {
        String message = "creative: '" + entry.creative() + "' was launched before";
        return entry.running()
                ? new Refusal(ALREADY_RUNNING, message)
                : new Refusal(
                        ALREADY_DISCONTINUED, message + " and stopped; send 'reactivated' instead");
    }

    private Step launch(CreativeLaunched event, long clock) {
        String full = "creative: model '%s' holds ledger.capacity (%d) creatives already";
        return ledger.full()
                ? refusal(OVER_CAPACITY, full, model, rules.ledger().capacity())
                : new Launch(event, rules.intervals().at(clock - event.at()));
    }

    private Step report(LedgerEntry entry, IntervalStatistics event, long clock) {
        int period = event.period();
        long length = rules.reporting().statistics().every().toMillis();
        long starts = entry.launchedAt() + period * length;
        long ends = starts + length;
        Instant at = time(event.at());
        if (ends > event.at()) {
            return refusal(
                    FUTURE, "period: %d ends at %s, after the report (%s)", period, time(ends), at);
        }
        if (!entry.running() && starts >= entry.stoppedAt()) {
            String format = "period: %d begins after the creative was discontinued (%s)";
            return refusal(ALREADY_DISCONTINUED, format, period, time(entry.stoppedAt()));
        }
        if (entry.hasReport(period)) {
            return new Repetition();
        }
        if (event.at() < clock) {
            String lateness = Durations.word(rules.reporting().lateness());
            String format = "at: %s is before the model's clock %s; lateness is %s";
            return refusal(LATE, format, at, time(clock), lateness);
        }
        return new Report(entry, event.endingAt(ends));
    }

    private static Step stop(LedgerEntry entry, CreativeDiscontinued event) {
        if (!entry.running()) {
            String format = "creative: '%s' was discontinued at %s";
            return refusal(ALREADY_DISCONTINUED, format, event.creative(), time(entry.stoppedAt()));
        }
        if (event.at() < entry.launchedAt()) {
            String format = "at: %s is before the launch (%s)";
            return refusal(INVALID, format, time(event.at()), time(entry.launchedAt()));
        }
        return new Stop(entry, event, late(entry, event.at()));
    }

    private static Optional<Refusal> late(LedgerEntry entry, long at) {
        if (at >= entry.startedAt()) {
            return Optional.empty();
        }
        String format =
                "at: %s lies in an interval that was closed as survived; the creative is stopped, its end is not learned";
        return Optional.of(refusal(LATE, format, time(at)));
    }

    private static Step reactivate(LedgerEntry entry, CreativeReactivated event) {
        if (entry.running()) {
            return refusal(ALREADY_RUNNING, "creative: '%s' runs already", event.creative());
        }
        if (event.at() < entry.stoppedAt()) {
            String format = "at: %s is before the discontinuation (%s)";
            return refusal(INVALID, format, time(event.at()), time(entry.stoppedAt()));
        }
        return new Reactivation(entry, event.at());
    }

    /** Begins a first spell of a creative that shows this. */
    LedgerEntry begin(Launch launch, LedgerEntry.Content content) {
        Intervals intervals = rules.intervals();
        String creative = launch.event().creative();
        long at = launch.event().at();
        LedgerEntry entry = new LedgerEntry(creative, content, at, at + intervals.start(1));
        int interval = launch.interval();
        if (interval > 0) {
            entry.enter(
                    interval, at + intervals.start(interval), at + intervals.start(interval + 1));
        }
        ledger.add(entry);
        return entry;
    }

    /** Begins another spell. */
    void begin(Reactivation again) {
        ledger.reactivate(again.entry(), again.at(), again.at() + rules.intervals().start(1));
    }

    /** Adds what was reported. */
    void take(Report taken) {
        taken.entry().report(taken.report());
        ledger.touch(taken.entry());
    }

    /** The creative whose open interval ends first, if the clock has passed that end. */
    Optional<LedgerEntry> due(long clock) {
        return ledger.firstEnding(clock);
    }

    /** Closes a creative's open interval as survived, and opens the next. */
    void survive(LedgerEntry entry) {
        int afterNext = entry.openInterval() + 2;
        ledger.survive(entry, entry.launchedAt() + rules.intervals().start(afterNext));
    }

    /**
     * Ends a spell.
     *
     * @param lost whether the end tells nothing of the creative
     */
    void end(Stop stop, boolean lost) {
        ledger.stop(stop.entry(), stop.event().at(), lost);
    }

    /** Forgets whom nothing was heard of for too long after it stopped. */
    void forgetOld(long clock) {
        ledger.forgetStoppedBefore(clock - rules.ledger().retention().toMillis());
    }

    private static Instant time(long at) {
        return Instant.ofEpochMilli(at);
    }

    private static Refusal refusal(Reason reason, String format, Object... values) {
        return new Refusal(reason, String.format(Locale.ROOT, format, values));
    }
}
