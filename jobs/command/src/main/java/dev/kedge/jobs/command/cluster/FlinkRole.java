// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.container.entrypoint.StandaloneApplicationClusterEntryPoint;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.jobmanager.JobManagerProcessSpec;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/** What a process of a cluster is, and the memory that its configuration gives it. */
public enum FlinkRole {
    /** Takes jobs that are submitted to it. */
    JOB_MANAGER("jobmanager", StandaloneSessionClusterEntrypoint.class),
    /** A job manager that has one job from its start. */
    APPLICATION("standalone-job", StandaloneApplicationClusterEntryPoint.class),
    /** Runs tasks. */
    TASK_MANAGER("taskmanager", TaskManagerRunner.class);

    /**
     * Flink and ND4J reach into these packages: the flags of {@code kedge.jvm.flags} in the build.
     */
    public static final List<String> OPENED =
            Stream.of("util", "lang", "util.concurrent", "net", "nio")
                    .map(name -> "--add-opens=java.base/java." + name + "=ALL-UNNAMED")
                    .toList();

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private final String word;
    private final Class<?> entry;

    FlinkRole(String word, Class<?> entry) {
        this.word = word;
        this.entry = entry;
    }

    /** What Flink's image calls it; begins the names of its processes. */
    public String word() {
        return word;
    }

    /** Its main class, which Flink brings. */
    public String entry() {
        return entry.getName();
    }

    /** Flags of its JVM. */
    public List<String> flags(Configuration flink) {
        return this == TASK_MANAGER
                ? words(
                        ProcessMemoryUtils.generateJvmParametersStr(taskManager(flink)),
                        flink.get(CoreOptions.FLINK_JVM_OPTIONS),
                        flink.get(CoreOptions.FLINK_TM_JVM_OPTIONS))
                : words(
                        JobManagerProcessUtils.generateJvmParametersStr(jobManager(flink), flink),
                        flink.get(CoreOptions.FLINK_JVM_OPTIONS),
                        flink.get(CoreOptions.FLINK_JM_JVM_OPTIONS));
    }

    /** Options that its main class is told, beside the folder of its configuration. */
    public List<String> options(Configuration flink) {
        return words(
                this == TASK_MANAGER
                        ? TaskExecutorProcessUtils.generateDynamicConfigsStr(taskManager(flink))
                        : JobManagerProcessUtils.generateDynamicConfigsStr(jobManager(flink)));
    }

    private static TaskExecutorProcessSpec taskManager(Configuration flink) {
        return TaskExecutorProcessUtils.processSpecFromConfig(flink);
    }

    private static JobManagerProcessSpec jobManager(Configuration flink) {
        return JobManagerProcessUtils.processSpecFromConfig(flink);
    }

    private static List<String> words(String... texts) {
        List<String> words = new ArrayList<>();
        for (String text : texts) {
            BLANKS.splitAsStream(text.strip()).filter(word -> !word.isEmpty()).forEach(words::add);
        }
        return words;
    }
}
