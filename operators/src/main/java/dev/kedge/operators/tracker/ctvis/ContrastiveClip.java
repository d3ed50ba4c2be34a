// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

import dev.kedge.state.api.PublicApi;
import dev.kedge.state.settings.Meaning;
import dev.kedge.state.settings.Range;
import dev.kedge.state.settings.Schema;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * CTVIS' loss of a whole clip. For each instance that a frame after the first shows there is an
 * item: the anchor is its embedding there; the positive its average as of the frame before, or its
 * latest earlier embedding, or, if it was never seen before, its next one; the negatives are other
 * detections. Without a positive or without negatives there is no item. The losses are means over
 * the items, and their gradient reaches every row of the clip, through the averages and their
 * momentum too. Not thread-safe.
 */
public final class ContrastiveClip {
    private final Settings settings;
    private final EmbeddingLoss loss;
    private final TrainingBank bank;
    private final int width;
    private final List<Item> items = new ArrayList<>();
    private int[] keys = new int[64];
    private int keyCount;
    private double embedding;
    private double auxiliary;

    /** Where negatives come from. */
    @PublicApi
    public enum Negatives {
        /** All detections of the frame before but the instance's own: the released program. */
        PREVIOUS_FRAME,
        /**
         * The averages of the other instances, and the detections of the frame before that are
         * nobody's: the paper's wording.
         */
        BANK
    }

    /** Where a positive came from. */
    public enum Source {
        /** The average. */
        AVERAGE,
        /** The latest earlier sighting. */
        LATEST,
        /** The next later sighting. */
        NEXT
    }

    /** How items are built. */
    @PublicApi
    public record Settings(
            @Meaning(
                            "Where negatives come from: all other detections of the frame before (the authors' program), or the clip's bank and nobody's detections (the paper's wording).")
                    Negatives negatives,
            @Meaning(
                            "Whether positives come from any earlier frame; else from the frame before only.")
                    boolean bank,
            @Meaning(
                            "Whether what entered the bank in place of an instance is an anchor, as in the authors' program.")
                    boolean noiseAnchors,
            @Meaning("Sightings with which a new one is compared; at least 1.") @Range(min = 1)
                    int history,
            @Meaning("Factor of the contrastive loss; at least 0. A command can change it.")
                    @Range(min = 0)
                    double embeddingWeight,
            @Meaning("Factor of the loss of cosines; at least 0. A command can change it.")
                    @Range(min = 0)
                    double auxiliaryWeight)
            implements Serializable {
        /** The authors' values; but noise is no anchor. */
        public static final Settings REFERENCE =
                new Settings(Negatives.PREVIOUS_FRAME, true, false, 10, 2, 3);

        EmbeddingLoss.Weights weights() {
            return new EmbeddingLoss.Weights(embeddingWeight, auxiliaryWeight);
        }
    }

    /**
     * One contrastive item.
     *
     * @param frame the anchor's frame
     * @param instance whose anchor it is
     * @param source where the positive came from
     * @param positiveFrame the frame of the positive; of an average, that of its latest sighting
     * @param negatives how many negatives there are
     * @param loss its contrastive loss
     * @param auxiliary its auxiliary loss
     */
    public record Item(
            int frame,
            int instance,
            Source source,
            int positiveFrame,
            int negatives,
            double loss,
            double auxiliary) {}

    /** Anchor, keys and where they came from: an item before its losses are known. */
    private record Draft(
            int frame,
            int instance,
            Source source,
            int positiveFrame,
            int anchor,
            int from,
            int to) {
        /** The same with all of its keys. */
        Draft upTo(int end) {
            return new Draft(frame, instance, source, positiveFrame, anchor, from, end);
        }

        Item item(double loss, double auxiliary) {
            int negatives = to - from - 1;
            return new Item(frame, instance, source, positiveFrame, negatives, loss, auxiliary);
        }
    }

    private final List<Draft> drafts = new ArrayList<>();

    /** For embeddings of a width. */
    public ContrastiveClip(Settings settings, int width) {
        this.settings = Schema.checked(settings);
        this.width = width;
        loss = new EmbeddingLoss(width, settings.weights());
        bank = new TrainingBank(width, settings.history());
    }

    /** Weighs the losses otherwise than the settings do, until told again. */
    void weigh(EmbeddingLoss.Weights weights) {
        loss.weigh(weights);
    }

