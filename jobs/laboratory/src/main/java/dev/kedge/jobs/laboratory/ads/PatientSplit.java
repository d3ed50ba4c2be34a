// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.ads;

import dev.kedge.jobs.laboratory.ads.Patients.Patient;
import dev.kedge.state.random.RestorableRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/**
 * Patients to learn from, in the order in which they enter, and patients to test on.
 *
 * @param training the first
 * @param test the others
 */
record PatientSplit(List<Patient> training, List<Patient> test) {
    /** Draws a split. */
    static PatientSplit of(Patients patients, double testShare, long seed) {
        RestorableRandom random = RestorableRandom.seeded(seed, patients.name());
        List<Patient> order = new ArrayList<>(patients.rows());
        for (int i = order.size() - 1; i > 0; i--) {
            Collections.swap(order, i, random.nextInt(i + 1));
        }
        int kept = (int) Math.round((1 - testShare) * order.size());
        return new PatientSplit(order.subList(0, kept), order.subList(kept, order.size()));
    }

    /**
     * Starts of so many intervals: 0 and quantiles of the training events' times, moved to half
     * days so that no event in whole days falls on one. Fewer where quantiles coincide.
     */
    List<Double> cuts(int intervals) {
        double[] times =
                training.stream()
                        .filter(Patient::event)
                        .mapToDouble(Patient::days)
                        .sorted()
                        .toArray();
        TreeSet<Double> cuts = new TreeSet<>();
        cuts.add(0.0);
        for (int i = 1; i < intervals; i++) {
            cuts.add(Math.floor(times[i * times.length / intervals]) + 0.5);
        }
        return List.copyOf(cuts);
    }
}
