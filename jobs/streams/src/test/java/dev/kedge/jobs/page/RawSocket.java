// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.page;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.kedge.connectors.testing.Patience;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;

/** A client that may send what no well-behaved one does, and stop in the middle. */
final class RawSocket implements AutoCloseable {
    private final Socket socket;

    RawSocket(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
    }

    /** Sends a request's head, as far as it is given, with lines ended as HTTP wants it. */
    RawSocket send(String text) throws IOException {
        socket.getOutputStream().write(text.replace("\n", "\r\n").getBytes(ISO_8859_1));
        return this;
    }

    /** Whether the server has closed the connection; drips a byte to see it. */
    boolean isClosedAfter(String drip) {
        try {
            send(drip);
            socket.setSoTimeout(1);
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** All that comes until the server closes the connection. */
    String rest(Duration most) throws IOException {
        socket.setSoTimeout((int) most.toMillis());
        InputStream in = socket.getInputStream();
        return new String(in.readAllBytes(), ISO_8859_1);
    }

    /** The first line of what has come; empty if nothing has. */
    Optional<String> answer() throws IOException {
        return socket.getInputStream().available() > 0
                ? Optional.of(readTo("\r\n"))
                : Optional.empty();
    }

    /** The first characters that come. */
    String read(int count) throws IOException {
        socket.setSoTimeout((int) Patience.TIME.toMillis());
        return new String(socket.getInputStream().readNBytes(count), ISO_8859_1);
    }

    /** All that comes until some words. */
    String readTo(String words) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(words) < 0) {
            read.append(read(1));
        }
        return read.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