    /**
     * Computes the losses, and adds the gradient of their weighted sum.
     *
     * @param embeddings the plan's rows, then the constant rows
     * @param constants rows after the plan's that are negatives of every item and have no gradient:
     *     bank entries from before the clip
     * @param scale factor of the gradient
     * @param gradient as many rows as the plan has, added to
     * @return the weighted sum of the losses; 0 without items
     */
    public double evaluate(
            ClipPlan plan, double[] embeddings, int constants, double scale, double[] gradient) {
        bank.run(plan, embeddings, constants);
        drafts.clear();
        items.clear();
        keyCount = 0;
        embedding = 0;
        auxiliary = 0;
        for (int t = 0; t < plan.frames(); t++) {
            if (t > 0) {
                for (int i = 0; i < plan.instances(); i++) {
                    draft(plan, t, i, constants);
                }
            }
            bank.pass(plan, t);
        }
        for (Draft draft : drafts) {
            finish(draft, scale / drafts.size());
        }
        embedding /= Math.max(1, drafts.size());
        auxiliary /= Math.max(1, drafts.size());
        bank.backward();
        for (int k = 0; k < plan.rows() * width; k++) {
            gradient[k] += bank.gradient()[k];
        }
        return loss.weights().total(embedding, auxiliary);
    }

    private void draft(ClipPlan plan, int t, int instance, int constants) {
        int anchor = settings.noiseAnchors() ? plan.banked(t, instance) : plan.row(t, instance);
        if (anchor == ClipPlan.ABSENT) {
            return;
        }
        int from = keyCount;
        Draft draft = positive(plan, t, instance, anchor);
        int positives = keyCount - from;
        if (positives > 0) {
            addNegatives(plan, t, instance);
            for (int c = 0; c < constants; c++) {
                addKey(plan.rows() + c);
            }
        }
        if (EmbeddingLoss.isItem(positives, keyCount - from - positives)) {
            drafts.add(draft.upTo(keyCount));
        } else {
            keyCount = from;
        }
    }

    private Draft positive(ClipPlan plan, int t, int instance, int anchor) {
        int from = keyCount;
        Source source = Source.NEXT;
        int frame = t;
        if (!settings.bank()) {
            int row = plan.banked(t - 1, instance);
            if (row != ClipPlan.ABSENT) {
                addKey(row);
            }
            source = Source.LATEST;
            frame = t - 1;
        } else if (bank.knows(instance)) {
            boolean average = plan.usesAverage(t, instance);
            addKey(average ? bank.averageOf(instance) : bank.latest(instance));
            source = average ? Source.AVERAGE : Source.LATEST;
            frame = bank.latestFrame(instance);
        } else {
            do {
                frame++;
            } while (frame < plan.frames() && plan.row(frame, instance) == ClipPlan.ABSENT);
            if (frame < plan.frames()) {
                addKey(plan.row(frame, instance));
            }
        }
        return new Draft(t, instance, source, frame, anchor, from, keyCount);
    }

    private void addNegatives(ClipPlan plan, int t, int instance) {
        boolean fromBank = settings.negatives() == Negatives.BANK;
        if (fromBank) {
            for (int other = 0; other < plan.instances(); other++) {
                if (other != instance && bank.knows(other)) {
                    addKey(bank.averageOf(other));
                }
            }
        }
        int own = plan.row(t - 1, instance);
        for (int row = plan.start(t - 1); row < plan.start(t); row++) {
            if (fromBank ? !plan.assigned(t - 1, row) : row != own) {
                addKey(row);
            }
        }
    }

    private void addKey(int row) {
        if (keyCount == keys.length) {
            keys = Arrays.copyOf(keys, 2 * keyCount);
        }
        keys[keyCount++] = row;
    }

    private void finish(Draft draft, double scale) {
        double[] vectors = bank.vectors();
        double[] gradient = bank.gradient();
        loss.evaluate(vectors, draft.anchor(), keys, draft.from(), 1, draft.to(), scale, gradient);
        embedding += loss.embedding();
        auxiliary += loss.auxiliary();
        items.add(draft.item(loss.embedding(), loss.auxiliary()));
    }

    /** The items of the last clip, frame by frame. */
    public List<Item> items() {
        return List.copyOf(items);
    }

    /** The last clip's contrastive loss, without its factor. */
    public double embedding() {
        return embedding;
    }

    /** The last clip's auxiliary loss, without its factor. */
    public double auxiliary() {
        return auxiliary;
    }
}
