// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

import static dev.kedge.state.text.Text.format;

import dev.kedge.operators.encoder.InputScaling;
import dev.kedge.operators.learner.LearnerState;
import dev.kedge.operators.learner.Optimiser;
import dev.kedge.state.bank.BankEntry;
import dev.kedge.state.bank.MemoryBank;
import dev.kedge.state.part.PartStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * One live tracking model: an embedding that is learned from all of its streams, and for each
 * stream a memory bank. Tracks a frame the moment it comes and learns from it once. What it answers
 * depends only on its frames in their order: restored at any moment, it goes on with the same
 * bytes. Not thread-safe.
 */
public final class TrackingModel {
    private final TrackingLearner shared;
    private final TrackingSettings settings;
    private final InputScaling scaling;
    private final LearnerState state;
    private final BothAppearances appearances;
    private final StreamTable streams;
    private TrackingTuning tuning = TrackingTuning.NONE;

    TrackingModel(
            TrackingLearner shared,
            InputScaling scaling,
            LearnerState state,
            BothAppearances appearances,
            StreamTable streams) {
        this.shared = shared;
        this.settings = shared.settings();
        this.scaling = scaling;
        this.state = state;
        this.appearances = appearances;
        this.streams = streams;
    }

    /** Learns otherwise than the settings say, until told again. */
    public void tune(TrackingTuning other) {
        tuning = other;
    }

    /** Why a frame cannot be tracked; empty if it can. */
    public Optional<String> refusal(VideoFrame frame) {
        int max = settings.bounds().detections();
        if (frame.detections().size() > max) {
            return Optional.of(
                    format("detections: %d, there may be %d", frame.detections().size(), max));
        }
        if (frame.frame() < 0) {
            return Optional.of(format("frame: %d, it must be at least 0", frame.frame()));
        }
        for (Detection detection : frame.detections()) {
            Optional<String> reason = refusal(detection);
            if (reason.isPresent()) {
                return reason;
            }
        }
        OptionalLong last = lastFrame(frame.stream());
        if (last.isPresent() && frame.frame() <= last.getAsLong()) {
            return Optional.of(
                    format(
                            "frame: %d of stream '%s' comes after frame %d",
                            frame.frame(), frame.stream(), last.getAsLong()));
        }
        return Optional.empty();
    }

    /** Why an input cannot be embedded; empty if it can. */
    private Optional<String> refusal(Detection detection) {
        byte[] input = detection.input();
        int length = settings.input().form().length(settings.input().width());
        if (input.length != length) {
            return Optional.of(format("input: %d bytes, there must be %d", input.length, length));
        }
        return settings.input().form().isFinite(input)
                ? settings.input().form().refusal(input)
                : Optional.of("input: a value is not a finite number");
    }

    /**
     * Tracks a frame: its detections get the numbers of the bank's instances, or new ones, and the
     * bank is updated. The embedding stays as it is.
     *
     * @throws IllegalArgumentException with the {@link #refusal}, if there is one
     */
    public TrackedFrame track(VideoFrame frame) {
        refusal(frame)
                .ifPresent(
                        reason -> {
                            throw new IllegalArgumentException(reason);
                        });
        TrackedStream stream = streams.open(frame.stream());
        MemoryBank bank = stream.bank();
        List<Detection> detections = frame.detections();
        double[] embeddings = embed(detections);
        OnlineTracker tracker = shared.tracker();
        List<Track> tracks =
                tracker.track(
                        bank,
                        stream.motions(),
                        given(stream, detections),
                        stream.search(),
                        frame.frame(),
                        detections,
                        embeddings);
        stream.clip().add(remembered(frame, tracks));
        stream.see(frame.frame(), streams.nextFrame());
        return new TrackedFrame(
                frame.stream(), frame.frame(), frame.at(), tracks, bank.size(), state.step());
    }

    /** What came in, where it counts beside what is made of it. */
    private Optional<Given> given(TrackedStream stream, List<Detection> detections) {
        if (settings.tracker().appearance() == Appearance.LEARNED) {
            stream.given().clear();
            return Optional.empty();
        }
        int width = settings.input().width();
        double[] rows = shared.given(detections);
        return Optional.of(new Given(stream.given(), rows, width, appearances));
    }

    private static ClipMemory.Remembered remembered(VideoFrame frame, List<Track> tracks) {
        List<ClipMemory.Shown> shown = new ArrayList<>(tracks.size());
        for (int d = 0; d < tracks.size(); d++) {
            Detection detection = frame.detections().get(d);
            Track track = tracks.get(d);
            // A new instance is its own definition: as sure as can be.
            double confidence = track.similarity().orElse(1);
            shown.add(
                    new ClipMemory.Shown(
                            detection.input(), detection.identity(), track.id(), confidence));
        }
        return new ClipMemory.Remembered(shown);
    }

