// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command;

import dev.kedge.connectors.broker.BrokerException;
import dev.kedge.connectors.kafka.BrokerUnreachableException;
import dev.kedge.connectors.kafka.ClientRefusedException;
import dev.kedge.connectors.kafka.MissingTopicException;
import dev.kedge.jobs.command.cluster.ClusterException;
import dev.kedge.jobs.command.pack.KedgeVersion;
import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.files.LogFolder;
import dev.kedge.jobs.files.Room;
import dev.kedge.jobs.flink.JobFailedException;
import dev.kedge.jobs.page.PortInUseException;
import dev.kedge.jobs.state.StateException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.kafka.common.errors.ApiException;
import org.slf4j.LoggerFactory;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The kedge command itself: shows its help. */
@Command(
        name = "kedge",
        mixinStandardHelpOptions = true,
        version = "kedge " + KedgeVersion.NUMBER,
        description =
                "Live models in a stream: score every event, learn from it once, forget nothing on a crash.",
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            ReplayCommand.class,
            WhatIfCommand.class,
            ExperimentCommand.class,
            TrackExperimentCommand.class,
            SurvivalExperimentCommand.class,
            StateCommand.class,
            BrokerCommand.class,
            ClusterCommand.class,
            SubmitCommand.class,
            ListCommand.class,
            StatusCommand.class,
            DashboardCommand.class,
            StopCommand.class,
            CancelCommand.class,
            RescaleCommand.class,
            UpgradeCommand.class,
            PackageCommand.class,
            ImageCommand.class,
            CommandLine.HelpCommand.class,
            AutoComplete.GenerateCompletion.class
        },
        footer = {
            "",
            "Examples:",
            "  kedge demo --for 60s",
            "  kedge demo classifier --for 60s",
            "  kedge demo tracker --for 60s",
            "  kedge run ads.yaml",
            "  kedge replay ads-history.yaml --csv ads.csv",
            "  kedge experiment docs/experiments/split-mnist.yaml --data /data/mnist",
            "  kedge state inspect checkpoints/8d1f/chk-42",
            "  kedge cluster up",
            "  kedge submit ads.yaml --create-topics",
            "",
            "In a checkout of the sources, beside:",
            "  kedge bench  Measures speed and memory.",
            "  kedge chaos  Kills task managers of a real cluster and compares what comes out.",
            "  kedge cluster prove  Rescales, kills and submits all three jobs again and again, and compares.",
            "",
            "The log is logs/kedge.log in the working folder;",
            "KEDGE_JVM_OPTS=-Dkedge.log.dir=DIR names another one.",
            "",
            "Shell completion (bash, zsh):",
            "  source <(kedge generate-completion)"
        })
public final class KedgeCommand implements Runnable {
    @Spec private CommandSpec spec;

    /** A command line that answers mistakes in one line. */
    public static CommandLine commandLine() {
        return new CommandLine(new KedgeCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(KedgeCommand::mistyped)
                .setExecutionExceptionHandler(new OneLine());
    }

    private static int mistyped(ParameterException mistake, String[] arguments) {
        CommandLine command = mistake.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        command.getErr().println(oneLine(mistake.getMessage() + "; try " + name + " --help"));
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static String oneLine(String message) {
        return "kedge: " + message.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private static final class OneLine implements IExecutionExceptionHandler {
        @Override
        public int handleExecutionException(
                Exception problem, CommandLine commandLine, ParseResult parsed) {
            boolean expected =
                    problem instanceof ConfigurationException
                            || problem instanceof BrokerUnreachableException
                            || problem instanceof ClientRefusedException
                            || problem instanceof MissingTopicException
                            || problem instanceof PortInUseException
                            || problem instanceof BrokerException
                            || problem instanceof JobFailedException
                            || problem instanceof ClusterException
                            || problem instanceof ApiException
                            || problem instanceof StateException;
            String message =
                    problem.getMessage() == null ? problem.toString() : problem.getMessage();
            Optional<String> shortage =
                    Room.isMissing(problem)
                            ? Room.shortage(Path.of(System.getProperty("java.io.tmpdir")))
                            : Optional.empty();
            if (shortage.isPresent()) {
                message = shortage.get();
            } else if (!expected) {
                LoggerFactory.getLogger(KedgeCommand.class).error("unexpected", problem);
                message = "unexpected: " + problem;
            }
            if (!expected || problem instanceof JobFailedException) {
                message += LogFolder.file().map(log -> " (the log is " + log + ")").orElse("");
            }
            Object command = commandLine.getCommand();
            String said = command instanceof KeepsSecrets keeper ? keeper.hide(message) : message;
            commandLine.getErr().println(oneLine(said));
            return expected ? commandLine.getCommandSpec().exitCodeOnExecutionException() : 70;
        }
    }
}
