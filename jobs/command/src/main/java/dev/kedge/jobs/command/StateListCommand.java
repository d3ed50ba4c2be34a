// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command;

import dev.kedge.jobs.Jobs;
import dev.kedge.jobs.checkpoint.StateList;
import dev.kedge.jobs.checkpoint.StoredCheckpoints;
import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.config.JobSettings;
import dev.kedge.jobs.files.DiskUse;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells where state lies and what it takes. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description =
                "Tells where the state of a job lies, how large it is, and of each checkpoint when it was taken, its size and whether it is whole: all its files are read. A job keeps checkpoints.retained of them.",
        footer = {
            "",
            "Examples:",
            "  kedge state list",
            "  kedge state list ads.yaml",
            "  kedge state list /var/lib/kedge"
        })
final class StateListCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "JOB.yaml|FOLDER",
            arity = "0..1",
            defaultValue = "kedge-state",
            description =
                    "A job file, a job's folder, or one with folders of jobs (default: ${DEFAULT-VALUE}).")
    private Path of;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (Files.isRegularFile(of)) {
            ofFile(Jobs.read(of).settings(), out);
        } else {
            List<StateList> jobs = StateList.of(of);
            jobs.forEach(job -> out.print(job.text()));
            if (jobs.isEmpty()) {
                out.println(of + ": no job has state in it");
            }
        }
        out.flush();
        return 0;
    }

    private void ofFile(JobSettings job, PrintWriter out) {
        Path folder =
                StoredCheckpoints.local(job.checkpointUri())
                        .orElseThrow(
                                () ->
                                        ConfigurationException.of(
                                                "%s: checkpoints.directory: %s is not on"
                                                        + " this machine; look there with its own"
                                                        + " tools",
                                                of, job.checkpoints().directory()));
        out.print(StateList.ofJob(folder).text());
        Path view = Path.of(job.dashboard().view(), job.name());
        if (!job.dashboard().view().isEmpty() && Files.isDirectory(view)) {
            out.println(
                    view + ": " + DiskUse.of(view).size() + " of the page's view (dashboard.view)");
        }
    }
}
