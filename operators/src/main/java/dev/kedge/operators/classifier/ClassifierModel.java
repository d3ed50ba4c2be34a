// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier;

import static dev.kedge.operators.stream.DeadLetter.Reason.INVALID;
import static dev.kedge.operators.stream.DeadLetter.Reason.LATE;
import static dev.kedge.operators.stream.DeadLetter.Reason.OVER_CAPACITY;
import static dev.kedge.operators.stream.DeadLetter.Reason.UNKNOWN_SAMPLE;

import dev.kedge.operators.classifier.ClassifierMetrics.ClassFigures;
import dev.kedge.operators.classifier.ClassifierMetrics.Quality;
import dev.kedge.operators.classifier.ClassifierProgress.Counter;
import dev.kedge.operators.classifier.hpcr.Prediction;
import dev.kedge.operators.classifier.hpcr.ReplayModel;
import dev.kedge.operators.stream.Agenda;
import dev.kedge.operators.stream.Command;
import dev.kedge.operators.stream.Contract;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.LearningStep;
import dev.kedge.operators.stream.LiveModels;
import dev.kedge.operators.stream.MemoryFill;
import dev.kedge.operators.stream.Outlet;
import dev.kedge.operators.stream.SteppedModel;
import dev.kedge.state.part.PartStore;
import dev.kedge.state.settings.Durations;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One live classifier. Each sample is scored the moment it comes and learned from once, when its
 * label is known: at once where it carries it, else when the label finds it. A label judges what
 * was said when the sample came, whatever the model has learned since. Who waits too long expires
 * by this model's event time, or because too many wait.
 */
