// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.intervals;

import dev.kedge.operators.ads.creative.CreativeScore.RemainingDays;
import dev.kedge.operators.ads.hazards.Intervals;
import dev.kedge.state.ads.CreativeDescription;
import dev.kedge.state.ads.LedgerEntry;
import dev.kedge.state.part.MemoryPartStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Predicate;

/** Plays lives of creatives in order of time, and keeps what was said of each at its launch. */
final class PlayedLives {
    static final long DAY = 86_400_000L;

    /** Daily for four days, then every two to the tenth. */
    static final Intervals INTERVALS =
            new Intervals(List.of(0.0, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0), 4);

    private static final long START = 1_600_000_000_000L;

    final MemoryPartStore store;
    final List<Said> said = new ArrayList<>();
    private final IntervalSettings settings;
    private final Intervals intervals;
    private final PriorityQueue<Moment> queue =
            new PriorityQueue<>(
                    Comparator.comparingLong(Moment::at).thenComparingInt(Moment::number));
    private DoubleUnaryOperator pace = day -> 1;
    private PredictiveIntervals learned;
    private int number;

    /**
     * A life.
     *
     * @param advertiser who pays
     * @param launch day of the launch
     * @param days how long it runs
     * @param lost whether it is lost from sight then
     * @param hazard that is foretold of every interval of a day
     */
    record Life(String advertiser, double launch, double days, boolean lost, double hazard) {}

    /** What was said of a life at its launch. */
    record Said(Life life, Optional<RemainingDays> interval) {
        boolean holds() {
            RemainingDays one = interval.orElseThrow();
            return life.days() >= one.low() && (one.isOpen() || life.days() <= one.high());
        }
    }

    private record Moment(long at, int number, LedgerEntry entry, Life life) {}

    PlayedLives(IntervalSettings settings) {
        this(settings, INTERVALS, new MemoryPartStore());
    }

    /** Goes on with what a store has. */
    PlayedLives(IntervalSettings settings, Intervals intervals, MemoryPartStore store) {
        this.store = store;
        this.settings = settings;
        this.intervals = intervals;
        this.learned = PredictiveIntervals.restored(settings, intervals, store);
    }

    /** Foretells on each day so many times the hazard of a life. */
    PlayedLives foretelling(DoubleUnaryOperator factor) {
        pace = factor;
        return this;
    }

    PredictiveIntervals learned() {
        return learned;
    }

    /** Writes all that is known, and goes on with what is read back. */
    PlayedLives restart() {
        learned.flush(store);
        List<Moment> waiting = new ArrayList<>(queue);
        queue.clear();
        for (Moment one : waiting) {
            LedgerEntry back = LedgerEntry.fromBytes(one.entry().toBytes());
            queue.add(new Moment(one.at(), one.number(), back, one.life()));
        }
        learned = PredictiveIntervals.restored(settings, intervals, store);
        return this;
    }

    /** Launches a creative, after all that happens before. */
    PlayedLives launch(Life life) {
        long at = START + Math.round(life.launch() * DAY);
        until(at);
        LedgerEntry entry = entry(life.advertiser(), "c" + number, at);
        Optional<RemainingDays> interval = learned.foretell(entry, at, hazards(life, at));
        learned.note(entry);
        said.add(new Said(life, interval));
        wait(entry, life, number++);
        return this;
    }

    private LedgerEntry entry(String advertiser, String name, long at) {
        LedgerEntry.Content content =
                new LedgerEntry.Content(
                        new CreativeDescription(advertiser, "", ""),
                        new int[0],
                        new int[0],
                        new float[0],
                        new float[0]);
        return new LedgerEntry(name, content, at, at + intervals.start(1));
    }

    private double[] hazards(Life life, long at) {
        double factor = pace.applyAsDouble((at - START) / (double) DAY);
        double hazard = Math.min(0.95, life.hazard() * factor);
        double[] hazards = new double[intervals.columns()];
        for (int k = 0; k < hazards.length; k++) {
            double width = intervals.startDays(k + 1) - intervals.startDays(k);
            hazards[k] = -Math.expm1(width * Math.log1p(-hazard));
        }
        return hazards;
    }

    private void wait(LedgerEntry entry, Life life, int order) {
        long stop = entry.launchedAt() + Math.round(life.days() * DAY);
        queue.add(new Moment(Math.min(stop, entry.endsAt()), order, entry, life));
    }

    /** Lets everything happen that does before a moment. */
    void until(long at) {
        while (!queue.isEmpty() && queue.peek().at() < at) {
            happen(queue.remove());
        }
    }

    /** Lets everything happen. */
    PlayedLives end() {
        until(Long.MAX_VALUE);
        learned.flush(store);
        return this;
    }

    private void happen(Moment moment) {
        LedgerEntry entry = moment.entry();
        if (moment.at() == entry.endsAt()) {
            learned.survived(entry);
            entry.survive(entry.launchedAt() + intervals.start(entry.openInterval() + 2));
            learned.foretell(entry, moment.at(), hazards(moment.life(), moment.at()));
            learned.note(entry);
            wait(entry, moment.life(), moment.number());
        } else {
            learned.ended(entry, moment.at(), !moment.life().lost());
            entry.stop(moment.at(), moment.life().lost());
        }
    }

    /** Share of what was said of the lives from one on that holds. */
    double held(int from) {
        return held(from, life -> true);
    }

    /** The same of some of them. */
    double held(int from, Predicate<Life> which) {
        List<Said> judged =
                said.subList(from, said.size()).stream()
                        .filter(one -> one.interval().isPresent() && !one.life().lost())
                        .filter(one -> which.test(one.life()))
                        .toList();
        return (double) judged.stream().filter(Said::holds).count() / judged.size();
    }
}
