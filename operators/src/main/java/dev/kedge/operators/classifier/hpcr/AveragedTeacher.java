// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier.hpcr;

import dev.kedge.operators.learner.LearnerState;
import dev.kedge.state.parameters.Layout;
import dev.kedge.state.parameters.ParameterSnapshot;
import dev.kedge.state.part.Part;
import dev.kedge.state.part.PartStore;

/** The teacher that is a moving average of its model. Without one there are no parameters. */
final class AveragedTeacher {
    private static final String PART = "teacher/parameters";

    private final Layout layout;
    private final float[] parameters;
    private final Part part = Part.of(PART);

    private AveragedTeacher(Layout layout, float[] parameters) {
        this.layout = layout;
        this.parameters = parameters;
    }

    /** What the store holds of it, or else the model as it is. */
    static AveragedTeacher restored(
            boolean averages, Layout layout, LearnerState state, PartStore store) {
        float[] parameters = averages ? state.parameters().clone() : new float[0];
        if (averages) {
            store.get(PART).ifPresent(bytes -> ParameterSnapshot.read(bytes, layout, parameters));
        }
        return new AveragedTeacher(layout, parameters);
    }

    boolean exists() {
        return parameters.length > 0;
    }

    float[] parameters() {
        return parameters;
    }

    /** A class appeared: it has the model's values. */
    void appear(ReplayObjective objective, float[] model, int c) {
        if (exists()) {
            objective.copy(model, parameters, c);
            part.touch();
        }
    }

    void forget(ReplayObjective objective, int c) {
        if (exists()) {
            objective.forget(parameters, c);
            part.touch();
        }
    }

    /** Follows the model, keeping a part of itself. */
    void follow(float[] model, float keep) {
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = keep * parameters[i] + (1 - keep) * model[i];
        }
        part.touch();
    }

    long bytes() {
        return 4L * parameters.length;
    }

    void flush(PartStore store) {
        if (exists()) {
            part.flush(store, () -> ParameterSnapshot.write(layout, parameters));
        }
    }
}
