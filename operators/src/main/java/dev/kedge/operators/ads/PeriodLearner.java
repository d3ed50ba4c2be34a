// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads;

import dev.kedge.operators.ads.OutcomeSettings.Landmarks;
import dev.kedge.operators.ads.PendingPeriods.PersonPeriod;
import dev.kedge.operators.ads.experts.Experts;
import dev.kedge.operators.ads.experts.Panel.Outcome;
import dev.kedge.operators.ads.recall.CreativeMemory;
import dev.kedge.operators.stream.Agenda;
import dev.kedge.operators.stream.LiveModels;
import dev.kedge.state.ads.Delivery;
import dev.kedge.state.ads.LedgerEntry;
import java.util.List;
import java.util.Optional;

/**
 * How one model learns: the outcome of each interval becomes one or two person-periods, and as many
 * of them as fill a micro-batch one step of the learner. A paused model observes nothing.
 */
final class PeriodLearner {
    private static final Delivery NOTHING_DELIVERED = new Delivery();
    private static final long DAY = 86_400_000L;

    private final DiscontinuationShared shared;
    private final DiscontinuationSettings settings;
    private final DiscontinuationModel.Memory memory;
    private final ModelProgress progress;
    private final PendingPeriods pending;
    private final Optional<Experts> experts;
    private final Agenda agenda;
    private double ofDecision = 1;
    private long learnedUntil;

    /**
     * Learns for a model.
     *
     * @param agenda where steps are put, and what comes after them
     */
    PeriodLearner(DiscontinuationShared shared, DiscontinuationModel.Memory memory, Agenda agenda) {
        this.shared = shared;
        this.agenda = agenda;
        this.settings = shared.settings();
        this.memory = memory;
        this.progress = memory.progress();
        this.pending = memory.pending();
        this.experts = memory.experts();
        this.learnedUntil = memory.learner().step() > 0 ? progress.newest() : LiveModels.NO_TIME;
    }

    boolean paused() {
        return progress.tuning().paused();
    }

    /**
     * The model's newest event time when it learned last. It is not stored: a model that is
     * restored has learned until its own newest event.
     */
    long learnedUntil() {
        return learnedUntil;
    }

    /**
     * Takes in the outcome of a creative's open interval, in stages of the agenda.
     *
     * @param cause why it was discontinued in it, or {@link PersonPeriod#SURVIVED}
     * @param clock the model's clock, epoch milliseconds
     */
    void observe(LedgerEntry entry, int cause, long clock) {
        if (paused()) {
            return;
        }
        Delivery known = entry.atIntervalStart();
        double weight = progress.weight().weigh(known.impressions(), known.clicks());
        Landmarks landmarks = settings.landmarks();
        boolean first = entry.openInterval() == 0;
        double share = landmarks == Landmarks.BOTH && !first ? weight / 2 : weight;
        boolean stop = cause != PersonPeriod.SURVIVED;
        experts.ifPresent(
                all -> ofDecision = shared.panel().observe(all, entry, stop, clock / DAY));
        if (landmarks != Landmarks.LAUNCH) {
            add(period(entry, known, entry.startedAt(), cause, share), clock);
        }
        if (landmarks == Landmarks.LAUNCH || (landmarks == Landmarks.BOTH && !first)) {
            agenda.then(() -> addAsOfLaunch(entry, cause, share, clock));
        }
        progress.observed(cause != PersonPeriod.SURVIVED);
    }

    private void addAsOfLaunch(LedgerEntry entry, int cause, double weight, long clock) {
        add(period(entry, NOTHING_DELIVERED, entry.launchedAt(), cause, weight), clock);
    }

    private PersonPeriod period(
            LedgerEntry entry, Delivery known, long landmark, int cause, double weight) {
        float[] numbers = new float[shared.features().width()];
        shared.features().numbers(entry, known, landmark, numbers);
        progress.moments().learn(numbers);
        int column = shared.intervals().column(entry.openInterval());
        experts.ifPresent(all -> teach(all, entry, numbers, column, cause));
        return new PersonPeriod(entry.content(), numbers, column, cause, weight);
    }

    /** Teaches the linear expert; the weight of clicks is the net's alone. */
    private void teach(Experts all, LedgerEntry entry, float[] numbers, int column, int cause) {
        RunningMoments moments = progress.moments();
        boolean twice = settings.landmarks() == Landmarks.BOTH && entry.openInterval() > 0;
        shared.panel()
                .learn(
                        all,
                        entry.content(),
                        i -> moments.standardise(i, numbers[i]),
                        numbers.length,
                        new Outcome(
                                column,
                                cause != PersonPeriod.SURVIVED,
                                twice ? ofDecision / 2 : ofDecision));
    }

    private void add(PersonPeriod period, long clock) {
        pending.add(period, clock);
        if (pending.size() >= settings.learning().batch()) {
            learnNext();
        }
    }

    /** Learns next what waits, and what the creative memory wants to be learned. */
    void learnNext() {
        agenda.learn(this::learn);
    }

    /** Learns a half-filled micro-batch that has waited for too long. */
    void learnOld(long clock) {
        if (pending.oldest() <= clock - settings.learning().patience().toMillis()) {
            learnNext();
        }
    }

    private void learn() {
        Optional<CreativeMemory.Lesson> lesson =
                memory.creatives()
                        .flatMap(all -> all.lesson(memory.ledger(), memory.learner().random()));
        double loss = shared.learn(memory.pupil(), pending.rows(), lesson);
        if (pending.size() > 0 && !Double.isNaN(loss)) {
            memory.evaluation().loss(loss);
        }
        if (!Double.isNaN(loss)) {
            learnedUntil = progress.newest();
        }
        pending.clear();
        memory.creatives().ifPresent(all -> all.renew(memory.ledger(), this::embed));
    }

    /** Embeds what creatives show: a row for each, valid until the next call. */
    double[] embed(List<LedgerEntry.Content> contents) {
        return shared.embed(memory.learner(), progress.moments(), contents);
    }
}
