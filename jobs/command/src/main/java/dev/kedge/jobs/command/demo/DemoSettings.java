// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.demo;

import dev.kedge.jobs.ads.DiscontinuationFile;
import dev.kedge.jobs.config.StrictYaml;
import java.util.Locale;

/**
 * The job file of the demo: the defaults, checkpoints every second, decisions and one rule of
 * alerts, a memory where asked for.
 */
final class DemoSettings {
    /** Where no broker is yet. */
    static final String NOWHERE = "localhost:1";

    private DemoSettings() {}

    static DiscontinuationFile of(String bootstrapServers, Demo.Options options) {
        String yaml =
                String.format(
                        Locale.ROOT,
                        """
                        name: kedge-demo
                        kafka: {bootstrap-servers: '%s', lost-records: skip}
                        checkpoints: {every: 1 s, directory: '%s'}
                        topics: {duplicates: '%s', decisions: kedge.ads.decisions.v1}
                        alerts:
                          every: 2 s
                          rules:
                            - {name: losing-money, when: {advice: stop, expected-loss-above: 20, holds-for: 5 s}}
                        discontinuation: {seed: %d, creative-memory: {enabled: %b}}
                        """,
                        bootstrapServers,
                        LiveDemo.checkpoints(options.folder()),
                        options.creativeMemory() ? "kedge.ads.duplicates.v1" : "",
                        options.seed(),
                        options.creativeMemory());
        return StrictYaml.parse(
                yaml, DiscontinuationFile.DEFAULT, DiscontinuationFile.class, "demo");
    }
}
