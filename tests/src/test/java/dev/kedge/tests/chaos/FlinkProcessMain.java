// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.chaos;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;

/**
 * What runs in the processes: Flink's own entry points, and a tether. The driver holds the other
 * end of the standard input; when it is gone, however it went, so is the process.
 */
public final class FlinkProcessMain {
    static final String JOB_MANAGER = "jobmanager";
    static final String TASK_MANAGER = "taskmanager";

    private FlinkProcessMain() {}

    /** The role, then what its entry point takes. */
    public static void main(String[] arguments) throws Exception {
        tether();
        String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
        switch (arguments[0]) {
            case JOB_MANAGER -> StandaloneSessionClusterEntrypoint.main(rest);
            case TASK_MANAGER -> TaskManagerRunner.main(rest);
            default -> throw new IllegalArgumentException("no such role: " + arguments[0]);
        }
    }

    private static void tether() {
        Thread tether = new Thread(FlinkProcessMain::haltAtEndOfInput, "tether");
        tether.setDaemon(true);
        tether.start();
    }

    private static void haltAtEndOfInput() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // The end as well.
            Runtime.getRuntime().halt(1);
        }
        Runtime.getRuntime().halt(1);
    }
}
