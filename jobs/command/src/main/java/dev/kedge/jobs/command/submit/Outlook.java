// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.submit;

import dev.kedge.jobs.cluster.ClusterSetup;
import dev.kedge.jobs.cluster.NewestState;
import dev.kedge.jobs.config.ConfigurationException;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;

/**
 * What a job would go on from, as far as this machine sees the file system of the cluster.
 *
 * @param file the job
 * @param cluster configuration of the cluster
 */
record Outlook(JobFile file, Configuration cluster) {
    /**
     * In one line.
     *
     * @throws ConfigurationException if its models do not fit the job
     */
    String line(Submission.Options options) {
        if (options.fresh()) {
            return file.name() + " would start anew";
        }
        Optional<String> from = options.from().map(Submission::place);
        try {
            from = from.or(() -> folder().flatMap(NewestState::below));
        } catch (ConfigurationException e) {
            return file.name()
                    + " would go on from the newest checkpoint that the job manager finds; this machine cannot look: "
                    + e.getMessage();
        }
        if (from.isEmpty()) {
            return file.name()
                    + " would start anew: this machine sees no checkpoint of it"
                    + folder().map(place -> " in " + place).orElse("");
        }
        StateFit fit = StateFit.of(file, from.get());
        if (fit.refusal().isPresent()) {
            throw ConfigurationException.of(
                    "%s: %s (%s)", file.path(), fit.refusal().get(), from.get());
        }
        return file.name()
                + " would go on from "
                + from.get()
                + fit.unseen()
                        .map(why -> "; its models were not looked at: " + why)
                        .orElse(", and its models fit");
    }

    private Optional<String> folder() {
        return ClusterSetup.folder(file.chosen(), cluster);
    }
}