    /** Whether a step from the last frames of a stream is due, if they show something to learn. */
    public boolean learnsNow(String name) {
        return due(name).isPresent();
    }

    private Optional<TrackedStream> due(String name) {
        return settings.learning().learns()
                ? streams.find(name)
                        .filter(one -> one.clip().added() % settings.learning().every() == 0)
                : Optional.empty();
    }

    /**
     * Learns from the last frames of a stream, if a step is due and there is something to learn.
     *
     * @return the loss before the step, if there was one that was not refused
     */
    public OptionalDouble learn(String name) {
        Optional<TrackedStream> stream = due(name);
        ClipBatch batch = shared.batch(scaling);
        if (stream.isEmpty() || !shared.clips().fill(batch, stream.get(), state.random())) {
            return OptionalDouble.empty();
        }
        tuning.weigh(shared.objective(), settings.learning().loss());
        Optimiser optimiser = shared.learner().optimiser(tuning.rate());
        double loss = shared.learner().learn(state, batch, optimiser);
        return Double.isNaN(loss) ? OptionalDouble.empty() : OptionalDouble.of(loss);
    }

    /**
     * Tracks a frame, then {@link #learn learns} from its stream.
     *
     * @throws IllegalArgumentException with the {@link #refusal}, if there is one
     */
    public TrackedFrame trackThenLearn(VideoFrame frame) {
        TrackedFrame tracked = track(frame);
        learn(frame.stream());
        return tracked;
    }

    /**
     * Makes embeddings; the model stays as it is.
     *
     * @return a row for each detection, valid until the next call
     */
    public double[] embed(List<Detection> detections) {
        ClipBatch batch = shared.batch(scaling);
        batch.begin(0);
        for (Detection detection : detections) {
            batch.add(detection.input());
        }
        batch.fillUp();
        float[] features = shared.learner().embed(state, batch);
        return shared.objective().project(state.parameters(), features, detections.size());
    }

    /**
     * Finds the instances of a stream that are most like something; the model stays as it is.
     *
     * @param max how many to name at most
     * @return by cosine, the most alike first
     */
    public List<Neighbour> nearest(String name, Detection detection, int max) {
        Optional<TrackedStream> stream = streams.find(name);
        if (stream.isEmpty() || stream.get().bank().size() == 0) {
            return List.of();
        }
        MemoryBank bank = stream.get().bank();
        double[] embedding = embed(List.of(detection));
        int[] row = {0};
        int[] places = stream.get().search().look(bank, embedding, row);
        double[] cosines = shared.cosines().of(embedding, row, bank, places);
        List<Neighbour> all = new ArrayList<>(places.length);
        for (int k = 0; k < places.length; k++) {
            BankEntry entry = bank.get(places[k]);
            all.add(new Neighbour(entry.id(), cosines[k], entry.label()));
        }
        return all.stream()
                .sorted(Comparator.comparingDouble(Neighbour::similarity).reversed())
                .limit(max)
                .toList();
    }

    /** Forgets a stream: its bank and its frames. What was learned from it stays. */
    public void forgetStream(String name) {
        streams.forget(name);
    }

    /**
     * Forgets instances of a stream, and the frames that it would learn from, which may show them.
     * What was learned from them stays, and no number is given twice.
     */
    public void forgetInstances(String name, Predicate<BankEntry> forgotten) {
        streams.find(name)
                .ifPresent(
                        stream -> {
                            stream.bank().forget(forgotten);
                            stream.motions().keep(stream.bank());
                            stream.given().keep(stream.bank());
                            stream.clip().clear();
                        });
    }

    /** Number of the last frame of a stream. */
    public OptionalLong lastFrame(String name) {
        return streams.find(name)
                .map(stream -> OptionalLong.of(stream.lastFrame()))
                .orElse(OptionalLong.empty());
    }

    /** The bank of a stream, to be looked at. */
    public Optional<MemoryBank> bank(String name) {
        return streams.find(name).map(TrackedStream::bank);
    }

    /** How many streams are remembered. */
    public int streams() {
        return streams.size();
    }

    /** Steps refused; see {@link LearnerState#refused()}. */
    public long refused() {
        return state.refused();
    }

    /** Steps made. */
    public long steps() {
        return state.step();
    }

    /** Heap bytes, roughly. */
    public long bytes() {
        return 1024 + state.bytes() + streams.bytes();
    }

    /** Writes what changed since the last call. */
    public void flush(PartStore store) {
        state.flush(store);
        appearances.flush(store);
        streams.flush(store);
    }
}
