// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.encoder;

import static dev.kedge.state.text.Text.format;

import dev.kedge.state.parameters.Layout;
import dev.kedge.state.parameters.Slice;
import dev.kedge.state.random.RestorableRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * ResNet-18 for small images (He et al. 2016), full or reduced as in the replay literature
 * (Lopez-Paz and Ranzato 2017): a 3x3 stem to n channels, four stages of two basic blocks with n,
 * 2n, 4n and 8n channels and strides 1, 2, 2 and 2, the mean of each 4x4 window, flat; n is 64, or
 * {@link #REDUCED}. No bias in convolutions; embeddings are at least 0. An image of 32 x 32 gives
 * 8n numbers, one of 64 x 64 or 84 x 84 gives 32n.
 *
 * <p>Memory, reduced: for each of {@code maxRows} rows of 32 x 32 about 1.5 MB on the heap and 2.5
 * MB outside of it.
 */
public final class ResNet18 implements Encoder<DenseBatch> {
    /** Smallest side of an image: anything below leaves less than one window at the end. */
    public static final int MIN_SIDE = 25;

    /** Channels of the stem of the reduced network; features of 32 x 32 images are 160 wide. */
    public static final int REDUCED = 20;

    /** Channels of the stem of the full network; features of 32 x 32 images are 512 wide. */
    public static final int FULL = 64;

    private static final int STAGES = 4;
    private static final int BLOCKS = 2;
    private static final int WINDOW = 4;

    private final NormalisedConvolution stem;
    private final List<ResidualBlock> blocks = new ArrayList<>();
    private final GradientScratch scratch;
    private final int features;
    private final int height;
    private final int width;

    /**
     * Declares the parameters.
     *
     * @param stemChannels n
     * @param channels channels of an image
     * @param height rows of an image, at least {@link #MIN_SIDE}
     * @param width columns of an image, at least {@link #MIN_SIDE}
     * @param maxRows most rows of a batch
     * @throws IllegalArgumentException if an image is too small
     */
    public ResNet18(
            Layout.Builder layout,
            int stemChannels,
            int channels,
            int height,
            int width,
            int maxRows) {
        if (Math.min(height, width) < MIN_SIDE) {
            throw new IllegalArgumentException(
                    format(
                            "image: %d x %d is too small for a ResNet-18; sides must be at least %d",
                            height, width, MIN_SIDE));
        }
        stem =
                new NormalisedConvolution(
                        layout,
                        "encoder/stem",
                        new NormalisedConvolution.Sides(
                                channels, stemChannels, height, width, 3, 1),
                        maxRows);
        scratch = new GradientScratch(maxRows * stemChannels * height * width);
        int inputs = stemChannels;
        int rows = height;
        int columns = width;
        for (int stage = 0; stage < STAGES; stage++) {
            for (int i = 0; i < BLOCKS; i++) {
                int stride = stage > 0 && i == 0 ? 2 : 1;
                String name = "encoder/stage/" + stage + "/" + i;
                int outputs = stemChannels << stage;
                ResidualBlock block =
                        new ResidualBlock(
                                layout, name, inputs, outputs, rows, columns, stride, maxRows);
                blocks.add(block);
                inputs = outputs;
                rows = block.height();
                columns = block.width();
            }
        }
        features = inputs;
        this.height = rows;
        this.width = columns;
    }

    @Override
    public int width() {
        return features * (height / WINDOW) * (width / WINDOW);
    }

    @Override
    public void initialise(float[] parameters, RestorableRandom random) {
        stem.initialise(parameters, random);
        blocks.forEach(block -> block.initialise(parameters, random));
    }

    @Override
    public void forward(float[] parameters, DenseBatch batch, float[] embeddings) {
        encode(parameters, batch, false, embeddings);
    }

    @Override
    public void forwardToLearn(float[] parameters, DenseBatch batch, float[] embeddings) {
        encode(parameters, batch, true, embeddings);
    }

    private void encode(float[] parameters, DenseBatch batch, boolean learns, float[] embeddings) {
        float[] at = stem.forward(parameters, batch.values(), batch, learns, true);
        for (ResidualBlock block : blocks) {
            at = block.forward(parameters, at, batch, learns);
        }
        average(at, batch.rows(), embeddings);
    }

    private void average(float[] maps, int rows, float[] embeddings) {
        int out = 0;
        for (int map = 0; map < rows * features; map++) {
            for (int y = 0; y + WINDOW <= height; y += WINDOW) {
                for (int x = 0; x + WINDOW <= width; x += WINDOW) {
                    embeddings[out++] = mean(maps, (map * height + y) * width + x);
                }
            }
        }
    }

    private float mean(float[] maps, int corner) {
        float sum = 0;
        for (int y = 0; y < WINDOW; y++) {
            for (int x = 0; x < WINDOW; x++) {
                sum += maps[corner + y * width + x];
            }
        }
        return sum / (WINDOW * WINDOW);
    }

    @Override
    public void follow(float[] parameters) {
        stem.follow(parameters);
        blocks.forEach(block -> block.follow(parameters));
    }

    @Override
    public List<Slice> statistics() {
        List<Slice> statistics = new ArrayList<>(stem.statistics());
        blocks.forEach(block -> statistics.addAll(block.statistics()));
        return statistics;
    }

    @Override
    public void backward(
            float[] parameters, DenseBatch batch, float[] embeddingGradient, float[] gradient) {
        spread(embeddingGradient, batch.rows());
        for (int i = blocks.size() - 1; i >= 0; i--) {
            blocks.get(i).backward(parameters, batch, scratch, gradient);
        }
        stem.backwardToParameters(parameters, batch, scratch.upstream(), scratch.maps(), gradient);
    }

    /** Gives each value of a window its part of the mean's gradient. */
    private void spread(float[] embeddingGradient, int rows) {
        float[] maps = scratch.upstream();
        int across = width / WINDOW;
        int perMap = height / WINDOW * across;
        int at = 0;
        for (int map = 0; map < rows * features; map++) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    boolean covered = y / WINDOW < height / WINDOW && x / WINDOW < width / WINDOW;
                    maps[at++] =
                            covered
                                    ? embeddingGradient[
                                                    map * perMap + y / WINDOW * across + x / WINDOW]
                                            / (WINDOW * WINDOW)
                                    : 0;
                }
            }
        }
    }

    @Override
    public void close() {
        stem.close();
        blocks.forEach(ResidualBlock::close);
    }
}
