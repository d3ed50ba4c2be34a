// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kedge.connectors.ads.market.MarketConfig;
import dev.kedge.connectors.ads.market.MarketSimulator;
import dev.kedge.connectors.broker.EmbeddedBroker;
import dev.kedge.connectors.simulator.Pace;
import dev.kedge.connectors.simulator.RecordPlayer;
import dev.kedge.jobs.ads.DiscontinuationFile;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.jobs.feed.LocalTopics;
import dev.kedge.jobs.flink.Checkpoints;
import dev.kedge.tests.cli.Answer;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A job that {@code kedge run} has run twice, so that its newest checkpoint shares nothing with
 * those of the first run; then what is on disk is damaged.
 */
class DamagedCheckpointITCase {
    private static final MarketConfig MARKET =
            MarketConfig.DEFAULT
                    .withSeed(5)
                    .withStart(Instant.parse("2020-01-01T00:00:00Z"))
                    .withSize(3, 3, 20);

    @TempDir private static Path folder;

    private static EmbeddedBroker broker;
    private static Path file;
    private static Path state;
    private static Path kept;
    private static Path firstRun;
    private static Path secondRun;
    private static String firstLine;

    @BeforeAll
    static void runTwice() throws Exception {
        broker = EmbeddedBroker.start(folder.resolve("broker"));
        DiscontinuationFile settings =
                DiscontinuationFile.DEFAULT.local(
                        broker.bootstrapServers(), folder.resolve("checkpoints"));
        LocalTopics.create(settings);
        file = folder.resolve("job.yaml");
        Files.writeString(
                file,
                StrictYaml.write(settings)
                        .replaceFirst("(?s)dashboard:\\s.*?\n(?=\\S)", "")
                        .concat("\ndashboard: {enabled: false}\n"));
        state = Path.of(URI.create(settings.checkpointUri()));
        kept = folder.resolve("kept");
        try (RecordPlayer player =
                new RecordPlayer(
                        broker.bootstrapServers(),
                        settings.topics().creatives(),
                        Pace.unthrottled(),
                        RecordPlayer.Progress.IGNORED)) {
            player.play(new MarketSimulator(MARKET));
        }
        firstRun = runUntilChecked(3);
        secondRun = runUntilChecked(1);
        copy(state, kept);
    }

    /** Runs until so many checkpoints of the run have their checksums. */
    private static Path runUntilChecked(int count) throws Exception {
        Set<Path> before = runs();
        try (RunInThread run = new RunInThread("run", file.toString())) {
            await().until(() -> run.isOver() || sums(before) >= count);
            firstLine = run.out() + run.err();
        }
        Set<Path> after = runs();
        after.removeAll(before);
        assertThat(after).as(firstLine).hasSize(1);
        return after.iterator().next();
    }

    private static Set<Path> runs() throws IOException {
        Set<Path> runs = new TreeSet<>();
        if (Files.exists(state)) {
            try (Stream<Path> all = Files.list(state)) {
                all.filter(Files::isDirectory).forEach(runs::add);
            }
        }
        return runs;
    }

