// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads;

import dev.kedge.operators.ads.CreativeLifecycle.Launch;
import dev.kedge.operators.ads.CreativeLifecycle.Reactivation;
import dev.kedge.operators.ads.CreativeLifecycle.Refusal;
import dev.kedge.operators.ads.CreativeLifecycle.Repetition;
import dev.kedge.operators.ads.CreativeLifecycle.Report;
import dev.kedge.operators.ads.CreativeLifecycle.Step;
import dev.kedge.operators.ads.CreativeLifecycle.Stop;
import dev.kedge.operators.ads.ModelProgress.Counter;
import dev.kedge.operators.ads.PendingPeriods.PersonPeriod;
import dev.kedge.operators.ads.creative.CreativeContent;
import dev.kedge.operators.ads.creative.CreativeEvent;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.CreativeScore.Cause;
import dev.kedge.operators.ads.creative.ModelMetrics;
import dev.kedge.operators.ads.experts.Experts;
import dev.kedge.operators.ads.hazards.HeadPrecision;
import dev.kedge.operators.ads.intervals.PredictiveIntervals;
import dev.kedge.operators.ads.recall.CreativeMemory;
import dev.kedge.operators.learner.LearnerState;
import dev.kedge.operators.stream.Agenda;
import dev.kedge.operators.stream.Command;
import dev.kedge.operators.stream.Contract;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.LearningStep;
import dev.kedge.operators.stream.MemoryFill;
import dev.kedge.operators.stream.Outlet;
import dev.kedge.operators.stream.SteppedModel;
import dev.kedge.state.ads.AdvertiserLedger;
import dev.kedge.state.ads.LedgerEntry;
import dev.kedge.state.ads.SurvivalLedger;
import dev.kedge.state.part.PartStore;
import java.util.List;
import java.util.Optional;

/**
 * One live model of ad-creative discontinuation. Every closed interval of every creative is one
 * Bernoulli observation: it survived when the model's clock passed the interval's end, or it was
 * discontinued in it. The clock is the newest event time of this model less the allowed lateness,
 * so it depends on this model's events alone.
 */
