// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.broker;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;

/** How one node is broker and controller at once, quickly. */
final class BrokerSettings {
    static final String HOST = "127.0.0.1";

    private static final int NODE = 1;
    private static final String CONTROLLER = "CONTROLLER";

    private static final Map<String, String> FIXED =
            Map.ofEntries(
                    Map.entry("process.roles", "broker,controller"),
                    Map.entry("node.id", Integer.toString(NODE)),
                    Map.entry("controller.listener.names", CONTROLLER),
                    Map.entry(
                            "listener.security.protocol.map",
                            "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                    Map.entry("inter.broker.listener.name", "PLAINTEXT"),
                    Map.entry("offsets.topic.num.partitions", "1"),
                    Map.entry("offsets.topic.replication.factor", "1"),
                    Map.entry("transaction.state.log.num.partitions", "2"),
                    Map.entry("transaction.state.log.replication.factor", "1"),
                    Map.entry("transaction.state.log.min.isr", "1"),
                    Map.entry("share.coordinator.state.topic.num.partitions", "1"),
                    Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                    Map.entry("share.coordinator.state.topic.min.isr", "1"),
                    Map.entry("transaction.max.timeout.ms", "3600000"),
                    Map.entry("group.initial.rebalance.delay.ms", "0"),
                    Map.entry("auto.create.topics.enable", "false"),
                    // What is beyond a topic's bounds goes soon, and from the disk as well.
                    Map.entry("log.initial.task.delay.ms", "1000"),
                    Map.entry("log.retention.check.interval.ms", "5000"),
                    Map.entry("log.segment.delete.delay.ms", "1000"),
                    // Kafka reserves them as a whole; a segment of 64 MB needs a fifth of it.
                    Map.entry("log.index.size.max.bytes", Integer.toString(1 << 20)),
                    Map.entry("offsets.topic.segment.bytes", Integer.toString(8 << 20)),
                    Map.entry("transaction.state.log.segment.bytes", Integer.toString(8 << 20)),
                    Map.entry("log.segment.bytes", Integer.toString(64 << 20)),
                    Map.entry("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20)),
                    Map.entry("num.io.threads", "4"),
                    Map.entry("num.network.threads", "2"));

    private BrokerSettings() {}

    static Properties of(Path folder, int port, int controllerPort) {
        Properties settings = new Properties();
        settings.putAll(FIXED);
        String clients = "PLAINTEXT://" + HOST + ":" + port;
        String controller = HOST + ":" + controllerPort;
        settings.setProperty("listeners", clients + "," + CONTROLLER + "://" + controller);
        settings.setProperty("advertised.listeners", clients);
        settings.setProperty("controller.quorum.voters", NODE + "@" + controller);
        settings.setProperty("log.dirs", folder.toString());
        return settings;
    }

    /** Formats a new folder; one from an earlier start keeps its cluster. */
    static void format(Path folder) {
        if (Files.exists(folder.resolve("meta.properties"))) {
            return;
        }
        try {
            new Formatter()
                    .setPrintStream(
                            new PrintStream(
                                    OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .setNodeId(NODE)
                    .setClusterId(Uuid.randomUuid().toString())
                    .addDirectory(folder.toString())
                    .setMetadataLogDirectory(folder.toString())
                    .setControllerListenerName(CONTROLLER)
                    .run();
        } catch (Exception e) {
            throw new BrokerException("cannot format " + folder + ": " + e.getMessage(), e);
        }
    }
}
