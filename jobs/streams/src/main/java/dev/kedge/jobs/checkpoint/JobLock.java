// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.checkpoint;

import static dev.kedge.state.text.Text.format;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.files.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps a second job away from a job's checkpoints: a lock of the operating system on the file
 * {@code lock} in the job's folder, which ends with the process, however it ends. In the file is
 * the number of the process.
 */
final class JobLock implements AutoCloseable {
    static final String FILE = "lock";

    private static final int MAX_DIGITS = 20;

    private final FileChannel channel;

    private JobLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @param folder the job's folder; it is made if it is not there
     * @param name the job's name
     * @throws ConfigurationException if another job has it, or the folder cannot be written
     */
    static JobLock take(Path folder, String name) {
        try {
            OwnerOnly.createDirectories(folder);
            FileChannel channel =
                    FileChannel.open(
                            folder.resolve(FILE),
                            Set.of(CREATE, READ, WRITE),
                            OwnerOnly.file(folder));
            if (!locked(channel)) {
                String holder = holder(channel);
                channel.close();
                throw new ConfigurationException(refusal(folder, name, holder));
            }
            channel.truncate(0);
            channel.write(text(Long.toString(ProcessHandle.current().pid())));
            return new JobLock(channel);
        } catch (IOException e) {
            throw new ConfigurationException(
                    "checkpoints.directory: " + folder + " cannot be written: " + Words.of(e));
        }
    }

    /** Who has the lock now, in words; empty if nobody has. */
    static Optional<String> held(Path folder) {
        try (FileChannel channel = FileChannel.open(folder.resolve(FILE), READ, WRITE)) {
            return locked(channel) ? Optional.empty() : Optional.of(holder(channel));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static String refusal(Path folder, String name, String holder) {
        return format(
                "name: a job named '%s' runs already, in %s, with the checkpoints in %s;"
                        + " stop it, or give this one another name or another checkpoints.directory",
                name, holder, folder);
    }

    // Kept by the channel until it is closed.
    @SuppressWarnings("resource")
    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            // It is this process that has it.
            return false;
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(MAX_DIGITS);
        channel.read(bytes, 0);
        String number = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
        return number.matches("\\d+") ? "process " + number : "another process";
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
