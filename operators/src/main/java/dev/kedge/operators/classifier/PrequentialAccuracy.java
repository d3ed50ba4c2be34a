// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import dev.kedge.state.part.Part;
import dev.kedge.state.part.PartStore;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Judges answers once their label is known: accuracy since the start and over sliding windows, of
 * all and of each class. Bounded by the windows and the number of classes; part of a model's state.
 *
 * <p>Binary format, version 1, family {@link Family#CLASSIFIER_EVALUATION}: judged, right, window
 * of all, number of losses, newest losses, number of classes; for each its label and window. A
 * window is: answers, best accuracy, one byte for each answer.
 */
final class PrequentialAccuracy {
    private static final int VERSION = 1;
    private static final String PART = "evaluation";
    private static final int LOSSES = 64;

    private final int classWindow;
    private final SortedMap<String, HitWindow> classes = new TreeMap<>();
    private final double[] losses = new double[LOSSES];
    private HitWindow window;
    private long judged;
    private long right;
    private long lossCount;
    private final Part part = Part.of(PART);

    PrequentialAccuracy(int window, int classWindow) {
        this.window = new HitWindow(window);
        this.classWindow = classWindow;
    }

    /** Reads back, or starts empty if the store has none. */
    static PrequentialAccuracy restored(int window, int classWindow, PartStore store) {
        PrequentialAccuracy evaluation = new PrequentialAccuracy(window, classWindow);
        evaluation.part.restore(store, bytes -> evaluation.read(bytes, window));
        return evaluation;
    }

    /** The label of an answer came. */
    void judge(String label, boolean correct) {
        judged++;
        right += correct ? 1 : 0;
        window.add(correct);
        classes.computeIfAbsent(label, name -> new HitWindow(classWindow)).add(correct);
        part.touch();
    }

    /** A step had this loss before it was made. */
    void loss(double loss) {
        losses[(int) (lossCount++ % LOSSES)] = loss;
        part.touch();
    }

    void forget(String label) {
        classes.remove(label);
        part.touch();
    }

    long judged() {
        return judged;
    }

    /** Share of right answers since the start; NaN without any. */
    double accuracy() {
        return judged == 0 ? Double.NaN : (double) right / judged;
    }

    /** Share of right answers among the newest; NaN without any. */
    double windowAccuracy() {
        return window.accuracy();
    }

    /** Mean of best less present accuracy, over classes whose window was full; NaN without any. */
    double forgetting() {
        double sum = 0;
        int count = 0;
        for (HitWindow one : classes.values()) {
            if (!Double.isNaN(one.best())) {
                sum += one.best() - one.accuracy();
                count++;
            }
        }
        return count == 0 ? Double.NaN : sum / count;
    }

    /** Mean of the newest losses; NaN without any. */
    double meanLoss() {
        int count = (int) Math.min(lossCount, LOSSES);
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += losses[i];
        }
        return count == 0 ? Double.NaN : sum / count;
    }

    /** All of these, beside the rank of the embeddings. */
    ClassifierMetrics.Quality quality(double rank) {
        return new ClassifierMetrics.Quality(
                accuracy(), windowAccuracy(), forgetting(), rank, meanLoss());
    }

    /** Windows of the classes that were judged, by label. */
    SortedMap<String, HitWindow> classes() {
        return Collections.unmodifiableSortedMap(classes);
    }

    long bytes() {
        return 8L * LOSSES + window.bytes() + classes.size() * (128L + classWindow);
    }

    void flush(PartStore store) {
        part.flush(store, this::toBytes);
    }

    private byte[] toBytes() {
        BinaryWriter out = new BinaryWriter((int) Math.min(bytes(), 1 << 20));
        out.putLong(judged);
        out.putLong(right);
        window.write(out);
        out.putLong(lossCount);
        out.putDoubles(losses);
        out.putInt(classes.size());
        classes.forEach(
                (label, one) -> {
                    out.putUtf8(label);
                    one.write(out);
                });
        return Envelope.seal(Family.CLASSIFIER_EVALUATION, VERSION, out);
    }

    private void read(byte[] bytes, int length) {
        BinaryReader in = Envelope.open(bytes, Family.CLASSIFIER_EVALUATION, VERSION);
        judged = in.getLong();
        right = in.getLong();
        window = HitWindow.read(in, length);
        lossCount = in.getLong();
        double[] stored = in.getDoubles();
        System.arraycopy(stored, 0, losses, 0, Math.min(LOSSES, stored.length));
        int count = in.getCount();
        for (int i = 0; i < count; i++) {
            classes.put(in.getUtf8(), HitWindow.read(in, classWindow));
        }
        in.requireEnd();
    }
}
