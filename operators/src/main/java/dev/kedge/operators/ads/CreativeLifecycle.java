// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads;

import static dev.kedge.state.text.Text.format;

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
import java.time.Duration;
import java.time.Instant;
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
     * @param period length of a reporting period
     * @param lateness how far the clock is behind the newest event; named in refusals only
     * @param retention how long a stopped creative is remembered
     * @param capacity creatives remembered at most; named in refusals only
     */
    record Rules(
            Intervals intervals,
            Duration period,
            Duration lateness,
            Duration retention,
            int capacity) {
        static Rules of(DiscontinuationSettings settings) {
            return new Rules(
                    settings.cuts(),
                    settings.statistics().every(),
                    settings.lateness(),
                    settings.ledger().retention(),
                    settings.ledger().capacity());
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
            return refusal(
                    Reason.UNKNOWN_CREATIVE,
                    "creative: '%s' was never launched in model '%s', or its retention is over",
                    event.creative(),
                    model);
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
        return entry.running()
                ? refusal(
                        Reason.ALREADY_RUNNING,
                        "creative: '%s' was launched before",
                        entry.creative())
                : refusal(
                        Reason.ALREADY_DISCONTINUED,
                        "creative: '%s' was launched before and stopped; send 'reactivated' instead",
                        entry.creative());
    }

    private Step launch(CreativeLaunched event, long clock) {
        return ledger.full()
                ? refusal(
                        Reason.OVER_CAPACITY,
                        "creative: model '%s' holds ledger.capacity (%d) creatives already",
                        model,
                        rules.capacity())
                : new Launch(event, rules.intervals().at(clock - event.at()));
    }

    private Step report(LedgerEntry entry, IntervalStatistics event, long clock) {
        long starts = entry.launchedAt() + event.period() * rules.period().toMillis();
        long ends = starts + rules.period().toMillis();
        if (ends > event.at()) {
            return refusal(
                    Reason.FUTURE,
                    "period: %d ends at %s, after the report (%s)",
                    event.period(),
                    time(ends),
                    time(event.at()));
        }
        if (!entry.running() && starts >= entry.stoppedAt()) {
            return refusal(
                    Reason.ALREADY_DISCONTINUED,
                    "period: %d begins after the creative was discontinued (%s)",
                    event.period(),
                    time(entry.stoppedAt()));
        }
        if (entry.hasReport(event.period())) {
            return new Repetition();
        }
        if (event.at() < clock) {
            return refusal(
                    Reason.LATE,
                    "at: %s is before the model's clock %s; lateness is %s",
                    time(event.at()),
                    time(clock),
                    Durations.word(rules.lateness()));
        }
        return new Report(
                entry,
                new LedgerEntry.Report(
                        event.period(),
                        ends,
                        event.at(),
                        event.impressions(),
                        event.clicks(),
                        event.conversions(),
                        event.spend()));
    }

    private static Step stop(LedgerEntry entry, CreativeDiscontinued event) {
        if (!entry.running()) {
            return refusal(
                    Reason.ALREADY_DISCONTINUED,
                    "creative: '%s' was discontinued at %s",
                    event.creative(),
                    time(entry.stoppedAt()));
        }
        if (event.at() < entry.launchedAt()) {
            return refusal(
                    Reason.INVALID,
                    "at: %s is before the launch (%s)",
                    time(event.at()),
                    time(entry.launchedAt()));
        }
        Optional<Refusal> late =
                event.at() >= entry.startedAt()
                        ? Optional.empty()
                        : Optional.of(
                                refusal(
                                        Reason.LATE,
                                        "at: %s lies in an interval that was closed as survived; the creative is stopped, its end is not learned",
                                        time(event.at())));
        return new Stop(entry, event, late);
    }

    private static Step reactivate(LedgerEntry entry, CreativeReactivated event) {
        if (entry.running()) {
            return refusal(Reason.ALREADY_RUNNING, "creative: '%s' runs already", event.creative());
        }
        if (event.at() < entry.stoppedAt()) {
            return refusal(
                    Reason.INVALID,
                    "at: %s is before the discontinuation (%s)",
                    time(event.at()),
                    time(entry.stoppedAt()));
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
        ledger.forgetStoppedBefore(clock - rules.retention().toMillis());
    }

    private static Instant time(long at) {
        return Instant.ofEpochMilli(at);
    }

    private static Refusal refusal(Reason reason, String format, Object... values) {
        return new Refusal(reason, format(format, values));
    }
}
