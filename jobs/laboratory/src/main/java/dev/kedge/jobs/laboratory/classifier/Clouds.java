// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.classifier;

import dev.kedge.operators.encoder.InputForm;
import dev.kedge.state.random.RestorableRandom;
import java.util.ArrayList;
import java.util.List;

/** Classes that are clouds of points around random centres. */
final class Clouds {
    private final ExperimentSettings.Synthetic settings;
    private final RestorableRandom random;
    private final float[][] centres;

    private Clouds(ExperimentSettings.Synthetic settings) {
        this.settings = settings;
        this.random = RestorableRandom.seeded(settings.seed(), "clouds");
        this.centres = new float[settings.classes()][settings.inputs()];
        for (float[] centre : centres) {
            random.fillUniform(centre, 0, centre.length, 1);
        }
    }

    static Samples make(ExperimentSettings.Synthetic settings) {
        Clouds clouds = new Clouds(settings);
        List<Sample> train = clouds.points(settings.train());
        return Samples.ofVectors(settings.inputs(), train, clouds.points(settings.test()));
    }

    private List<Sample> points(int each) {
        List<Sample> points = new ArrayList<>();
        for (int c = 0; c < centres.length; c++) {
            for (int i = 0; i < each; i++) {
                points.add(new Sample(point(centres[c]), "c" + c));
            }
        }
        return points;
    }

    private byte[] point(float[] centre) {
        float[] values = new float[centre.length];
        random.fillUniform(values, 0, values.length, settings.noise());
        for (int i = 0; i < values.length; i++) {
            values[i] += centre[i];
        }
        return InputForm.encode(values);
    }
}
