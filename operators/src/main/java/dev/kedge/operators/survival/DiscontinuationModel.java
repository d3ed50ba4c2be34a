// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.survival;

import dev.kedge.operators.creative.CreativeDiscontinued;
import dev.kedge.operators.creative.CreativeEvent;
import dev.kedge.operators.creative.CreativeLaunched;
import dev.kedge.operators.creative.CreativeReactivated;
import dev.kedge.operators.creative.CreativeScore;
import dev.kedge.operators.creative.CreativeScore.Cause;
import dev.kedge.operators.creative.IntervalStatistics;
import dev.kedge.operators.creative.ModelMetrics;
import dev.kedge.operators.learner.LearnerState;
import dev.kedge.operators.recall.CreativeMemory;
import dev.kedge.operators.stream.Command;
import dev.kedge.operators.stream.Contract;
import dev.kedge.operators.stream.DeadLetter.Reason;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.LiveModel;
import dev.kedge.operators.stream.Outlet;
import dev.kedge.operators.survival.DiscontinuationSettings.Landmarks;
import dev.kedge.operators.survival.PendingPeriods.PersonPeriod;
import dev.kedge.state.part.Part;
import dev.kedge.state.part.PartStore;
import dev.kedge.state.survival.AdvertiserLedger;
import dev.kedge.state.survival.Delivery;
import dev.kedge.state.survival.LedgerEntry;
import dev.kedge.state.survival.SurvivalLedger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One live model of ad-creative discontinuation. Every closed interval of every creative is one
 * Bernoulli observation: it survived when the model's clock passed the interval's end, or it was
 * discontinued in it. The clock is the newest event time of this model less the allowed lateness,
 * so it depends on this model's events alone.
 */
final class DiscontinuationModel implements LiveModel<CreativeEvent, CreativeScore, ModelMetrics> {
    /**
     * Intervals that one event closes at most, where its time leaps; the events after it close the
     * others. Without this one record could ask for years of intervals of every creative.
     */
    static final int MOST_DUE = 10_000;

    private static final Delivery NOTHING_DELIVERED = new Delivery();

    private final String model;
    private final DiscontinuationShared shared;
    private final DiscontinuationSettings settings;
    private final Intervals intervals;
    private final Contract contract;
    private final LearnerState learner;
    private final SurvivalLedger ledger;
    private final AdvertiserLedger advertisers;
    private final PendingPeriods pending;
    private final PrequentialConcordance evaluation;
    private final ModelProgress progress;
    private final Optional<CreativeMemory> memory;
    private final CalibratedHorizons calibration;
    private final Advisor advisor;
    private final HeadPrecision precision;
    private final Optional<Rehearsal> rehearsal;
    private final CreativeScorer.Subject subject;
    private final Part pendingPart = Part.of(DiscontinuationShared.PENDING);
    private final Part evaluationPart = Part.of(DiscontinuationShared.EVALUATION);

    DiscontinuationModel(String model, DiscontinuationShared shared, Memory memory) {
        this.model = model;
        this.shared = shared;
        this.settings = shared.settings();
        this.intervals = shared.intervals();
        this.contract = memory.contract();
        this.learner = memory.learner();
        this.ledger = memory.ledger();
        this.advertisers = memory.advertisers();
        this.pending = memory.pending();
        this.evaluation = memory.evaluation();
        this.progress = memory.progress();
        this.memory = memory.creatives();
        this.calibration = memory.calibration();
        this.advisor = memory.advisor();
        this.precision = memory.precision();
        this.rehearsal = memory.rehearsal();
        this.subject =
                new CreativeScorer.Subject(
                        model, learner, progress.moments(), calibration, precision, advisor);
    }

    /** Everything that a model remembers. */
    record Memory(
            Contract contract,
            LearnerState learner,
            SurvivalLedger ledger,
            AdvertiserLedger advertisers,
            PendingPeriods pending,
            PrequentialConcordance evaluation,
            ModelProgress progress,
            Optional<CreativeMemory> creatives,
            CalibratedHorizons calibration,
            Advisor advisor,
            HeadPrecision precision,
            Optional<Rehearsal> rehearsal) {}

    @Override
    public void process(
            Incoming<CreativeEvent> incoming, Outlet<CreativeScore, ModelMetrics> outlet) {
        AdsTurn turn = new AdsTurn(incoming, outlet, progress);
        CreativeEvent event = incoming.event();
        if (turn.isAhead(event.at(), settings.ahead())) {
            return;
        }
        progress.see(event.at());
        advance(turn);
        if (event instanceof CreativeLaunched launched) {
            launch(launched, turn);
        } else if (event instanceof IntervalStatistics statistics) {
            report(statistics, turn);
        } else if (event instanceof CreativeDiscontinued discontinued) {
            discontinue(discontinued, turn);
        } else if (event instanceof CreativeReactivated reactivated) {
            reactivate(reactivated, turn);
        }
    }