final class ClassifierModel
        implements SteppedModel<ClassifierEvent, ClassifierScore, ClassifierMetrics> {
    private final String model;
    private final ClassifierSettings settings;
    private final Contract contract;
    private final ReplayModel replay;
    private final WaitingRoom<WaitingSample> waiting;
    private final WaitingRoom<EarlyLabel> early;
    private final RecentIds recent;
    private final PrequentialAccuracy evaluation;
    private final ClassifierProgress progress;
    private final Agenda agenda = new Agenda();

    ClassifierModel(String model, ClassifierSettings settings, Remembered remembered) {
        this.model = model;
        this.settings = settings;
        this.contract = remembered.contract();
        this.replay = remembered.replay();
        this.waiting = remembered.waiting();
        this.early = remembered.early();
        this.recent = remembered.recent();
        this.evaluation = remembered.evaluation();
        this.progress = remembered.progress();
        replay.tune(progress.tuning().learning());
    }

    /** Everything that a model remembers. */
    record Remembered(
            Contract contract,
            ReplayModel replay,
            WaitingRoom<WaitingSample> waiting,
            WaitingRoom<EarlyLabel> early,
            RecentIds recent,
            PrequentialAccuracy evaluation,
            ClassifierProgress progress) {}

    @Override
    public Optional<LearningStep> begin(
            Incoming<ClassifierEvent> incoming, Outlet<ClassifierScore, ClassifierMetrics> outlet) {
        ClassifierTurn turn = new ClassifierTurn(incoming, outlet, progress);
        if (turn.isAhead(turn.event().at(), settings.ahead())) {
            return Optional.empty();
        }
        progress.see(turn.event().at());
        agenda.then(() -> advance(turn));
        agenda.then(() -> take(turn));
        return agenda.next();
    }

    @Override
    public Optional<LearningStep> proceed() {
        return agenda.next();
    }

    private void take(ClassifierTurn turn) {
        ClassifierEvent event = turn.event();
        if (event instanceof Sample sample) {
            take(sample, turn);
        } else if (event instanceof Label label) {
            take(label, turn);
        }
    }

    private void advance(ClassifierTurn turn) {
        long until = progress.clock().newest() - settings.join().within().toMillis() - 1;
        Optional<WaitingSample> late = waiting.oldestUntil(until);
        while (late.isPresent()) {
            expire(late.get());
            late = waiting.oldestUntil(until);
        }
        String bound = "within join.within (" + Durations.word(settings.join().within()) + ")";
        Optional<EarlyLabel> alone = early.oldestUntil(until);
        while (alone.isPresent()) {
            giveUp(alone.get(), bound, turn);
            alone = early.oldestUntil(until);
        }
        long patience = settings.learning().patience().toMillis();
        if (patience > 0
                && !progress.tuning().paused()
                && replay.oldestPending() <= progress.clock().newest() - patience) {
            agenda.learn(this::learnPending);
        }
        if (progress.metricsAreDue(settings.evaluation().every().toMillis())) {
            agenda.then(() -> turn.metrics(metrics()));
        }
    }

    private void learnPending() {
        replay.learnPending().ifPresent(evaluation::loss);
    }

    private void expire(WaitingSample sample) {
        waiting.remove(sample.id());
        recent.add(sample.id(), RecentIds.Outcome.GONE);
        progress.count(Counter.EXPIRED);
    }

    private void giveUp(EarlyLabel label, String bound, ClassifierTurn turn) {
        early.remove(label.id());
        String format = "id: no sample '%s' came to model '%s' %s";
        turn.reject(label.incoming(), UNKNOWN_SAMPLE, format, label.id(), model, bound);
    }

    private void take(Sample sample, ClassifierTurn turn) {
        int given = sample.input().length;
        int wanted = settings.input().bytes();
        if (given != wanted) {
            turn.reject(INVALID, "input: %d bytes, the job's input has %d", given, wanted);
        } else if (replay.refusal(sample.input()).isPresent()) {
            String reason = replay.refusal(sample.input()).orElseThrow();
            turn.reject(INVALID, "%s", reason);
        } else if (waiting.has(sample.id()) || recent.find(sample.id()).isPresent()) {
            progress.count(Counter.DUPLICATES);
        } else if (sample.label().isPresent() && !replay.accepts(sample.label().get())) {
            // Without its label it can still be told what it is.
            turn.score(score(sample));
            recent.add(sample.id(), RecentIds.Outcome.LABELLED);
            refuseClass(sample.label().get(), turn.incoming(), turn);
        } else {
            ClassifierScore score = score(sample);
            Optional<String> label = sample.label().or(() -> waitingLabel(sample, turn));
            if (label.isPresent()) {
                turn.score(judge(score, sample.input(), label.get()));
            } else {
                await(new WaitingSample(progress.clock().arrival(), score, sample.input()));
                turn.score(score);
            }
        }
    }

    private ClassifierScore score(Sample sample) {
        Prediction prediction = replay.score(sample.input(), settings.answers());
        progress.count(Counter.SAMPLES);
        long newest = progress.clock().newestLearned(sample.at());
        return ClassifierScore.of(model, sample, prediction, newest);
    }

    /** The label that came before its sample, unless its class has no room any more. */
    private Optional<String> waitingLabel(Sample sample, ClassifierTurn turn) {
        Optional<EarlyLabel> label = early.remove(sample.id());
        if (label.isPresent() && !replay.accepts(label.get().label())) {
            refuseClass(label.get().label(), label.get().incoming(), turn);
            return Optional.empty();
        }
        return label.map(EarlyLabel::label);
    }

    private void await(WaitingSample sample) {
        waiting.add(sample);
        if (waiting.size() > settings.join().samples()) {
            waiting.oldest().ifPresent(this::expire);
        }
    }

    private void take(Label label, ClassifierTurn turn) {
        Optional<RecentIds.Outcome> known = recent.find(label.id());
        if (early.has(label.id()) || known.equals(Optional.of(RecentIds.Outcome.LABELLED))) {
            progress.count(Counter.DUPLICATES);
        } else if (known.isPresent()) {
            String within = Durations.word(settings.join().within());
            String format = "id: sample '%s' waits no more; join.within is %s, join.samples %d";
            turn.reject(LATE, format, label.id(), within, settings.join().samples());
        } else if (!replay.accepts(label.label())) {
            refuseClass(label.label(), turn.incoming(), turn);
        } else {
            join(label, turn);
        }
    }

    private void join(Label label, ClassifierTurn turn) {
        Optional<WaitingSample> sample = waiting.remove(label.id());
        if (sample.isPresent()) {
            turn.score(judge(sample.get().score(), sample.get().input(), label.label()));
            return;
        }
        Incoming<Label> waits = turn.incoming().withEvent(label);
        early.add(new EarlyLabel(progress.clock().arrival(), waits));
        int most = settings.join().labels();
        if (early.size() > most) {
            String bound = "before join.labels (" + most + ") labels waited";
            early.oldest().ifPresent(oldest -> giveUp(oldest, bound, turn));
        }
    }

    /** Judges what was said, and learns next. */
    private ClassifierScore judge(ClassifierScore score, byte[] input, String label) {
        ClassifierScore judged = score.judged(label);
        recent.add(score.id(), RecentIds.Outcome.LABELLED);
        evaluation.judge(label, judged.correct().orElseThrow());
        if (!progress.tuning().paused()) {
            if (replay.take(input, label, score.at())) {
                agenda.learn(this::learnPending);
            }
            progress.learned(score.at());
        }
        return judged;
    }

    private void refuseClass(String label, Incoming<?> refused, ClassifierTurn turn) {
        int most = settings.classes().most();
        String format = "label: '%s' would be one class more than classes.most (%d)";
        turn.reject(refused, OVER_CAPACITY, format, label, most);
    }

    private ClassifierMetrics metrics() {
        long now = progress.clock().newest();
        int stored = replay.memory().slots().size();
        int rankOf = settings.evaluation().rankOf();
        double rank = rankOf == 0 ? Double.NaN : replay.embeddingRank(rankOf);
        Quality quality = evaluation.quality(rank);
        List<ClassFigures> classes = classes();
        return new ClassifierMetrics(
                model, now, replay.steps(), counts(), quality, stored, replay.refused(), classes);
    }

    private ClassifierMetrics.Counts counts() {
        return new ClassifierMetrics.Counts(
                progress.counted(Counter.SAMPLES),
                evaluation.judged(),
                waiting.size(),
                progress.counted(Counter.EXPIRED),
                early.size(),
                progress.counted(Counter.DUPLICATES),
                progress.counted(Counter.DEAD_LETTERS));
    }

    private List<ClassFigures> classes() {
        SortedMap<String, Long> learned = new TreeMap<>(replay.learnedByLabel());
        evaluation.classes().keySet().forEach(label -> learned.putIfAbsent(label, 0L));
        SortedMap<String, Integer> stored = replay.storedByLabel();
        List<ClassFigures> figures = new ArrayList<>();
        learned.forEach(
                (label, count) -> {
                    Optional<HitWindow> window =
                            Optional.ofNullable(evaluation.classes().get(label));
                    long judged = window.map(HitWindow::count).orElse(0L);
                    int kept = stored.getOrDefault(label, 0);
                    double accuracy = window.map(HitWindow::accuracy).orElse(Double.NaN);
                    double best = window.map(HitWindow::best).orElse(Double.NaN);
                    figures.add(new ClassFigures(label, judged, count, kept, accuracy, best));
                });
        return figures;
    }

    @Override
    public void obey(Command command) {
        switch (command.verb()) {
            case FORGET_CLASS -> forget(command.name());
            case FORGET_BEFORE -> forgetBefore(command.before());
            default -> {
                progress.tune(progress.tuning().after(command));
                replay.tune(progress.tuning().learning());
            }
        }
    }

    private void forget(String label) {
        replay.forget(label);
        evaluation.forget(label);
        early.removeIf(waits -> waits.label().equals(label));
    }

    private void forgetBefore(long before) {
        replay.forgetBefore(before);
        early.removeIf(label -> label.at() < before);
        waiting.removeIf(sample -> sample.at() < before)
                .forEach(id -> recent.add(id, RecentIds.Outcome.GONE));
    }

    @Override
    public long learnedUntil() {
        return progress.clock().newestLearned(LiveModels.NO_TIME);
    }

    @Override
    public List<MemoryFill> memories() {
        return List.of(replay.fill());
    }

    @Override
    public long stepsRefused() {
        return replay.refused();
    }

    @Override
    public long bytes() {
        return 4096
                + replay.bytes()
                + waiting.bytes()
                + early.bytes()
                + recent.bytes()
                + evaluation.bytes();
    }

    @Override
    public void flush(PartStore store) {
        contract.flush(store);
        replay.flush(store);
        waiting.flush(store);
        early.flush(store);
        recent.flush(store);
        evaluation.flush(store);
        progress.flush(store);
    }
}
