// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command;

import dev.kedge.jobs.JobPages;
import dev.kedge.jobs.Jobs;
import dev.kedge.jobs.command.cluster.FlinkRest;
import dev.kedge.jobs.command.submit.RemoteWatch;
import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.config.JobSettings;
import dev.kedge.jobs.config.References;
import dev.kedge.jobs.feed.LocalTopics;
import dev.kedge.jobs.kind.ChosenJob;
import dev.kedge.jobs.live.LivePage;
import dev.kedge.jobs.page.JobHealth;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the page of a job that runs on a cluster. */
@Command(
        name = "dashboard",
        mixinStandardHelpOptions = true,
        description =
                "Shows the page of a job that runs on a cluster, the same as kedge run shows: what it says is read from its topics, how it is from the cluster. The job does not notice.",
        footer = {
            "",
            "Examples:",
            "  kedge dashboard ads.yaml",
            "  kedge dashboard ads.yaml --to http://jobmanager:8081"
        })
final class DashboardCommand implements Callable<Integer>, EndsItself, KeepsSecrets {
    private static final Duration LOOK = Duration.ofSeconds(2);

    @Parameters(paramLabel = "JOB.yaml", description = "The job file.")
    private Path file;

    @Mixin private ClusterTarget target;

    @Spec private CommandSpec spec;

    private References references = References.NONE;

    @Override
    public Integer call() {
        ChosenJob<?> chosen = Jobs.read(file);
        references = chosen.references();
        JobSettings settings = chosen.settings();
        if (!settings.dashboard().enabled()) {
            throw ConfigurationException.of(
                    "%s: dashboard.enabled: false is not allowed; it must be true for this command",
                    file);
        }
        Consumer<String> tell = Lines.of(spec);
        LocalTopics.require(settings).forEach(tell);
        JobHealth health = new JobHealth(Clock.systemUTC());
        try (Interrupt interrupt = new Interrupt();
                FlinkRest rest = target.connect();
                LivePage page = JobPages.of(settings, health);
                RemoteWatch watch = new RemoteWatch(rest, settings, health)) {
            URI where = page.serve().orElseThrow();
            page.follow();
            tell.accept(
                    settings.name()
                            + " at "
                            + rest.address()
                            + "; open "
                            + where
                            + " (Ctrl-C ends the page, not the job)");
            do {
                watch.look();
                watch.news().forEach(tell);
            } while (!interrupt.await(LOOK));
        }
        return 0;
    }

    @Override
    public String hide(String message) {
        return references.hide(message);
    }
}
