// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.submit;

import dev.kedge.connectors.onnx.EncoderException;
import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.flink.StreamJob;
import dev.kedge.jobs.state.ModelFit;
import dev.kedge.jobs.state.StateException;
import dev.kedge.operators.math.device.Placement;
import java.util.Optional;

/**
 * Whether a job can go on with the models of a savepoint, as far as this machine can tell.
 *
 * @param refusal what does not fit; empty if nothing was found
 * @param unseen why nobody looked; empty if somebody did
 */
record StateFit(Optional<String> refusal, Optional<String> unseen) {
    /**
     * Brings a model of the savepoint to life here, as the job would.
     *
     * @param savepoint a savepoint or checkpoint; a path or a URI
     */
    static StateFit of(JobFile file, String savepoint) {
        StreamJob job;
        try {
            job = file.chosen().job();
        } catch (ConfigurationException | EncoderException e) {
            return unseen(e);
        }
        if (job.models().isEmpty()) {
            return new StateFit(Optional.empty(), Optional.empty());
        }
        try {
            Placement there = Placement.ofOnlooker(job.settings().device());
            return new StateFit(
                    ModelFit.refusal(savepoint, job.models().get(), there), Optional.empty());
        } catch (StateException e) {
            return unseen(e);
        }
    }

    private static StateFit unseen(Exception e) {
        return new StateFit(Optional.empty(), Optional.of(e.getMessage()));
    }
}
