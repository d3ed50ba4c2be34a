// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.encoder;

import dev.kedge.state.parameters.Layout;
import dev.kedge.state.parameters.Slice;
import dev.kedge.state.random.RestorableRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A basic block of a residual network (He et al. 2016): two 3x3 convolutions with batch
 * normalisation, a shortcut around them, rectifiers after the first and after the sum. Where the
 * shape changes, the shortcut is a 1x1 convolution with batch normalisation.
 */
final class ResidualBlock implements AutoCloseable {
    private final NormalisedConvolution first;
    private final NormalisedConvolution second;
    private final Optional<NormalisedConvolution> shortcut;

    ResidualBlock(
            Layout.Builder layout,
            String name,
            int inputs,
            int outputs,
            int height,
            int width,
            int stride,
            int maxRows) {
        NormalisedConvolution.Sides sides =
                new NormalisedConvolution.Sides(inputs, outputs, height, width, 3, stride);
        first = new NormalisedConvolution(layout, name + "/first", sides, maxRows);
        NormalisedConvolution.Sides inner =
                new NormalisedConvolution.Sides(
                        outputs, outputs, first.height(), first.width(), 3, 1);
        second = new NormalisedConvolution(layout, name + "/second", inner, maxRows);
        shortcut =
                inputs == outputs && stride == 1
                        ? Optional.empty()
                        : Optional.of(
                                new NormalisedConvolution(
                                        layout, name + "/shortcut", sides.pointwise(), maxRows));
    }

    int height() {
        return second.height();
    }

    int width() {
        return second.width();
    }

    void initialise(float[] parameters, RestorableRandom random) {
        all().forEach(each -> each.initialise(parameters, random));
    }

    private List<NormalisedConvolution> all() {
        List<NormalisedConvolution> all = new ArrayList<>(List.of(first, second));
        shortcut.ifPresent(all::add);
        return all;
    }

    List<Slice> statistics() {
        return all().stream().flatMap(each -> each.statistics().stream()).toList();
    }

    void follow(float[] parameters) {
        first.follow(parameters);
        second.follow(parameters);
        shortcut.ifPresent(each -> each.follow(parameters));
    }

    /** Computes the output of rows; valid until the next call. */
    float[] forward(float[] parameters, float[] x, Batch batch, boolean learns) {
        float[] residual = x;
        if (shortcut.isPresent()) {
            residual = shortcut.get().forward(parameters, x, batch, learns, false);
        }
        float[] inner = first.forward(parameters, x, batch, learns, true);
        return second.forward(parameters, inner, batch, learns, residual);
    }

    /**
     * Carries the gradient of the last pass back.
     *
     * @param scratch its {@code upstream} holds the gradient of the output, and afterwards that of
     *     the input
     */
    void backward(float[] parameters, Batch batch, GradientScratch scratch, float[] gradient) {
        float[] upstream = scratch.upstream();
        float[] inner = scratch.inner();
        float[] maps = scratch.maps();
        second.backward(parameters, batch, upstream, maps, inner, gradient);
        first.backward(parameters, batch, inner, maps, inner, gradient);
        if (shortcut.isPresent()) {
            shortcut.get().backward(parameters, batch, upstream, maps, upstream, gradient);
        }
        int count = batch.rows() * first.inputSize();
        for (int i = 0; i < count; i++) {
            inner[i] += upstream[i];
        }
        scratch.swap();
    }

    @Override
    public void close() {
        all().forEach(NormalisedConvolution::close);
    }
}