    private long clock() {
        return progress.newest() - settings.lateness().toMillis();
    }

    private void advance(AdsTurn turn) {
        long clock = clock();
        Optional<LedgerEntry> due = ledger.firstEnding(clock);
        for (int left = MOST_DUE; due.isPresent() && left > 0; left--) {
            survive(due.get(), turn);
            due = ledger.firstEnding(clock);
        }
        calibration.mature(clock);
        ledger.forgetStoppedBefore(clock - settings.ledger().retention().toMillis());
        if (pending.oldest() <= clock - settings.learning().patience().toMillis()) {
            learn();
        }
        if (progress.metricsAreDue(settings.evaluation().every().toMillis())) {
            turn.metrics(metrics());
        }
    }

    private void survive(LedgerEntry entry, AdsTurn turn) {
        observe(entry, PersonPeriod.SURVIVED);
        int next = entry.openInterval() + 1;
        ledger.survive(entry, entry.launchedAt() + intervals.start(next + 1));
        if (next == intervals.boundary()) {
            entry.rankedAtBoundary(
                    shared.scorer().risk(learner, progress.moments(), entry, entry.startedAt()));
        }
        if (entry.current().lastPeriod() < 0) {
            turn.score(score(entry, entry.startedAt(), Cause.INTERVAL));
        }
    }

    /** Turns the open interval's outcome into person-periods. */
    private void observe(LedgerEntry entry, int cause) {
        if (progress.tuning().paused()) {
            return;
        }
        Delivery known = entry.atIntervalStart();
        double weight = progress.weight().weigh(known.impressions(), known.clicks());
        Landmarks landmarks = settings.landmarks();
        boolean first = entry.openInterval() == 0;
        double share = landmarks == Landmarks.BOTH && !first ? weight / 2 : weight;
        if (landmarks != Landmarks.LAUNCH) {
            add(entry, known, entry.startedAt(), cause, share);
        }
        if (landmarks == Landmarks.LAUNCH || (landmarks == Landmarks.BOTH && !first)) {
            add(entry, NOTHING_DELIVERED, entry.launchedAt(), cause, share);
        }
        progress.observed(cause != PersonPeriod.SURVIVED);
    }

    private void add(LedgerEntry entry, Delivery known, long landmark, int cause, double weight) {
        float[] numbers = new float[shared.features().width()];
        shared.features().numbers(entry, known, landmark, numbers);
        progress.moments().learn(numbers);
        pending.add(
                new PersonPeriod(
                        entry.content(),
                        numbers,
                        intervals.column(entry.openInterval()),
                        cause,
                        weight),
                clock());
        pendingPart.touch();
        if (pending.size() >= settings.learning().batch()) {
            learn();
        }
    }

    private void learn() {
        Optional<CreativeMemory.Lesson> lesson =
                memory.flatMap(creatives -> creatives.lesson(ledger, learner.random()));
        double loss =
                shared.learn(
                        new DiscontinuationShared.Pupil(
                                learner,
                                progress.moments(),
                                progress.tuning().learning(),
                                precision,
                                rehearsal),
                        pending.rows(),
                        lesson);
        if (pending.size() > 0 && !Double.isNaN(loss)) {
            evaluation.loss(loss);
            evaluationPart.touch();
        }
        pending.clear();
        pendingPart.touch();
        memory.ifPresent(creatives -> creatives.renew(ledger, this::embed));
    }

    private double[] embed(List<LedgerEntry.Content> contents) {
        return shared.embed(learner, progress.moments(), contents);
    }

    private CreativeMemory.Moment moment(long at) {
        return new CreativeMemory.Moment(model, at, learner.step(), this::embed);
    }

    /** Recognises a creative that starts to run, or runs again. */
    private void recognise(LedgerEntry entry, String identity, long at, AdsTurn turn) {
        memory.ifPresent(
                creatives -> {
                    boolean learns = !progress.tuning().paused();
                    creatives.launch(entry, identity, moment(at), learns).forEach(turn::further);
                    if (learns && creatives.isFull()) {
                        learn();
                    }
                });
    }

    private void launch(CreativeLaunched event, AdsTurn turn) {
        Optional<LedgerEntry> known = ledger.find(event.creative());
        if (known.isPresent()) {
            boolean running = known.get().running();
            turn.reject(
                    running ? Reason.ALREADY_RUNNING : Reason.ALREADY_DISCONTINUED,
                    "creative: '%s' was launched before%s",
                    event.creative(),
                    running ? "" : " and stopped; send 'reactivated' instead");
            return;
        }
        if (ledger.full()) {
            turn.reject(
                    Reason.OVER_CAPACITY,
                    "creative: model '%s' holds ledger.capacity (%d) creatives already",
                    model,
                    settings.ledger().capacity());
            return;
        }
        LedgerEntry entry =
                new LedgerEntry(
                        event.creative(),
                        shared.features().hash(event.content(), advertisers, event.at()),
                        event.at(),
                        event.at() + intervals.start(1));
        enterLate(entry);
        ledger.add(entry);
        advertisers.launched(entry.content().advertiser(), entry.launchedAt());
        turn.score(rank(entry, event.at(), Cause.LAUNCH));
        recognise(entry, shared.features().identity(event.content()), event.at(), turn);
    }

