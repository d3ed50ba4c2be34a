// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command;

import dev.kedge.connectors.broker.EmbeddedBroker;
import dev.kedge.jobs.files.OwnerOnly;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a Kafka broker for whoever has none. */
@Command(
        name = "broker",
        mixinStandardHelpOptions = true,
        description =
                "A Kafka broker in this process, reachable from this machine only, for trying things out: one node, one copy of everything. Ctrl-C ends it; what was written stays in its folder.",
        footer = {
            "",
            "Examples:",
            "  kedge broker",
            "  kedge broker --port 9093 --folder /tmp/broker"
        })
final class BrokerCommand implements Callable<Integer>, EndsItself {
    private static final Duration LOOK = Duration.ofMinutes(1);

    @Option(
            names = "--port",
            defaultValue = "9092",
            description = "Port of the broker, 0 for any free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            defaultValue = "kedge-broker",
            description = "Folder of its logs (default: ${DEFAULT-VALUE}).")
    private Path folder;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        DemoChecks.port(port);
        OwnerOnly.createDirectories(folder.toAbsolutePath());
        Consumer<String> out = Lines.of(spec);
        try (Interrupt interrupt = new Interrupt();
                EmbeddedBroker broker = EmbeddedBroker.start(folder.toAbsolutePath(), port)) {
            out.accept("a Kafka broker is at " + broker.bootstrapServers() + " (Ctrl-C ends it)");
            boolean over = false;
            while (!over) {
                over = interrupt.await(LOOK);
            }
        }
        return 0;
    }
}
