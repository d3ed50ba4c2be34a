// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.state;

import dev.kedge.operators.math.device.Placement;
import dev.kedge.operators.stream.LiveModels;
import dev.kedge.state.parameters.IncompatibleLayoutException;
import dev.kedge.state.part.MemoryPartStore;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Whether a job can go on with the models of a savepoint. One of them is brought to life, as the
 * job would: all of a job were learned under the same settings.
 */
public final class ModelFit {
    private static final String LEARNER = "learn";

    private ModelFit() {}

    /**
     * Looks for a model that the job refuses.
     *
     * @param savepoint a savepoint or checkpoint; a path or a URI
     * @param models what the job would load its models with
     * @param placement where they would compute
     * @return what does not fit, in one line; empty if all does, or if there is no model
     * @throws StateException if the savepoint cannot be read
     */
    public static Optional<String> refusal(
            String savepoint, LiveModels<?, ?, ?> models, Placement placement) {
        return ModelSavepoint.openUnlessEmpty(savepoint, LEARNER)
                .flatMap(opened -> refusal(opened, models, placement));
    }

    private static Optional<String> refusal(
            ModelSavepoint savepoint, LiveModels<?, ?, ?> models, Placement placement) {
        TreeMap<String, MemoryPartStore> some = new TreeMap<>();
        savepoint.someParts(
                (model, name, bytes) -> {
                    if (some.isEmpty() || some.containsKey(model)) {
                        some.computeIfAbsent(model, first -> new MemoryPartStore())
                                .put(name, bytes);
                    }
                });
        if (some.isEmpty()) {
            return Optional.empty();
        }
        try (LiveModels.Shared<?, ?, ?> shared = models.open(placement)) {
            shared.load(some.firstKey(), some.firstEntry().getValue());
            return Optional.empty();
        } catch (IncompatibleLayoutException e) {
            return Optional.of(e.getMessage());
        }
    }
}
