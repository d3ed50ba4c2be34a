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
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which hosts a cluster has, as Flink's files {@code masters} and {@code workers} name them: a host
 * on each line, for a worker as often as it has task managers. Without them all is on this machine.
 *
 * @param masters job managers
 * @param workers hosts of task managers
 * @param here whether a host is this machine
 */
record ClusterHosts(List<Master> masters, List<String> workers, Predicate<String> here) {
    static final String MASTERS = "masters";
    static final String WORKERS = "workers";

    private static final String LOCAL = "localhost";

    /**
     * Where a job manager is.
     *
     * @param host its host
     * @param port of its REST interface; empty for the one that the configuration names
     */
    record Master(String host, OptionalInt port) {
        private static Master read(String line) {
            int colon = line.lastIndexOf(':');
            return colon > 0 && line.substring(colon + 1).matches("[0-9]{1,5}")
                    ? new Master(
                            line.substring(0, colon),
                            OptionalInt.of(Integer.parseInt(line.substring(colon + 1))))
                    : new Master(line, OptionalInt.empty());
        }
    }

    /** Reads the files of a folder. */
    static ClusterHosts read(Path folder) {
        List<Master> masters = lines(folder.resolve(MASTERS)).map(Master::read).toList();
        List<String> workers =
                lines(folder.resolve(WORKERS))
                        .map(line -> line.replaceAll(":[0-9]+$", ""))
                        .toList();
        return new ClusterHosts(masters, workers, ClusterHosts::isHere);
    }

    private static Stream<String> lines(Path file) {
        if (!Files.exists(file)) {
            return Stream.of(LOCAL);
        }
        try {
            return Files.readAllLines(file).stream()
                    .map(line -> line.replaceAll("#.*", "").strip())
                    .filter(line -> !line.isEmpty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes where the job managers of a cluster of this machine alone are. */
    static void write(Path folder, List<Integer> ports) throws IOException {
        List<String> lines =
                ports.stream().map(port -> ClusterConfiguration.HOST + ":" + port).toList();
        Files.write(folder.resolve(MASTERS), lines);
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

    /** The job managers of this machine. */
    List<Master> mastersHere() {
        return masters.stream().filter(master -> here.test(master.host())).toList();
    }

    /** Whether a job manager is on this machine. */
    boolean hasMaster() {
        return !mastersHere().isEmpty();
    }

    /** How many task managers this machine has. */
    int taskManagers() {
        return (int) workers.stream().filter(here).count();
    }

    /** The other hosts, each once. */
    List<String> others() {
        return Stream.concat(masters.stream().map(Master::host), workers.stream())
                .filter(here.negate())
                .distinct()
                .toList();
    }
}