    private static long sums(Set<Path> before) throws IOException {
        long sums = 0;
        for (Path run : runs()) {
            Path folder = run.resolve("checksums");
            if (!before.contains(run) && Files.isDirectory(folder)) {
                try (Stream<Path> all = Files.list(folder)) {
                    sums += all.filter(f -> !f.toString().endsWith(".part")).count();
                }
            }
        }
        return sums;
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @BeforeEach
    void restore() throws IOException {
        delete(state);
        copy(kept, state);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Files.copy(
                        path,
                        to.resolve(from.relativize(path)),
                        StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static void delete(Path top) throws IOException {
        try (Stream<Path> all = Files.walk(top)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static Path newest() {
        return Path.of(URI.create(Checkpoints.newest(state.toUri().toString()).orElseThrow()));
    }

    /** How a checkpoint is damaged. */
    enum Damage {
        METADATA_CUT {
            @Override
            void to(Path checkpoint) throws IOException {
                Path metadata = checkpoint.resolve("_metadata");
                byte[] bytes = Files.readAllBytes(metadata);
                Files.write(metadata, Arrays.copyOf(bytes, bytes.length / 2));
            }
        },
        METADATA_LENGTH_OF_TWO_GIGABYTES {
            @Override
            void to(Path checkpoint) throws IOException {
                Path metadata = checkpoint.resolve("_metadata");
                byte[] bytes = Files.readAllBytes(metadata);
                ByteBuffer.wrap(bytes).putInt(16, Integer.MAX_VALUE);
                Files.write(metadata, bytes);
            }
        },
        STATE_BYTE_FLIPPED {
            @Override
            void to(Path checkpoint) throws IOException {
                Path table = largest(checkpoint);
                byte[] bytes = Files.readAllBytes(table);
                bytes[bytes.length / 2] ^= 1;
                Files.write(table, bytes);
            }
        },
        STATE_DELETED {
            @Override
            void to(Path checkpoint) throws IOException {
                Files.delete(largest(checkpoint));
            }
        };

        abstract void to(Path checkpoint) throws IOException;

        private static Path largest(Path checkpoint) throws IOException {
            try (Stream<Path> all = Files.list(checkpoint.resolveSibling("shared"))) {
                return all.max(Comparator.comparingLong(f -> f.toFile().length())).orElseThrow();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void runGoesOnFromTheOneBeforeADamagedOneAndSaysSo(Damage damage) throws Exception {
        Path damaged = newest();
        assertThat(damaged.getParent()).isEqualTo(secondRun);
        damage.to(damaged);

        String said;
        try (RunInThread run = new RunInThread("run", file.toString())) {
            said = run.awaitLine("(Ctrl-C ends it)").out() + run.err();
        }

        String first = said.lines().findFirst().orElseThrow();
        assertThat(first)
                .startsWith("checkpoint " + damaged.getFileName() + " cannot be used: ")
                .contains(
                        switch (damage) {
                            case METADATA_CUT -> "_metadata has ";
                            case METADATA_LENGTH_OF_TWO_GIGABYTES -> "_metadata has the checksum";
                            case STATE_BYTE_FLIPPED -> "has the checksum";
                            case STATE_DELETED -> " is not there";
                        });
        assertThat(said).contains("; going on from chk-", " goes on from file:");
        assertThat(said).doesNotContain("goes on from " + damaged.toUri());
    }

    @Test
    void whatARunLeftGoesWhenTheNextHasCheckpointsOfItsOwn() throws Exception {
        assertThat(chk(firstRun).size() + chk(secondRun).size()).isLessThanOrEqualTo(4);

        Path third = runUntilChecked(3);

        assertThat(firstLine).contains("goes on from " + newest(secondRun).toUri());
        await().untilAsserted(() -> assertThat(firstRun).doesNotExist());
        assertThat(secondRun).doesNotExist();
        assertThat(chk(third)).hasSizeBetween(3, 4);
    }

    private static Path newest(Path run) {
        return kept.resolve(state.relativize(run)).toFile().exists()
                ? run.resolve(
                        Path.of(
                                        URI.create(
                                                Checkpoints.newest(
                                                                kept.resolve(run.getFileName())
                                                                        .toString())
                                                        .orElseThrow()))
                                .getFileName())
                : run;
    }

    private static List<Path> chk(Path run) throws IOException {
        if (!Files.exists(run)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(run)) {
            return all.filter(f -> f.getFileName().toString().startsWith("chk-")).toList();
        }
    }

    @Test
    void whereAllAreDamagedEachIsNamedWithTheWaysOutAndNothingRuns() throws Exception {
        for (Path run : runs()) {
            for (Path checkpoint : chk(run)) {
                Files.write(checkpoint.resolve("_metadata"), new byte[7]);
            }
        }

        Answer.to("run", file.toString())
                .isAMistakeWith(
                        "checkpoint " + newest().getFileName() + " cannot be used: ",
                        "--from PATH",
                        "--fresh");
        Answer.to("run", file.toString(), "--check").isAMistakeWith("cannot be used", "--fresh");
    }

    @Test
    void whatAUserNamedIsRefusedIfItIsDamaged() throws Exception {
        Path damaged = newest();
        Damage.STATE_BYTE_FLIPPED.to(damaged);

        Answer.to("run", file.toString(), "--from", damaged.toString())
                .isAMistakeWith("--from: " + damaged + " cannot be used: file ", "the checksum");
    }

    @Test
    void checkTellsWhatARunWouldGoOnFrom() throws Exception {
        Damage.METADATA_CUT.to(newest());

        Answer.to("run", file.toString(), "--check")
                .isGoodWith(": good", " cannot be used: ", "; going on from chk-");
    }

    @Test
    void aSecondJobOfOneNameIsRefusedNamingTheProcess() throws Exception {
        String process = "in process " + ProcessHandle.current().pid();
        // Whoever checks reads the newest checkpoint while the job lets it be the newest.
        Path slow = folder.resolve("slow.yaml");
        Files.writeString(
                slow, Files.readString(file).replaceFirst("every: \"1 s\"", "every: \"2 min\""));
        assertThat(slow).content().contains("every: \"2 min\"");
        try (RunInThread run = new RunInThread("run", slow.toString())) {
            run.awaitLine("(Ctrl-C ends it)");

            Answer.to("run", file.toString()).isAMistakeWith("name: a job named '", process);
            Answer.to("run", file.toString(), "--check").isGoodWith("runs already", process);
        }
    }

    @Test
    void inspectSaysInOneLineThatTheMetadataIsDamaged() throws Exception {
        Path damaged = newest();
        Damage.METADATA_LENGTH_OF_TWO_GIGABYTES.to(damaged);

        Answer.to("state", "inspect", damaged.toString())
                .isAMistakeWith(
                        damaged + ": no readable savepoint: _metadata promises 2,147,483,647");
    }
}
