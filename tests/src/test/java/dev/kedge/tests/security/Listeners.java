// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a process listens on, as Linux says. */
public final class Listeners {
    private static final String LISTEN = "0A";
    private static final int STATE = 3;
    private static final int INODE = 9;

    private Listeners() {}

    /** Whether this machine can say so. */
    public static boolean known() {
        return Files.isReadable(Path.of("/proc/self/net/tcp"));
    }

    /** TCP addresses on which a process listens now. */
    public static Set<Address> of(long pid) {
        Path process = Path.of("/proc", Long.toString(pid));
        try {
            Set<String> own = sockets(process.resolve("fd"));
            Set<Address> listening = new TreeSet<>();
            for (String table : new String[] {"tcp", "tcp6"}) {
                Path file = process.resolve("net").resolve(table);
                if (Files.exists(file)) {
                    listening.addAll(listening(Files.readString(file), own::contains));
                }
            }
            return listening;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** TCP addresses on which this process listens now. */
    public static Set<Address> ofThisProcess() {
        return of(ProcessHandle.current().pid());
    }

    /**
     * An address with its port.
     *
     * @param loopback whether only this machine can connect
     */
    public record Address(String host, int port, boolean loopback) implements Comparable<Address> {
        @Override
        public int compareTo(Address other) {
            return toString().compareTo(other.toString());
        }

        static Address of(InetSocketAddress address) {
            return new Address(
                    address.getAddress().getHostAddress(),
                    address.getPort(),
                    address.getAddress().isLoopbackAddress());
        }
    }

    private static Set<String> sockets(Path descriptors) throws IOException {
        try (Stream<Path> all = Files.list(descriptors)) {
            return all.map(Listeners::target)
                    .filter(target -> target.startsWith("socket:["))
                    .map(target -> target.substring("socket:[".length(), target.length() - 1))
                    .collect(Collectors.toSet());
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            // Closed in the meantime.
            return "";
        }
    }

    private static Set<Address> listening(String table, Predicate<String> own) {
        return table.lines()
                .skip(1)
                .map(line -> line.strip().split("\\s+", -1))
                .filter(fields -> fields[STATE].equals(LISTEN) && own.test(fields[INODE]))
                .map(fields -> address(fields[1]))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    // Words of four bytes in this machine's order, which is the lowest byte first wherever Kedge
    // runs.
    private static Address address(String text) {
        String[] parts = text.split(":", -1);
        byte[] words = HexFormat.of().parseHex(parts[0]);
        byte[] address = new byte[words.length];
        for (int i = 0; i < words.length; i++) {
            address[i] = words[i - i % 4 + 3 - i % 4];
        }
        try {
            return Address.of(
                    new InetSocketAddress(
                            InetAddress.getByAddress(address), Integer.parseInt(parts[1], 16)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
