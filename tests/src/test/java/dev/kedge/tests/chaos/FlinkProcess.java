// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.chaos;

import dev.kedge.tests.process.JavaProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How one JVM of the cluster is started. */
final class FlinkProcess {
    private FlinkProcess() {}

    /**
     * Starts a process.
     *
     * @param name of its logs
     * @param role of {@link FlinkProcessMain}
     * @param settings what all processes share
     */
    static JavaProcess start(String name, String role, ClusterSettings settings) {
        Path logs = settings.logs().resolve(name);
        List<String> flags = new ArrayList<>(settings.jvmFlags(role));
        // Flink's test jars carry a configuration of their own, which says nothing.
        flags.add("-Dlog4j.configurationFile=classpath:log4j2.xml");
        flags.add("-Dkedge.log.dir=" + logs);
        String folder = settings.folder().toString();
        List<String> arguments = List.of(role, "-c", folder, "-Dtaskmanager.resource-id=" + name);
        return JavaProcess.start(
                new JavaProcess.Start(
                        name, logs, List.of(), flags, FlinkProcessMain.class, arguments));
    }
}
