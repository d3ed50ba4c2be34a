// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.peers;

import dev.kedge.tests.bench.Figures;
import dev.kedge.tests.bench.Machine;
import dev.kedge.tests.bench.StatePeers;
import dev.kedge.tests.bench.report.BenchReport;
import dev.kedge.tests.bench.report.BenchResult;
import dev.kedge.tests.bench.report.Findings;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Peers on the same data as a command. */
@Command(
        name = "peers",
        mixinStandardHelpOptions = true,
        description = {
            "Others on the same data in the same run: MOA's trees and forest, PyTorch, association by boxes, a ValueState for each record.",
            "Each is named with its version, and with what it does less. PyTorch is Debian's: apt-get install python3-torch libopenblas0-pthread; without it one line says that it is left out."
        },
        footer = {
            "",
            "Examples:",
            "  kedge bench peers",
            "  kedge bench peers --what steps --seconds 20"
        })
public final class PeersCommand implements Callable<Integer> {

    /** Each way is measured in several rounds. */
    private static final double STATE_PARTS = 5;

    /** What can be compared. */
    enum Subject {
        /** Learners of a stream, from memory and from a file. */
        STREAMS,
        /** The same from a topic, beside the whole job. */
        TOPIC,
        /** Steps of continual classifiers. */
        STEPS,
        /** Trackers. */
        TRACKS,
        /** Ways to keep a learner in Flink. */
        STATE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = "--what",
            split = ",",
            defaultValue = "streams,topic,steps,tracks,state",
            description = "Subjects: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private List<Subject> subjects;

    @Option(
            names = "--samples",
            defaultValue = "50000",
            description = "Of each stream (default: ${DEFAULT-VALUE}).")
    private int samples;

    @Option(
            names = "--frames",
            defaultValue = "2000",
            description = "Of the video (default: ${DEFAULT-VALUE}).")
    private int frames;

    @Option(
            names = "--seconds",
            defaultValue = "10",
            description = "Of each network's steps (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(
            names = "--models",
            defaultValue = "1000",
            description = "Keys where ways to keep state are compared (default: ${DEFAULT-VALUE}).")
    private int models;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        Machine machine = Machine.here();
        Findings findings = new Findings(spec.commandLine().getOut());
        Path folder = Figures.FOLDER.resolve("peers");
        for (Subject subject : Set.copyOf(subjects).stream().sorted().toList()) {
            switch (subject) {
                case STREAMS -> new StreamPeers(findings).run(samples, folder);
                case TOPIC -> new TopicPeers(findings).run(samples, folder.resolve("topic"));
                case STEPS -> new StepPeers(findings).run(seconds, folder);
                case TRACKS -> new TrackPeers(findings).run(frames);
                case STATE -> new StatePeers(findings).run(models, seconds / STATE_PARTS);
            }
        }
        String line = String.join(" ", spec.commandLine().getParseResult().originalArgs());
        new BenchReport(Figures.FOLDER, "peers", spec.commandLine().getOut())
                .write(
                        new BenchResult(
                                ("./kedge bench peers " + line).strip(),
                                machine,
                                findings.figures(),
                                findings.timelines()));
        return 0;
    }
}
