// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

import dev.kedge.state.bank.BankEntry;
import dev.kedge.state.bank.MemoryBank;
import dev.kedge.state.random.RestorableRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes clips to learn from of a stream's last frames, or of its last one alone. */
final class ClipBuilder {
    private static final int NOBODY = -1;

    private final TrackingSettings.Learning settings;
    private final PseudoClips pseudoClips;
    private final Map<String, Integer> instances = new HashMap<>();

    ClipBuilder(TrackingSettings.Learning settings, PseudoClips pseudoClips) {
        this.settings = settings;
        this.pseudoClips = pseudoClips;
    }

    /**
     * Fills a batch with a clip.
     *
     * @param random drawn from only if there is an item to learn from
     * @return whether there is
     */
    boolean fill(ClipBatch batch, TrackedStream stream, RestorableRandom random) {
        List<ClipMemory.Remembered> frames = stream.clip().frames();
        if (frames.isEmpty()) {
            return false;
        }
        name(frames);
        List<ClipMemory.Shown> last = frames.get(frames.size() - 1).detections();
        List<BankEntry> others = others(stream);
        if (instances.isEmpty()
                && settings.unlabelled() == TrackingSettings.Unlabelled.PSEUDO_CLIPS) {
            // Every item has a view in every frame; it needs another to be told from.
            if (last.size() + others.size() < 2) {
                return false;
            }
            fillWithViews(batch, last, random);
        } else {
            fillWithFrames(batch, frames);
        }
        others.forEach(entry -> batch.addConstant(entry.readOut()));
        if (!batch.plan().hasItems(settings.loss(), batch.clip().constantCount())) {
            return false;
        }
        batch.fillUp();
        draw(batch.plan(), random);
        return true;
    }

    /** Numbers the instances of a clip in the order in which they appear. */
    private void name(List<ClipMemory.Remembered> frames) {
        instances.clear();
        for (ClipMemory.Remembered frame : frames) {
            for (ClipMemory.Shown shown : frame.detections()) {
                String key = key(shown);
                if (!key.isEmpty()) {
                    instances.putIfAbsent(key, instances.size());
                }
            }
        }
    }

    /** Whom a detection is learned as; empty for nobody. */
    private String key(ClipMemory.Shown shown) {
        if (!shown.identity().isEmpty()) {
            return "identity " + shown.identity();
        }
        boolean sure =
                settings.unlabelled() == TrackingSettings.Unlabelled.TRACKS
                        && shown.track() != Track.DROPPED
                        && shown.confidence() >= settings.confidence();
        return sure ? "track " + shown.track() : "";
    }

    private void fillWithFrames(ClipBatch batch, List<ClipMemory.Remembered> frames) {
        batch.begin(instances.size());
        for (ClipMemory.Remembered frame : frames) {
            batch.plan().addFrame(frame.detections().size());
            for (int d = 0; d < frame.detections().size(); d++) {
                ClipMemory.Shown shown = frame.detections().get(d);
                batch.add(shown.input());
                int instance = instances.getOrDefault(key(shown), NOBODY);
                if (instance != NOBODY && !batch.plan().shows(instance)) {
                    batch.plan().show(instance, d);
                }
            }
        }
    }

    private void fillWithViews(
            ClipBatch batch, List<ClipMemory.Shown> items, RestorableRandom random) {
        batch.begin(items.size());
        List<PseudoClips.Views> views = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            views.add(pseudoClips.begin(random));
        }
        for (int t = 0; t < settings.frames(); t++) {
            batch.plan().addFrame(items.size());
            for (int i = 0; i < items.size(); i++) {
                batch.add(views.get(i).next(items.get(i).input(), others(items, i), random));
                batch.plan().show(i, i);
            }
        }
    }

    private static List<byte[]> others(List<ClipMemory.Shown> items, int own) {
        List<byte[]> others = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            if (i != own) {
                others.add(items.get(i).input());
            }
        }
        return others;
    }

    /** Tosses the coins of positives and of noise. */
    private void draw(ClipPlan plan, RestorableRandom random) {
        for (int t = 1; t < plan.frames(); t++) {
            for (int i = 0; i < plan.instances(); i++) {
                if (plan.row(t, i) != ClipPlan.ABSENT) {
                    if (random.nextDouble() < settings.average()) {
                        plan.useAverage(t, i);
                    }
                } else if (settings.noise() > 0
                        && plan.detections(t) > 0
                        && plan.firstRow(i, t) != ClipPlan.ABSENT
                        && random.nextDouble() < settings.noise()) {
                    plan.confuse(t, i, random.nextInt(plan.detections(t)));
                }
            }
        }
    }

    /** Entries of the bank that the clip does not show, those seen last first. */
    private List<BankEntry> others(TrackedStream stream) {
        if (settings.bankNegatives() == 0) {
            return List.of();
        }
        Set<Long> shown = new HashSet<>();
        for (ClipMemory.Remembered frame : stream.clip().frames()) {
            frame.detections().forEach(detection -> shown.add(detection.track()));
        }
        MemoryBank bank = stream.bank();
        List<BankEntry> others = new ArrayList<>();
        for (int place = 0; place < bank.size(); place++) {
            if (!shown.contains(bank.get(place).id())) {
                others.add(bank.get(place));
            }
        }
        others.sort(Comparator.comparingLong(BankEntry::lastFrame).reversed());
        return others.subList(0, Math.min(others.size(), settings.bankNegatives()));
    }
}
