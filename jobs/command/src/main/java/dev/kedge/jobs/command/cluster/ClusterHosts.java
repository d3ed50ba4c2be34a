// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which hosts a cluster has, as Flink's files {@code masters} and {@code workers} name them: a host
 * on each line, for a worker as often as it has task managers. Without them all is on this machine.
 *
 * @param masters hosts of job managers
 * @param workers hosts of task managers
 * @param here whether a host is this machine
 */
record ClusterHosts(List<String> masters, List<String> workers, Predicate<String> here) {
    static final String MASTERS = "masters";
    static final String WORKERS = "workers";

    private static final List<String> LOCAL = List.of("localhost");

    /** Reads the files of a folder. */
    static ClusterHosts read(Path folder) {
        return new ClusterHosts(
                hosts(folder.resolve(MASTERS)),
                hosts(folder.resolve(WORKERS)),
                ClusterHosts::isHere);
    }

    private static List<String> hosts(Path file) {
        if (!Files.exists(file)) {
            return LOCAL;
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(line -> line.replaceAll("#.*|:[0-9]+\\s*$", "").strip())
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isHere(String host) {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (address.isLoopbackAddress()
                        || NetworkInterface.getByInetAddress(address) != null) {
                    return true;
                }
            }
            return false;
        } catch (UnknownHostException | SocketException e) {
            return false;
        }
    }

    /** Whether the job manager is on this machine. */
    boolean hasMaster() {
        return masters.stream().anyMatch(here);
    }

    /** How many task managers this machine has. */
    int taskManagers() {
        return (int) workers.stream().filter(here).count();
    }

    /** The other hosts, each once. */
    List<String> others() {
        return Stream.concat(masters.stream(), workers.stream())
                .filter(here.negate())
                .distinct()
                .toList();
    }
}
