// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.chaos;

import dev.kedge.tests.process.Tether;
import java.util.Arrays;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;

/** What runs in the processes: Flink's own entry points, tied to the driver. */
public final class FlinkProcessMain {
    static final String JOB_MANAGER = "jobmanager";
    static final String TASK_MANAGER = "taskmanager";

    private FlinkProcessMain() {}

    /** The role, then what its entry point takes. */
    public static void main(String[] arguments) throws Exception {
        Tether.tie();
        String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
        switch (arguments[0]) {
            case JOB_MANAGER -> StandaloneSessionClusterEntrypoint.main(rest);
            case TASK_MANAGER -> TaskManagerRunner.main(rest);
            default -> throw new IllegalArgumentException("no such role: " + arguments[0]);
        }
    }
}
