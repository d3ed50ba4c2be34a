// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.demo;

import static dev.kedge.state.text.Text.format;

import dev.kedge.jobs.ads.DiscontinuationFile;
import dev.kedge.jobs.config.StrictYaml;

/**
 * The job file of the demo: the defaults, checkpoints every second, decisions and one rule of
 * alerts, a memory where asked for.
 */
final class DemoSettings {
    /** Where no broker is yet. */
    static final String NOWHERE = "localhost:1";

    private DemoSettings() {}

    static DiscontinuationFile of(String bootstrapServers, Demo.Options options) {
        String folder = LiveDemo.checkpoints(options.folder());
        boolean memory = options.creativeMemory();
        String duplicates = memory ? "kedge.ads.duplicates.v1" : "";
        String yaml =
                format(
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
                        bootstrapServers, folder, duplicates, options.seed(), memory);
        return StrictYaml.parse(
                yaml, DiscontinuationFile.DEFAULT, DiscontinuationFile.class, "demo");
    }
}
