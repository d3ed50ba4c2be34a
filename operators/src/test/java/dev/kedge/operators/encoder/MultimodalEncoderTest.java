// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.operators.math.MatrixProduct;
import dev.kedge.state.parameters.Layout;
import dev.kedge.state.random.RestorableRandom;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MultimodalEncoderTest {
    private static final int ROWS = 5;
    private static final int[] TEXT = {3, 1, 4, 1, 5};
    private static final int[] FIELDS = {2, 7};
    private static final int[] NONE = {};
    private static final float[] NO_EMBEDDING = {};

    @ParameterizedTest
    @EnumSource
    void rowsThatShareABagAreEncodedAsThoseWithBagsOfTheirOwn(Fusion fusion) {
        MultimodalBatch shared = new MultimodalBatch(ROWS, 1);
        MultimodalBatch apart = new MultimodalBatch(ROWS, 1);
        int[][] texts = {TEXT, TEXT, NONE, TEXT, NONE};
        int[][] fields = {FIELDS, FIELDS, FIELDS, NONE, NONE};
        for (int row = 0; row < ROWS; row++) {
            shared.add(texts[row], fields[row], NO_EMBEDDING);
            apart.add(texts[row].clone(), fields[row].clone(), NO_EMBEDDING);
            shared.number(row, 0, row - 2);
            apart.number(row, 0, row - 2);
        }

        try (MatrixProduct product = new MatrixProduct()) {
            Layout.Builder layout = Layout.builder();
            MultimodalEncoder.Settings sizes =
                    new MultimodalEncoder.Settings(8, 4, 8, 3, 1, 0, fusion, List.of(6, 5));
            MultimodalEncoder encoder = new MultimodalEncoder(layout, sizes, ROWS, product);
            float[] parameters = new float[layout.build().size()];
            encoder.initialise(parameters, RestorableRandom.seeded(7, "encoder"));

            assertThat(encode(encoder, parameters, shared))
                    .containsExactly(encode(encoder, parameters, apart))
                    .doesNotContain(Float.NaN);
        }
    }

    private static float[] encode(
            MultimodalEncoder encoder, float[] parameters, MultimodalBatch batch) {
        float[] embeddings = new float[ROWS * encoder.width()];
        encoder.forward(parameters, batch, embeddings);
        return embeddings;
    }
}
