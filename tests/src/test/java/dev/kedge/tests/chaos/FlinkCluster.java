// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.chaos;

import static org.awaitility.Awaitility.await;

import dev.kedge.connectors.testing.Patience;
import dev.kedge.tests.process.JavaProcess;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.rest.messages.EmptyMessageParameters;
import org.apache.flink.runtime.rest.messages.EmptyRequestBody;
import org.apache.flink.runtime.rest.messages.taskmanager.TaskManagerInfo;
import org.apache.flink.runtime.rest.messages.taskmanager.TaskManagersHeaders;

/**
 * A job manager and task managers, each a process of its own. One task manager more than a job
 * needs stands by.
 */
final class FlinkCluster implements AutoCloseable {

    private final ClusterSettings settings;
    private final Thread atExit = new Thread(this::destroy, "end-of-the-cluster");
    private final List<JavaProcess> processes = new ArrayList<>();
    private final SortedMap<String, JavaProcess> taskManagers = new TreeMap<>();
    private final JavaProcess jobManager;
    private final RestClusterClient<String> client;
    private int started;

    /** Starts the processes and does not wait for them. */
    FlinkCluster(ClusterSettings settings, int size) throws Exception {
        this.settings = settings;
        Runtime.getRuntime().addShutdownHook(atExit);
        jobManager = start(FlinkProcessMain.JOB_MANAGER, FlinkProcessMain.JOB_MANAGER);
        for (int i = 0; i < size; i++) {
            startTaskManager();
        }
        client = new RestClusterClient<>(settings.client(), "chaos");
    }

    /** The processes that were started. */
    synchronized List<Long> pids() {
        return processes.stream().map(JavaProcess::pid).toList();
    }

    /** Waits until all task managers have reported. */
    void awaitTaskManagers() {
        await("task managers")
                .atMost(Patience.TIME)
                .until(() -> reported().size() == taskManagers.size());
    }

    /** Starts one more task manager and does not wait for it. */
    void startTaskManager() {
        started++;
        String name = "taskmanager-" + started;
        taskManagers.put(name, start(name, FlinkProcessMain.TASK_MANAGER));
    }

    private synchronized JavaProcess start(String name, String role) {
        JavaProcess process = FlinkProcess.start(name, role, settings);
        processes.add(process);
        return process;
    }

    /** The task managers that work now, in the order of their names. */
    List<JavaProcess> working() throws Exception {
        return reported().stream()
                .filter(reported -> reported.getNumberAvailableSlots() == 0)
                .map(reported -> reported.getResourceId().toString())
                .sorted()
                .flatMap(name -> Optional.ofNullable(taskManagers.get(name)).stream())
                .toList();
    }

    /** Kills a task manager with SIGKILL; nothing replaces it. */
    void kill(JavaProcess taskManager) {
        taskManagers.remove(taskManager.name());
        taskManager.kill();
    }

    /** Submits a job; its classes are on the class path of the processes already. */
    SubmittedJob submit(JobGraph graph) throws Exception {
        return new SubmittedJob(
                client, client.submitJob(graph).get(Patience.SECONDS, TimeUnit.SECONDS));
    }

    private Collection<TaskManagerInfo> reported() throws Exception {
        requireAlive();
        try {
            return client.sendRequest(
                            TaskManagersHeaders.getInstance(),
                            EmptyMessageParameters.getInstance(),
                            EmptyRequestBody.getInstance())
                    .get(Patience.SECONDS, TimeUnit.SECONDS)
                    .getTaskManagerInfos();
        } catch (ExecutionException e) {
            // Nobody answers yet.
            return List.of();
        }
    }

    private void requireAlive() {
        requireAlive(jobManager);
        taskManagers.values().forEach(this::requireAlive);
    }

    private void requireAlive(JavaProcess process) {
        if (!process.alive()) {
            throw new IllegalStateException(
                    process.name() + " ended by itself; see " + settings.logs());
        }
    }

    private synchronized void destroy() {
        processes.forEach(JavaProcess::close);
        processes.clear();
    }

    @Override
    public void close() {
        client.close();
        destroy();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }
}