final class DiscontinuationModel
        implements SteppedModel<CreativeEvent, CreativeScore, ModelMetrics> {
    /**
     * Intervals that one event closes at most, where its time leaps; the events after it close the
     * others. Without this one record could ask for years of intervals of every creative.
     */
    static final int MAX_DUE = 10_000;

    private final String model;
    private final DiscontinuationShared shared;
    private final DiscontinuationSettings settings;
    private final Memory memory;
    private final AdvertiserLedger advertisers;
    private final ModelProgress progress;
    private final CreativeLifecycle lifecycle;
    private final PeriodLearner periods;
    private final Agenda agenda = new Agenda();
    private final CreativeScorer.Subject subject;

    DiscontinuationModel(String model, DiscontinuationShared shared, Memory memory) {
        this.model = model;
        this.shared = shared;
        this.settings = shared.settings();
        this.memory = memory;
        this.advertisers = memory.advertisers();
        this.progress = memory.progress();
        this.lifecycle =
                new CreativeLifecycle(model, CreativeLifecycle.Rules.of(settings), memory.ledger());
        this.periods = new PeriodLearner(shared, memory, agenda);
        this.subject = memory.subject(model);
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
            Optional<Rehearsal> rehearsal,
            Optional<Experts> experts,
            Optional<PredictiveIntervals> stops) {
        DiscontinuationShared.Pupil pupil() {
            RunningMoments moments = progress.moments();
            return new DiscontinuationShared.Pupil(
                    learner, moments, progress.tuning().learning(), precision, rehearsal);
        }

        CreativeScorer.Subject subject(String model) {
            return new CreativeScorer.Subject(
                    model,
                    learner,
                    progress.moments(),
                    calibration,
                    precision,
                    advisor,
                    experts,
                    stops);
        }
    }

    @Override
    public Optional<LearningStep> begin(
            Incoming<CreativeEvent> incoming, Outlet<CreativeScore, ModelMetrics> outlet) {
        AdsTurn turn = new AdsTurn(incoming, outlet, progress);
        CreativeEvent event = turn.event();
        if (turn.isAhead(event.at(), settings.ahead())) {
            return Optional.empty();
        }
        progress.see(event.at());
        agenda.then(() -> surviveAll(clock(), MAX_DUE, turn));
        agenda.then(() -> advance(turn));
        agenda.then(() -> take(turn));
        return agenda.next();
    }

    @Override
    public Optional<LearningStep> proceed() {
        return agenda.next();
    }

    private void take(AdsTurn turn) {
        Step step = lifecycle.next(turn.event(), clock());
        if (step instanceof Refusal refusal) {
            reject(refusal, turn);
        } else if (step instanceof Repetition) {
            progress.count(Counter.DUPLICATES);
        } else if (step instanceof Launch launch) {
            launch(launch, turn);
        } else if (step instanceof Report report) {
            report(report, turn);
        } else if (step instanceof Stop stop) {
            stop.late().ifPresent(refusal -> reject(refusal, turn));
            stop(stop, turn);
        } else if (step instanceof Reactivation again) {
            reactivate(again, turn);
        }
    }

    private static void reject(Refusal refusal, AdsTurn turn) {
        turn.reject(refusal.reason(), "%s", refusal.message());
    }

    private long clock() {
        return progress.newest() - settings.lateness().toMillis();
    }

    /** Closes the intervals that have ended, but for those that wait until the next event. */
    private void surviveAll(long clock, int left, AdsTurn turn) {
        Optional<LedgerEntry> due = left > 0 ? lifecycle.due(clock) : Optional.empty();
        if (due.isPresent()) {
            survive(due.get(), turn);
            agenda.then(() -> surviveAll(clock, left - 1, turn));
        }
    }

    private void advance(AdsTurn turn) {
        long clock = clock();
        memory.calibration().mature(clock);
        lifecycle.forgetOld(clock);
        periods.learnOld(clock);
        agenda.then(() -> reportMetrics(turn));
    }

    private void reportMetrics(AdsTurn turn) {
        if (progress.metricsAreDue(settings.evaluation().every().toMillis())) {
            turn.metrics(metrics());
        }
    }

    private void survive(LedgerEntry entry, AdsTurn turn) {
        periods.observe(entry, PersonPeriod.SURVIVED, clock());
        agenda.then(() -> survived(entry, turn));
    }

    private void survived(LedgerEntry entry, AdsTurn turn) {
        memory.stops().ifPresent(all -> all.survived(entry));
        lifecycle.survive(entry);
        if (entry.openInterval() == shared.intervals().boundary()) {
            entry.rankedAtBoundary(shared.scorer().risk(subject, entry, entry.startedAt()));
        }
        if (entry.current().lastPeriod() < 0) {
            turn.score(score(entry, entry.startedAt(), Cause.INTERVAL));
        }
    }

    private void launch(Launch launch, AdsTurn turn) {
        CreativeContent content = launch.event().content();
        long at = launch.event().at();
        LedgerEntry entry =
                lifecycle.begin(launch, shared.features().hash(content, advertisers, at));
        advertisers.launched(entry.content().advertiser(), at);
        turn.score(rank(entry, at, Cause.LAUNCH));
        recognise(entry, shared.features().identity(content), at, turn);
    }

    private void reactivate(Reactivation again, AdsTurn turn) {
        LedgerEntry entry = again.entry();
        lifecycle.begin(again);
        advertisers.launched(entry.content().advertiser(), again.at());
        turn.score(rank(entry, again.at(), Cause.REACTIVATION));
        recognise(entry, "", again.at(), turn);
    }

    private CreativeScore rank(LedgerEntry entry, long at, Cause cause) {
        CreativeScore score = score(entry, at, cause);
        if (memory.experts().isPresent()) {
            shared.panel().noteLaunch(entry);
        }
        if (entry.openInterval() == 0) {
            entry.rankedAtLaunch(score.forecast().risk(), score.forecast().cutOut());
        }
        return score;
    }

    private CreativeScore score(LedgerEntry entry, long at, Cause cause) {
        CreativeScore score = shared.scorer().score(subject, entry, at, cause);
        memory.calibration().note(entry, at, score.forecast().horizons());
        if (memory.experts().isPresent()) {
            shared.panel().note(entry, at);
        }
        memory.stops().ifPresent(all -> all.note(entry));
        memory.ledger().touch(entry);
        return score;
    }

    /** Recognises a creative that starts to run, or runs again. */
    private void recognise(LedgerEntry entry, String identity, long at, AdsTurn turn) {
        memory.creatives()
                .ifPresent(
                        creatives -> {
                            boolean learns = !periods.paused();
                            creatives
                                    .launch(entry, identity, moment(at), learns)
                                    .forEach(turn::sideOutput);
                            if (learns && creatives.isFull()) {
                                periods.learnNext();
                            }
                        });
    }

    private CreativeMemory.Moment moment(long at) {
        return new CreativeMemory.Moment(model, at, memory.learner().step(), periods::embed);
    }

    private void report(Report report, AdsTurn turn) {
        LedgerEntry entry = report.entry();
        long at = report.report().at();
        lifecycle.take(report);
        progress.weight().observe(report.report().impressions(), report.report().clicks());
        if (entry.running()) {
            turn.score(score(entry, at, Cause.STATISTICS));
            memory.creatives()
                    .flatMap(creatives -> creatives.score(entry.creative(), moment(at)))
                    .ifPresent(turn::sideOutput);
        }
    }

    private void stop(Stop stop, AdsTurn turn) {
        LedgerEntry entry = stop.entry();
        long at = stop.event().at();
        String reason = stop.event().reason();
        boolean censored = settings.censoring().contains(reason);
        if (stop.late().isEmpty()) {
            agenda.then(() -> surviveUntil(entry, at, turn));
            if (!censored) {
                int cause = settings.causes().of(reason);
                agenda.then(() -> periods.observe(entry, cause, clock()));
            }
            agenda.then(() -> memory.evaluation().judge(entry, at, !censored));
        }
        agenda.then(() -> end(stop, censored, turn));
    }

    private void surviveUntil(LedgerEntry entry, long at, AdsTurn turn) {
        if (entry.endsAt() <= at) {
            survive(entry, turn);
            agenda.then(() -> surviveUntil(entry, at, turn));
        }
    }

    private void end(Stop stop, boolean censored, AdsTurn turn) {
        LedgerEntry entry = stop.entry();
        long at = stop.event().at();
        String reason = stop.event().reason();
        CreativeScorer.Ending ending = new CreativeScorer.Ending(reason, censored);
        CreativeScore last = shared.scorer().last(subject, entry, at, ending);
        memory.calibration().ended(entry, at, censored);
        memory.advisor().ended(entry, at, censored);
        boolean known = !censored && stop.late().isEmpty();
        memory.stops().ifPresent(all -> all.ended(entry, at, known));
        lifecycle.end(stop, censored);
        remember(entry, at, censored);
        turn.score(last);
    }

    private void remember(LedgerEntry entry, long at, boolean censored) {
        String advertiser = entry.content().advertiser();
        if (censored) {
            advertisers.lost(advertiser, entry.launchedAt(), at);
        } else {
            advertisers.stopped(advertiser, entry.launchedAt(), at);
            memory.experts()
                    .filter(all -> !periods.paused())
                    .ifPresent(all -> all.stopped(entry, at));
        }
    }

    private ModelMetrics metrics() {
        long now = progress.newest();
        Iterable<LedgerEntry> running = memory.ledger().runningEntries();
        double boundary = shared.intervals().startDays(shared.intervals().boundary());
        return new ModelMetrics(
                model,
                now,
                memory.learner().step(),
                learned(),
                memory.evaluation().ranking(running, now, boundary),
                progress.counted(Counter.DUPLICATES),
                progress.counted(Counter.DEAD_LETTERS),
                shared.scorer().rank(subject, running, now),
                memory.learner().refused(),
                memory.calibration().figures(),
                memory.advisor().decisions(running, now),
                memory.experts().map(Experts::shares).orElse(List.of()),
                memory.stops().map(PredictiveIntervals::coverage).orElse(List.of()));
    }

    private ModelMetrics.Learned learned() {
        long periods = progress.counted(Counter.PERSON_PERIODS);
        long stops = progress.counted(Counter.DISCONTINUATIONS);
        double loss = memory.evaluation().meanLoss();
        return new ModelMetrics.Learned(periods, stops, memory.ledger().running(), loss);
    }

    @Override
    public long learnedUntil() {
        return periods.learnedUntil();
    }

    @Override
    public List<MemoryFill> memories() {
        int room = settings.creativeMemory().bank().instances();
        Optional<MemoryFill> recalled =
                memory.creatives().map(known -> new MemoryFill(known.size(), room));
        return List.of(
                new MemoryFill(memory.ledger().size(), settings.ledger().capacity()),
                recalled.orElse(MemoryFill.NONE),
                memory.rehearsal().map(Rehearsal::fill).orElse(MemoryFill.NONE));
    }

    @Override
    public long stepsRefused() {
        return memory.learner().refused();
    }

    @Override
    public void obey(Command command) {
        switch (command.verb()) {
            case FORGET_CREATIVE -> memory.ledger().find(command.name()).ifPresent(this::forget);
            case FORGET_ADVERTISER -> {
                memory.ledger().of(command.name()).forEach(this::forget);
                advertisers.forget(command.name());
                memory.experts().ifPresent(all -> all.forget(command.name()));
            }
            case FORGET_BEFORE -> {
                memory.ledger().forgetStoppedBefore(command.before());
                memory.creatives().ifPresent(creatives -> creatives.forgetLost(memory.ledger()));
            }
            default -> progress.tune(progress.tuning().after(command));
        }
    }

    private void forget(LedgerEntry entry) {
        memory.advisor().forget(entry);
        memory.ledger().forget(entry);
        memory.calibration().forget(entry.creative());
        memory.rehearsal().ifPresent(old -> old.forget(entry.content()));
        memory.creatives().ifPresent(creatives -> creatives.forget(entry.creative()));
        memory.pending().forget(entry.content());
    }

    @Override
    public long bytes() {
        return 4096
                + memory.learner().bytes()
                + memory.ledger().bytes()
                + advertisers.bytes()
                + memory.creatives().map(CreativeMemory::bytes).orElse(0L)
                + memory.rehearsal().map(Rehearsal::bytes).orElse(0L)
                + memory.calibration().bytes()
                + memory.experts().map(Experts::bytes).orElse(0L)
                + memory.stops().map(PredictiveIntervals::bytes).orElse(0L)
                + 24L * settings.evaluation().window();
    }

    @Override
    public long unwritten() {
        return memory.learner().unwritten() + memory.ledger().unwritten();
    }

    @Override
    public int flushOldest(PartStore store, int max) {
        return memory.ledger().flushOldest(store, max);
    }

    @Override
    public void flush(PartStore store) {
        memory.contract().flush(store);
        memory.learner().flush(store);
        memory.ledger().flush(store);
        advertisers.flush(store);
        progress.flush(store);
        memory.creatives().ifPresent(creatives -> creatives.flush(store));
        memory.calibration().flush(store);
        memory.advisor().flush(store);
        memory.precision().flush(store);
        memory.rehearsal().ifPresent(old -> old.flush(store));
        memory.experts().ifPresent(all -> all.flush(store));
        memory.stops().ifPresent(all -> all.flush(store));
        memory.pending().flush(store);
        memory.evaluation().flush(store);
    }
}
