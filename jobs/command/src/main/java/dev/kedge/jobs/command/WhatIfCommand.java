// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command;

import static dev.kedge.state.text.Text.format;

import dev.kedge.jobs.ads.DiscontinuationFile;
import dev.kedge.jobs.ads.whatif.Alternatives;
import dev.kedge.jobs.ads.whatif.PastScores;
import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.config.References;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.jobs.feed.LocalTopics;
import dev.kedge.jobs.files.UserFiles;
import dev.kedge.operators.ads.policy.Policy;
import dev.kedge.state.settings.Schema;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs policies over the scores of the past. */
@Command(
        name = "what-if",
        mixinStandardHelpOptions = true,
        description =
                "Runs policies over the scores that a job gave: what they would have stopped, how much spend that saves, how many live creatives they stop in error, beside what the operators did.",
        footer = {
            "",
            "A policy file has what stands under 'policy' in a job file. Without one the job's own policy is run.",
            "",
            "Examples:",
            "  kedge what-if ads.yaml",
            "  kedge what-if ads.yaml --policy careful.yaml --policy bold.yaml",
            "  kedge what-if ads.yaml --thresholds 0.3,0.5,0.7 --json what-if.json",
            "  kedge what-if ads.yaml --scores scores.jsonl"
        })
final class WhatIfCommand implements Callable<Integer>, KeepsSecrets {
    @Parameters(paramLabel = "JOB.yaml", description = "The job whose scores are read.")
    private Path file;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "A policy file; may be given several times.")
    private List<Path> policies = List.of();

    @Option(
            names = "--thresholds",
            paramLabel = "P",
            split = ",",
            description = "Run each policy with these values of 'stop-above', by thresholds.")
    private List<Double> thresholds = List.of();

    @Option(
            names = "--scores",
            paramLabel = "FILE",
            description = "Read the scores from a file, one record a line, not from the topic.")
    private Path scores;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures there, too.")
    private Path json;

    @Spec private CommandSpec spec;

    private References references = References.NONE;

    @Override
    public String hide(String message) {
        return references.hide(message);
    }

    @Override
    public Integer call() {
        references = StrictYaml.references(StrictYaml.text(file), file.toString());
        DiscontinuationFile job =
                StrictYaml.read(file, DiscontinuationFile.DEFAULT, DiscontinuationFile.class);
        Map<String, Policy> candidates = candidates(job.discontinuation().policy());
        PastScores past = past(job);
        if (past.scores().isEmpty()) {
            throw ConfigurationException.of(
                    "%s: there are no scores yet (%,d unreadable records)",
                    scores == null ? job.topics().scores() : scores.toString(), past.unreadable());
        }
        Alternatives alternatives = Alternatives.of(past, candidates);
        PrintWriter out = spec.commandLine().getOut();
        out.print(alternatives.table());
        if (json != null) {
            write(alternatives.json());
            out.println("The figures are in " + json);
        }
        out.flush();
        return 0;
    }

    private PastScores past(DiscontinuationFile job) {
        if (scores != null) {
            return PastScores.ofFile(scores);
        }
        LocalTopics.require(job);
        return PastScores.ofTopic(job);
    }

    private Map<String, Policy> candidates(Policy own) {
        Map<String, Policy> named = new LinkedHashMap<>();
        if (policies.isEmpty()) {
            add(named, "the job's", own);
        }
        for (Path path : policies) {
            Policy policy = StrictYaml.read(path, Policy.DEFAULT, Policy.class);
            add(named, path.getFileName().toString(), policy);
        }
        return named;
    }

    private void add(Map<String, Policy> named, String name, Policy policy) {
        if (thresholds.isEmpty()) {
            named.put(name, policy);
        }
        for (double threshold : thresholds) {
            named.put(format("%s, %s", name, threshold), stoppingAbove(policy, threshold));
        }
    }

    private static Policy stoppingAbove(Policy policy, double threshold) {
        if (!(threshold > 0 && threshold <= 1)) {
            throw new ConfigurationException(
                    "--thresholds: " + threshold + " is not allowed; it must be in (0, 1]");
        }
        Policy byThresholds = Schema.with(policy, "rule", Policy.Rule.THRESHOLDS);
        double watch = Math.min(policy.watchAbove(), threshold);
        return Schema.with(
                Schema.with(byThresholds, "watch-above", watch), "stop-above", threshold);
    }

    private void write(String text) {
        try {
            UserFiles.write(json, text);
        } catch (IOException e) {
            throw new ConfigurationException(
                    "--json: " + json + " cannot be written (" + e.getMessage() + ")");
        }
    }
}
