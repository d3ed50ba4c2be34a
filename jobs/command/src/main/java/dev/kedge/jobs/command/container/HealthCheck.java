// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.container;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;

/** Asks an address whether somebody answers there. */
final class HealthCheck {
    private static final int PATIENCE_MILLIS = 5_000;

    private HealthCheck() {}

    /**
     * Asks.
     *
     * @param address {@code http://HOST:PORT/PATH}, which must answer with 200, or {@code
     *     tcp://HOST:PORT}
     * @return what is wrong; empty if nothing
     */
    static Optional<String> of(String address) {
        try {
            URI uri = URI.create(address);
            if (uri.getHost() == null || uri.getPort() < 0) {
                throw new IllegalArgumentException("it has no host or no port");
            }
            return switch (String.valueOf(uri.getScheme())) {
                case "tcp" -> tcp(uri);
                case "http" -> http(uri);
                default -> throw new IllegalArgumentException("it must begin with http: or tcp:");
            };
        } catch (IOException | IllegalArgumentException e) {
            return Optional.of(address + ": " + e.getMessage());
        }
    }

    private static Optional<String> tcp(URI uri) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), PATIENCE_MILLIS);
            return Optional.empty();
        }
    }

    private static Optional<String> http(URI uri) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setConnectTimeout(PATIENCE_MILLIS);
        connection.setReadTimeout(PATIENCE_MILLIS);
        try {
            int status = connection.getResponseCode();
            return status == HttpURLConnection.HTTP_OK
                    ? Optional.empty()
                    : Optional.of(uri + ": answered " + status);
        } finally {
            connection.disconnect();
        }
    }
}