    /**
     * Skips the intervals whose outcome nobody saw: what is first seen in its third week is at risk
     * from its third week on.
     */
    private void enterLate(LedgerEntry entry) {
        if (entry.endsAt() <= clock()) {
            int interval = intervals.at(clock() - entry.launchedAt());
            entry.enter(
                    interval,
                    entry.launchedAt() + intervals.start(interval),
                    entry.launchedAt() + intervals.start(interval + 1));
        }
    }

    private CreativeScore rank(LedgerEntry entry, long at, Cause cause) {
        CreativeScore score = score(entry, at, cause);
        if (entry.openInterval() == 0) {
            entry.rankedAtLaunch(score.risk(), score.cutOut());
        }
        return score;
    }

    private CreativeScore score(LedgerEntry entry, long at, Cause cause) {
        CreativeScore score = shared.scorer().score(subject, entry, at, cause);
        calibration.note(entry, at, score.horizons());
        ledger.touch(entry);
        return score;
    }

    private void report(IntervalStatistics event, AdsTurn turn) {
        Optional<LedgerEntry> known = find(event, turn);
        if (known.isEmpty()) {
            return;
        }
        LedgerEntry entry = known.get();
        long every = settings.statistics().every().toMillis();
        long ends = entry.launchedAt() + (event.period() + 1L) * every;
        if (ends > event.at()) {
            turn.reject(
                    Reason.FUTURE,
                    "period: %d ends at %s, after the report (%s)",
                    event.period(),
                    Instant.ofEpochMilli(ends),
                    Instant.ofEpochMilli(event.at()));
        } else if (!entry.running() && ends - every >= entry.stoppedAt()) {
            turn.reject(
                    Reason.ALREADY_DISCONTINUED,
                    "period: %d begins after the creative was discontinued (%s)",
                    event.period(),
                    Instant.ofEpochMilli(entry.stoppedAt()));
        } else if (entry.hasReport(event.period())) {
            progress.duplicate();
        } else if (event.at() < clock()) {
            turn.reject(
                    Reason.LATE,
                    "at: %s is before the model's clock %s; lateness is %s",
                    Instant.ofEpochMilli(event.at()),
                    Instant.ofEpochMilli(clock()),
                    settings.lateness());
        } else {
            take(entry, event, ends, turn);
        }
    }

    private void take(LedgerEntry entry, IntervalStatistics event, long ends, AdsTurn turn) {
        entry.report(
                new LedgerEntry.Report(
                        event.period(),
                        ends,
                        event.at(),
                        event.impressions(),
                        event.clicks(),
                        event.conversions(),
                        event.spend()));
        ledger.touch(entry);
        progress.weight().observe(event.impressions(), event.clicks());
        if (entry.running()) {
            turn.score(score(entry, event.at(), Cause.STATISTICS));
            memory.flatMap(creatives -> creatives.score(entry.creative(), moment(event.at())))
                    .ifPresent(turn::further);
        }
    }

    private void discontinue(CreativeDiscontinued event, AdsTurn turn) {
        Optional<LedgerEntry> known = find(event, turn);
        if (known.isEmpty()) {
            return;
        }
        LedgerEntry entry = known.get();
        if (!entry.running()) {
            turn.reject(
                    Reason.ALREADY_DISCONTINUED,
                    "creative: '%s' was discontinued at %s",
                    event.creative(),
                    Instant.ofEpochMilli(entry.stoppedAt()));
        } else if (event.at() < entry.launchedAt()) {
            turn.reject(
                    Reason.INVALID,
                    "at: %s is before the launch (%s)",
                    Instant.ofEpochMilli(event.at()),
                    Instant.ofEpochMilli(entry.launchedAt()));
        } else {
            close(entry, event, turn);
        }
    }

