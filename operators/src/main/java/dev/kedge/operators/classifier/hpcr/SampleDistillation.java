// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier.hpcr;

/**
 * Sample-contrastive distillation (HPCR): replayed rows keep their likeness to one another.
 *
 * <p>{@code L = -1/R sum_i sum_{j != i} t_ij log p_ij}, {@code p_ij} the softmax over {@code j !=
 * i} of {@code u_i . u_j / tau}, {@code t_ij} likewise from the teacher's features. {@code du_i =
 * 1/tau sum_j (D_ij + D_ji) u_j}, {@code D = (p - t) / R}. Cross entropy, not divergence: it does
 * not reach 0.
 */
public final class SampleDistillation {
    private final int width;
    private final double temperature;
    private final UnitRows teacherUnits;
    private final double[] student;
    private final double[] taught;
    private double[] studentLikeness = new double[0];
    private double[] taughtLikeness = new double[0];

    /** Makes room for {@code maxRows} replayed rows. */
    public SampleDistillation(int maxRows, int width, double temperature) {
        this.width = width;
        this.temperature = temperature;
        teacherUnits = new UnitRows(maxRows, width, UnitRows.Guard.ADDED);
        student = new double[maxRows];
        taught = new double[maxRows];
    }

    /**
     * Loss and gradient.
     *
     * @param geometry the step, replayed rows first; the gradient of their directions is added to
     * @param replayed R, a multiple of the teacher's rows
     * @param factor multiplies the gradient, not the loss
     * @return the loss, 0 for fewer than two rows
     */
    public double evaluate(CosineGeometry geometry, int replayed, Teacher teacher, double factor) {
        if (replayed < 2) {
            return 0;
        }
        int taughtRows = teacher.rows();
        teacherUnits.normalise(teacher.features(), taughtRows);
        studentLikeness = likeness(geometry.featureUnits(), replayed, studentLikeness);
        taughtLikeness = likeness(teacherUnits.units(), taughtRows, taughtLikeness);
        double loss = 0;
        for (int i = 0; i < replayed; i++) {
            loss += row(geometry, i, replayed, taughtRows, factor / replayed);
        }
        return loss / replayed;
    }

    /** Scores of all pairs, each pair once: they are the same both ways, to the last bit. */
    private double[] likeness(double[] units, int rows, double[] reused) {
        double[] likeness = reused.length < rows * rows ? new double[rows * rows] : reused;
        for (int i = 0; i < rows; i++) {
            for (int j = i; j < rows; j++) {
                double score = Vectors.dot(units, i * width, units, j * width, width) / temperature;
                likeness[i * rows + j] = score;
                likeness[j * rows + i] = score;
            }
        }
        return likeness;
    }

    private double row(
            CosineGeometry geometry, int i, int replayed, int teacherRows, double factor) {
        double[] units = geometry.featureUnits();
        System.arraycopy(studentLikeness, i * replayed, student, 0, replayed);
        int from = i % teacherRows * teacherRows;
        for (int j = 0; j < replayed; j++) {
            taught[j] = taughtLikeness[from + j % teacherRows];
        }
        double studentSum = logSum(student, i, replayed);
        double taughtSum = logSum(taught, i, replayed);
        double[] gradient = geometry.featureUnitGradient();
        double loss = 0;
        for (int j = 0; j < replayed; j++) {
            if (j != i) {
                double target = Math.exp(taught[j] - taughtSum);
                loss -= target * (student[j] - studentSum);
                double slope = factor * (Math.exp(student[j] - studentSum) - target) / temperature;
                Vectors.addScaled(slope, units, j * width, gradient, i * width, width);
                Vectors.addScaled(slope, units, i * width, gradient, j * width, width);
            }
        }
        return loss;
    }

    private static double logSum(double[] scores, int skipped, int rows) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < rows; j++) {
            if (j != skipped) {
                largest = Math.max(largest, scores[j]);
            }
        }
        double sum = 0;
        for (int j = 0; j < rows; j++) {
            sum += j == skipped ? 0 : Math.exp(scores[j] - largest);
        }
        return largest + Math.log(sum);
    }
}
