// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.prove;

import dev.kedge.tests.observability.PrometheusProof;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The proof as a command. */
@Command(
        name = "kedge cluster prove",
        mixinStandardHelpOptions = true,
        description =
                "Runs the three jobs on a cluster of its own; rescales, kills, stops and submits them; and compares what they"
                        + " leave with a run that was left in peace. Ends with 0 if every byte is the same, and if"
                        + " the task managers keep nothing of jobs that are gone.",
        footer = {
            "",
            "Examples:",
            "  kedge cluster prove",
            "  kedge cluster prove --jobs tracker --resubmissions 3"
        })
public final class ProveCommand implements Callable<Integer> {
    private static final int SHOWN = 20;

    @Option(
            names = "--jobs",
            split = ",",
            defaultValue = "ADS,CLASSIFIER,TRACKER",
            description = "Jobs that run side by side: ${COMPLETION-CANDIDATES} (default: all).")
    private List<ProvedJob> jobs;

    @Option(
            names = "--resubmissions",
            defaultValue = "10",
            description =
                    "How often each job is stopped with a savepoint and submitted again (default: ${DEFAULT-VALUE}).")
    private int resubmissions;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Seed of streams and learners (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--prometheus",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description =
                    "Let a Prometheus scrape the cluster, and ask all that docker/observability asks (default: where there is one).")
    private boolean prometheus;

    @Option(
            names = "--folder",
            defaultValue = "target/prove",
            description = "Where logs and figures go (default: ${DEFAULT-VALUE}).")
    private Path folder;

    @Spec private CommandSpec spec;

    /** Runs and exits with 0 if all holds, 1 if not. */
    public static void main(String[] arguments) {
        System.exit(
                new CommandLine(new ProveCommand())
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        ProofVerdict verdict =
                new Proof(
                                options(),
                                line -> {
                                    out.println(line);
                                    out.flush();
                                })
                        .run();
        for (ProofVerdict.Compared job : verdict.jobs()) {
            job.differences().stream().limit(SHOWN).forEach(out::println);
        }
        verdict.growing().forEach(out::println);
        verdict.silent().forEach(out::println);
        verdict.natives().stream().limit(SHOWN).forEach(out::println);
        verdict.jobs().forEach(job -> out.println(job.line()));
        out.println(
                (verdict.holds() ? "ALL HOLDS" : "NOT PROVED")
                        + ", "
                        + verdict.took().toSeconds()
                        + " s");
        out.flush();
        return verdict.holds() ? 0 : 1;
    }

    private ProveOptions options() {
        try {
            return new ProveOptions(
                    jobs,
                    resubmissions,
                    seed,
                    prometheus && PrometheusProof.isHere(),
                    Map.of(),
                    folder);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
