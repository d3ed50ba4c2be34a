// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.failover;

import dev.kedge.connectors.broker.EmbeddedBroker;
import dev.kedge.connectors.simulator.MarketConfig;
import dev.kedge.connectors.simulator.MarketSimulator;
import dev.kedge.connectors.simulator.Pace;
import dev.kedge.connectors.simulator.RecordPlayer;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.jobs.discontinuation.DiscontinuationFile;
import dev.kedge.jobs.discontinuation.DiscontinuationJob;
import dev.kedge.jobs.feed.LocalTopics;
import dev.kedge.jobs.flink.EmbeddedJob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusedSendITCase {
    @TempDir private Path folder;

    @Test
    void probe() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"))) {
            DiscontinuationFile settings =
                    DiscontinuationFile.DEFAULT.local(
                            broker.bootstrapServers(), folder.resolve("checkpoints"));
            LocalTopics.create(settings);
            String yaml = StrictYaml.write(settings);
            Path file = folder.resolve("job.yaml");
            Files.writeString(
                    file,
                    yaml.replaceFirst(
                            "properties: *\\{ *\\}", "properties: {linger.ms: '1'}")
                            .replace("EXACTLY_ONCE", System.getProperty("probe.delivery", "EXACTLY_ONCE")));
            System.out.println(Files.readString(file).lines().limit(25).toList());
            DiscontinuationFile small =
                    StrictYaml.read(file, DiscontinuationFile.DEFAULT, DiscontinuationFile.class);
            try (org.apache.kafka.clients.admin.Admin admin =
                    org.apache.kafka.clients.admin.Admin.create(
                            java.util.Map.of("bootstrap.servers", broker.bootstrapServers()))) {
                for (String topic : new String[]{settings.topics().scores(), settings.topics().deadLetters()}) admin.incrementalAlterConfigs(
                                java.util.Map.of(
                                        new org.apache.kafka.common.config.ConfigResource(
                                                org.apache.kafka.common.config.ConfigResource.Type
                                                        .TOPIC,
                                                topic),
                                        java.util.List.of(
                                                new org.apache.kafka.clients.admin.AlterConfigOp(
                                                        new org.apache.kafka.clients.admin.ConfigEntry(
                                                                "max.message.bytes", "300"),
                                                        org.apache.kafka.clients.admin.AlterConfigOp
                                                                .OpType.SET))))
                        .all()
                        .get();
            }
            try (EmbeddedJob job = EmbeddedJob.start(new DiscontinuationJob(small), Optional.empty());
                    RecordPlayer player =
                            new RecordPlayer(
                                    broker.bootstrapServers(),
                                    settings.topics().creatives(),
                                    Pace.unthrottled(),
                                    RecordPlayer.Progress.IGNORED)) {
                player.play(
                        new MarketSimulator(
                                MarketConfig.DEFAULT.withSeed(4).withSize(1, 10, 60)));
                for (int i = 0; i < 25; i++) {
                    Thread.sleep(1000);
                    System.out.println(job.status() + " " + job.news() + " failures " + job.failures().size() + " " + job.checkpoints().map(c -> c.getCounts().getNumberOfCompletedCheckpoints()));
                }
                                System.out.println(java.time.Instant.now());
                job.failures().stream().limit(4).forEach(System.out::println);
            }
        }
    }
}