    private void close(LedgerEntry entry, CreativeDiscontinued event, AdsTurn turn) {
        boolean censored = settings.censoring().contains(event.reason());
        if (event.at() < entry.startedAt()) {
            turn.reject(
                    Reason.LATE,
                    "at: %s lies in an interval that was closed as survived; the creative is stopped, its end is not learned",
                    Instant.ofEpochMilli(event.at()));
        } else {
            while (entry.endsAt() <= event.at()) {
                survive(entry, turn);
            }
            if (!censored) {
                observe(entry, settings.causes().of(event.reason()));
            }
            evaluation.judge(entry, event.at(), !censored);
            evaluationPart.touch();
        }
        CreativeScore last =
                shared.scorer()
                        .last(
                                subject,
                                entry,
                                event.at(),
                                new CreativeScorer.Ending(event.reason(), censored));
        calibration.ended(entry, event.at(), censored);
        advisor.ended(entry, censored);
        ledger.stop(entry, event.at(), censored);
        remember(entry, event.at(), censored);
        turn.score(last);
    }

    private void remember(LedgerEntry entry, long at, boolean censored) {
        String advertiser = entry.content().advertiser();
        if (censored) {
            advertisers.lost(advertiser, entry.launchedAt(), at);
        } else {
            advertisers.stopped(advertiser, entry.launchedAt(), at);
        }
    }

    private void reactivate(CreativeReactivated event, AdsTurn turn) {
        Optional<LedgerEntry> known = find(event, turn);
        if (known.isEmpty()) {
            return;
        }
        LedgerEntry entry = known.get();
        if (entry.running()) {
            turn.reject(Reason.ALREADY_RUNNING, "creative: '%s' runs already", event.creative());
        } else if (event.at() < entry.stoppedAt()) {
            turn.reject(
                    Reason.INVALID,
                    "at: %s is before the discontinuation (%s)",
                    Instant.ofEpochMilli(event.at()),
                    Instant.ofEpochMilli(entry.stoppedAt()));
        } else {
            ledger.reactivate(entry, event.at(), event.at() + intervals.start(1));
            advertisers.launched(entry.content().advertiser(), entry.launchedAt());
            turn.score(rank(entry, event.at(), Cause.REACTIVATION));
            recognise(entry, "", event.at(), turn);
        }
    }

    private Optional<LedgerEntry> find(CreativeEvent event, AdsTurn turn) {
        Optional<LedgerEntry> known = ledger.find(event.creative());
        if (known.isEmpty()) {
            turn.reject(
                    Reason.UNKNOWN_CREATIVE,
                    "creative: '%s' was never launched in model '%s', or its retention is over",
                    event.creative(),
                    model);
        }
        return known;
    }

    private ModelMetrics metrics() {
        PrequentialConcordance.Indices indices =
                evaluation.indices(
                        ledger.runningEntries(),
                        progress.newest(),
                        intervals.startDays(intervals.boundary()));
        return new ModelMetrics(
                model,
                progress.newest(),
                learner.step(),
                progress.personPeriods(),
                progress.discontinuations(),
                ledger.running(),
                evaluation.meanLoss(),
                indices.shortTerm(),
                indices.longTerm(),
                indices.all(),
                indices.judged(),
                indices.unknownShare(),
                progress.duplicates(),
                progress.deadLetters(),
                shared.scorer().rank(subject, ledger.runningEntries(), progress.newest()),
                calibration.figures(),
                advisor.decisions(),
                learner.refused());
    }

    @Override
    public long stepsRefused() {
        return learner.refused();
    }

    @Override
    public void obey(Command command) {
        switch (command.verb()) {
            case FORGET_CREATIVE -> ledger.find(command.name()).ifPresent(this::forget);
            case FORGET_ADVERTISER -> {
                ledger.of(command.name()).forEach(this::forget);
                advertisers.forget(command.name());
            }
            case FORGET_BEFORE -> {
                ledger.forgetStoppedBefore(command.before());
                memory.ifPresent(creatives -> creatives.forgetLost(ledger));
            }
            default -> progress.tune(progress.tuning().after(command));
        }
    }

    private void forget(LedgerEntry entry) {
        advisor.forget(entry);
        ledger.forget(entry);
        calibration.forget(entry.creative());
        rehearsal.ifPresent(old -> old.forget(entry.content()));
        memory.ifPresent(creatives -> creatives.forget(entry.creative()));
        pending.forget(entry.content());
        pendingPart.touch();
    }

    @Override
    public long bytes() {
        return 4096
                + learner.bytes()
                + ledger.bytes()
                + advertisers.bytes()
                + memory.map(CreativeMemory::bytes).orElse(0L)
                + rehearsal.map(Rehearsal::bytes).orElse(0L)
                + calibration.bytes()
                + 24L * settings.evaluation().window();
    }

    @Override
    public void flush(PartStore store) {
        contract.flush(store);
        learner.flush(store);
        ledger.flush(store);
        advertisers.flush(store);
        progress.flush(store);
        memory.ifPresent(creatives -> creatives.flush(store));
        calibration.flush(store);
        advisor.flush(store);
        precision.flush(store);
        rehearsal.ifPresent(old -> old.flush(store));
        pendingPart.flush(store, pending::toBytes);
        evaluationPart.flush(store, evaluation::toBytes);
    }
}
