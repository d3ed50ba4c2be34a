// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.jobmanager.JobManagerProcessSpec;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/** What a process of a cluster is, and the memory that its configuration gives it. */
enum FlinkRole {
    JOB_MANAGER("jobmanager", StandaloneSessionClusterEntrypoint.class) {
        @Override
        List<String> flags(Configuration flink) {
            return words(
                    JobManagerProcessUtils.generateJvmParametersStr(memory(flink), flink),
                    flink.get(CoreOptions.FLINK_JVM_OPTIONS),
                    flink.get(CoreOptions.FLINK_JM_JVM_OPTIONS));
        }

        @Override
        List<String> options(Configuration flink) {
            return words(JobManagerProcessUtils.generateDynamicConfigsStr(memory(flink)));
        }

        private static JobManagerProcessSpec memory(Configuration flink) {
            return JobManagerProcessUtils.processSpecFromConfig(flink);
        }
    },
    TASK_MANAGER("taskmanager", TaskManagerRunner.class) {
        @Override
        List<String> flags(Configuration flink) {
            return words(
                    ProcessMemoryUtils.generateJvmParametersStr(memory(flink)),
                    flink.get(CoreOptions.FLINK_JVM_OPTIONS),
                    flink.get(CoreOptions.FLINK_TM_JVM_OPTIONS));
        }

        @Override
        List<String> options(Configuration flink) {
            return words(TaskExecutorProcessUtils.generateDynamicConfigsStr(memory(flink)));
        }

        private static TaskExecutorProcessSpec memory(Configuration flink) {
            return TaskExecutorProcessUtils.processSpecFromConfig(flink);
        }
    };

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private final String word;
    private final Class<?> entry;

    FlinkRole(String word, Class<?> entry) {
        this.word = word;
        this.entry = entry;
    }

    /** Begins the names of its processes. */
    String word() {
        return word;
    }

    /** Its main class, which Flink brings. */
    String entry() {
        return entry.getName();
    }

    /** Flags of its JVM. */
    abstract List<String> flags(Configuration flink);

    /** Options that its main class is told, beside the folder of its configuration. */
    abstract List<String> options(Configuration flink);

    private static List<String> words(String... texts) {
        List<String> words = new ArrayList<>();
        for (String text : texts) {
            BLANKS.splitAsStream(text.strip()).filter(word -> !word.isEmpty()).forEach(words::add);
        }
        return words;
    }
}
