// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.encoder;

/**
 * Rows of hashed text, hashed categories, standardised numbers and a ready embedding. Rows refer to
 * the caller's arrays; nothing is copied but the numbers. Reused from batch to batch by one task.
 */
public class MultimodalBatch implements Batch {
    private static final int[] NOTHING = {};

    private final int capacity;
    private final int numberWidth;
    private final int[][] tokens;
    private final int[][] categories;
    private final float[] numbers;
    private final float[][] embeddings;
    private int rows;

    /** Makes room for {@code capacity} rows of {@code numberWidth} numbers. */
    public MultimodalBatch(int capacity, int numberWidth) {
        this.capacity = capacity;
        this.numberWidth = numberWidth;
        tokens = new int[capacity][];
        categories = new int[capacity][];
        embeddings = new float[capacity][];
        numbers = new float[capacity * numberWidth];
    }

    @Override
    public int rows() {
        return rows;
    }

    /** Most rows that fit. */
    public int capacity() {
        return capacity;
    }

    /** Forgets all rows. */
    public void clear() {
        rows = 0;
    }

    /**
     * Appends a row.
     *
     * @param rowTokens rows of the text table
     * @param rowCategories rows of the category table
     * @param rowEmbedding ready embedding, or an empty array
     * @return the row's index
     */
    public int add(int[] rowTokens, int[] rowCategories, float[] rowEmbedding) {
        tokens[rows] = rowTokens;
        categories[rows] = rowCategories;
        embeddings[rows] = rowEmbedding;
        return rows++;
    }

    /** Sets one number of a row. */
    public void number(int row, int column, float value) {
        numbers[row * numberWidth + column] = value;
    }

    /** Hides a row's text. */
    public void hideTokens(int row) {
        tokens[row] = NOTHING;
    }

    /** Hides a row's categories. */
    public void hideCategories(int row) {
        categories[row] = NOTHING;
    }

    /** Hides a row's embedding. */
    public void hideEmbedding(int row) {
        embeddings[row] = new float[0];
    }

    /** Rows of the text table that a row names; not to be changed. */
    public int[] tokens(int row) {
        return tokens[row];
    }

    /** Rows of the category table that a row names; not to be changed. */
    public int[] categories(int row) {
        return categories[row];
    }

    /** One number of a row. */
    public float number(int row, int column) {
        return numbers[row * numberWidth + column];
    }

    float[] embedding(int row) {
        return embeddings[row];
    }

    float[] numbers() {
        return numbers;
    }
}
