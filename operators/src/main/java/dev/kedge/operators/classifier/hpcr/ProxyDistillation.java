// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier.hpcr;

import dev.kedge.state.api.PublicApi;

/**
 * Proxy-contrastive distillation (HPCR): replayed rows keep the logits that they had.
 *
 * <p>{@code L = 1/(R N) sum_r sum_c n_c (z_rc - t_rc)^2}, {@code z = cos / sigma}, t the teacher's
 * logits, R the replayed rows, N and n_c all rows of the step. Replayed rows come first in a step,
 * every view of them in the teacher's order.
 *
 * @param scale sigma, by which cosines become logits
 * @param unknown what to do about classes that the teacher did not know
 */
public record ProxyDistillation(double scale, Unknown unknown) {
    /** What to do about classes that the teacher did not know. */
    @PublicApi
    public enum Unknown {
        /** They have no part in the row's loss, nor in what it is divided by. */
        MASK,
        /** Their logit was 0. */
        ZERO
    }

    /**
     * Loss and gradient.
     *
     * @param geometry rows and proxies; its cosine gradient is added to
     * @param replayed R, a multiple of the teacher's rows
     * @param counts number of rows of each class, over all N rows
     * @param factor multiplies the gradient, not the loss
     * @return the loss, 0 if nothing is replayed
     */
    public double evaluate(
            CosineGeometry geometry, int replayed, int[] counts, Teacher teacher, double factor) {
        double loss = 0;
        for (int r = 0; r < replayed; r++) {
            loss += row(geometry, r, r % teacher.rows(), counts, teacher, factor / replayed);
        }
        return replayed == 0 ? 0 : loss / replayed;
    }

    private double row(
            CosineGeometry geometry,
            int row,
            int teacherRow,
            int[] counts,
            Teacher teacher,
            double factor) {
        int classes = geometry.classes();
        int kept = unknown == Unknown.ZERO ? classes : teacher.classes(teacherRow);
        int known = Math.min(classes, kept);
        int columns = 0;
        for (int c = 0; c < known; c++) {
            columns += counts[c];
        }
        double loss = 0;
        for (int c = 0; c < known; c++) {
            if (counts[c] > 0) {
                int at = row * classes + c;
                double share = (double) counts[c] / columns;
                double apart = geometry.cosines()[at] / scale - teacher.logit(teacherRow, c);
                loss += share * apart * apart;
                geometry.cosineGradient()[at] += factor * 2 * share * apart / scale;
            }
        }
        return loss;
    }
}
