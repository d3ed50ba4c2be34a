// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.chaos;

import dev.kedge.jobs.ads.DiscontinuationFile;
import dev.kedge.jobs.ads.DiscontinuationJob;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.jobs.flink.FlinkSetup;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The real job over small models, twice: both read the same topic and write to topics of their own.
 * The cache holds some of the models only, so that evictions are part of what is tested.
 */
final class ChaosJobs {
    static final String CREATIVES = "creatives";
    static final int PARALLELISM = 2;

    // About as long as it takes to notice that a task manager is gone.
    private static final Duration RESTART_DELAY = Duration.ofMillis(800);

    private ChaosJobs() {}

    /**
     * A job over small models.
     *
     * @param together steps of learning that are made together: no number depends on them
     */
    static DiscontinuationFile settings(
            String name, String bootstrapServers, ChaosOptions options, int together) {
        String yaml =
                String.format(
                        Locale.ROOT,
                        """
                        name: %1$s
                        kafka: {bootstrap-servers: '%2$s', timeout: 1 min}
                        topics:
                          creatives: %3$s
                          scores: %1$s-scores
                          metrics: %1$s-metrics
                          dead-letters: %1$s-refused
                          control: %1$s-control
                        delivery: exactly-once
                        checkpoints:
                          every: 700 ms
                          directory: '%4$s'
                          transaction-timeout: 15 min
                        parallelism: %5$d
                        cache: 3 mb
                        grouping: {steps: %7$d, within: 500 ms}
                        dashboard: {enabled: false}
                        discontinuation:
                          seed: %6$d
                          features: {text-buckets: 256, category-buckets: 128}
                          network: {text-width: 8, category-width: 8, layers: [24, 16]}
                        """,
                        name,
                        bootstrapServers,
                        CREATIVES,
                        options.folder().resolve("checkpoints").toUri(),
                        PARALLELISM,
                        options.seed(),
                        together);
        return StrictYaml.parse(yaml, DiscontinuationFile.DEFAULT, DiscontinuationFile.class, name);
    }

    /** The job, to be restarted as often and as quickly as it takes. */
    static JobGraph graph(DiscontinuationFile settings) {
        Configuration flink = FlinkSetup.of(settings, Optional.empty());
        flink.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        flink.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE);
        flink.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, RESTART_DELAY);
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(flink);
        new DiscontinuationJob(settings).build(environment);
        return environment.getStreamGraph().getJobGraph();
    }
}
