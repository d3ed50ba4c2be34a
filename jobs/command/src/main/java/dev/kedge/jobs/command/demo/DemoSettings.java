// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.demo;

import static dev.kedge.state.text.Text.format;

import dev.kedge.jobs.ads.DiscontinuationFile;
import dev.kedge.jobs.config.StrictYaml;

/** The job file of the demo: the defaults, checkpoints every second, a memory where asked for. */
final class DemoSettings {
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
                        topics: {duplicates: '%s'}
                        discontinuation: {seed: %d, creative-memory: {enabled: %b}}
                        """,
                        bootstrapServers, folder, duplicates, options.seed(), memory);
        return StrictYaml.parse(
                yaml, DiscontinuationFile.DEFAULT, DiscontinuationFile.class, "demo");
    }
}
