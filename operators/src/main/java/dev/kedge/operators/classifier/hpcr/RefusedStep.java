// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier.hpcr;

import dev.kedge.operators.encoder.InputForm;
import dev.kedge.state.replay.ReplayMemory;
import dev.kedge.state.replay.ReplaySample;
import java.util.List;

/**
 * Drops what made a learner refuse a step, so that it is neither learned nor remembered: of the
 * incoming samples the one of the largest values; of the drawn ones, too, if it has larger values
 * still. The other incoming samples wait for the next step. Where values are bounded by their form
 * no one stands out, and all incoming samples are dropped.
 *
 * @param form how values lie
 * @param memory from which samples were drawn
 */
record RefusedStep(InputForm form, ReplayMemory memory) {

    /** Drops the cause. */
    void drop(PendingSamples pending, List<ReplaySample> drawn) {
        float incoming = -1;
        PendingSamples.Sample worst = pending.samples().get(0);
        for (PendingSamples.Sample sample : pending.samples()) {
            float largest = form.largest(sample.input());
            if (largest > incoming) {
                incoming = largest;
                worst = sample;
            }
        }
        if (incoming > 0) {
            pending.remove(worst);
        } else {
            pending.clear();
        }
        dropDrawn(drawn, incoming);
    }

    private void dropDrawn(List<ReplaySample> drawn, float limit) {
        float largest = limit;
        for (ReplaySample sample : drawn) {
            largest = Math.max(largest, form.largest(sample.input()));
        }
        float worst = largest;
        if (worst > limit) {
            long number =
                    drawn.stream()
                            .filter(sample -> form.largest(sample.input()) == worst)
                            .mapToLong(ReplaySample::arrival)
                            .findFirst()
                            .orElseThrow();
            memory.forgetIf(sample -> sample.arrival() == number);
        }
    }
}
