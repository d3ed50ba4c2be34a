// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier.hpcr;

/**
 * Mean squared distance between logits and those of a teacher, over the classes that the teacher
 * knew: the distillation of DER and DER++ (Buzzega et al., NeurIPS 2020).
 */
public final class LogitMatching {
    private LogitMatching() {}

    /**
     * The mean over all known logits of the rows {@code from} to {@code to}.
     *
     * @param logits rows x classes
     * @param teacher as many rows as there are between {@code from} and {@code to}, or a whole
     *     fraction if there are several views
     * @param factor multiplies the gradient, not the loss
     * @param gradient rows x classes, added to
     * @return the loss, 0 if nothing is known
     */
    public static double evaluate(
            double[] logits,
            int from,
            int to,
            int classes,
            Teacher teacher,
            double factor,
            double[] gradient) {
        int known = 0;
        for (int i = from; i < to; i++) {
            known += Math.min(classes, teacher.classes((i - from) % teacher.rows()));
        }
        double loss = 0;
        for (int i = from; i < to; i++) {
            int row = (i - from) % teacher.rows();
            for (int c = 0; c < Math.min(classes, teacher.classes(row)); c++) {
                double apart = logits[i * classes + c] - teacher.logit(row, c);
                gradient[i * classes + c] += factor * 2 * apart / known;
                loss += apart * apart / known;
            }
        }
        return loss;
    }
}
