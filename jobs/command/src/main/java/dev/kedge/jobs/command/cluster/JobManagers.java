// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.cluster;

import dev.kedge.jobs.command.cluster.ClusterHosts.Master;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.jobmanager.HighAvailabilityMode;

/**
 * The job managers of a cluster. With high availability one of them leads, and another takes over
 * when it dies; without it there is one.
 *
 * @param here those of this machine
 * @param elsewhere where the REST interfaces of the others are
 */
record JobManagers(List<One> here, List<URI> elsewhere) {
    /**
     * One of them.
     *
     * @param name of its process
     * @param rest where its REST interface is
     * @param arguments of its main class, beside what all have
     */
    record One(String name, URI rest, List<String> arguments) {}

    static JobManagers of(Configuration flink, ClusterHosts hosts) {
        if (!isHighlyAvailable(flink)) {
            URI rest = ClusterConfiguration.rest(flink);
            return hosts.hasMaster()
                    ? new JobManagers(List.of(new One(name(1), rest, List.of())), List.of())
                    : new JobManagers(List.of(), List.of(rest));
        }
        List<One> here = new ArrayList<>();
        for (Master master : hosts.mastersHere()) {
            here.add(one(name(here.size() + 1), master, flink));
        }
        List<URI> elsewhere =
                hosts.masters().stream()
                        .filter(master -> !hosts.mastersHere().contains(master))
                        .map(master -> rest(master, flink))
                        .toList();
        return new JobManagers(here, elsewhere);
    }

    /** Whether jobs outlive their job manager. */
    static boolean isHighlyAvailable(Configuration flink) {
        return HighAvailabilityMode.isHighAvailabilityModeActivated(flink);
    }

    private static String name(int number) {
        return ClusterRole.JOB_MANAGER.word() + (number == 1 ? "" : "-" + number);
    }

    private static One one(String name, Master master, Configuration flink) {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(option(JobManagerOptions.ADDRESS, master.host()));
        if (master.port().isPresent()) {
            String port = Integer.toString(master.port().getAsInt());
            arguments.addAll(option(RestOptions.PORT, port));
            arguments.addAll(option(RestOptions.BIND_PORT, port));
        }
        return new One(name, rest(master, flink), arguments);
    }

    private static List<String> option(ConfigOption<?> option, String value) {
        return List.of("-D", option.key() + "=" + value);
    }

    private static URI rest(Master master, Configuration flink) {
        return ClusterConfiguration.rest(
                master.host(), master.port().orElse(flink.get(RestOptions.PORT)));
    }

    /** The one of a process. */
    Optional<One> named(String process) {
        return here.stream().filter(one -> one.name().equals(process)).findFirst();
    }

    /** Ports of the REST interfaces of this machine's. */
    List<Integer> ports() {
        return here.stream().map(one -> one.rest().getPort()).toList();
    }

    /**
     * Where all REST interfaces are.
     *
     * @param living names of processes that run; theirs come first
     */
    List<URI> addresses(List<String> living) {
        Stream<One> first = here.stream().filter(one -> living.contains(one.name()));
        Stream<One> last = here.stream().filter(one -> !living.contains(one.name()));
        return Stream.of(first.map(One::rest), elsewhere.stream(), last.map(One::rest))
                .flatMap(some -> some)
                .toList();
    }
}
