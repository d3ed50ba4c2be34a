// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The temporary folder of this process, {@code kedge-USER/PID-START}, which the {@code kedge}
 * script makes and names as {@code java.io.tmpdir}: brokers, Flink, RocksDB and unpacked libraries
 * keep their files below it. It goes with the process. One that was killed cannot clear up; its
 * lock is free then, and the next process deletes its folder. Links are deleted and never followed.
 */
public final class ProcessFolder implements AutoCloseable {
    private static final String LOCK = "lock";
    private static final String USERS = "kedge-";
    private static final Pattern NAME = Pattern.compile("(\\d{1,18})-\\d+");
    private static final int ATTEMPTS = 5;

    private final Path folder;
    private final FileChannel lock;

    private ProcessFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Takes over the folder that was made for this process, and deletes those of processes that are
     * gone.
     *
     * @param temporary where this process keeps temporary files
     * @return the folder; empty if it was not made for one process, and is not ours to delete
     * @throws IOException if it has no room for a lock, or cannot be used
     */
    public static Optional<ProcessFolder> claim(Path temporary) throws IOException {
        Path folder = temporary.toAbsolutePath().normalize();
        Path users = folder.getParent();
        if (users == null
                || users.getFileName() == null
                || !users.getFileName().toString().startsWith(USERS)
                || !isOfAProcess(folder)) {
            return Optional.empty();
        }
        FileChannel channel =
                FileChannel.open(
                        folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isFree(channel)) {
            channel.close();
            return Optional.empty();
        }
        deleteAbandoned(users, folder);
        return Optional.of(new ProcessFolder(folder, channel));
    }

    /** Where it is. */
    public Path path() {
        return folder;
    }

    /** Deletes it; what cannot be deleted is left to the next process. */
    @Override
    public void close() {
        delete(folder);
        try {
            lock.close();
        } catch (IOException e) {
            // The lock goes with the process at the latest.
            return;
        }
    }

    private static void deleteAbandoned(Path users, Path own) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(users)) {
            for (Path each : folders) {
                if (!each.equals(own)
                        && isOfAProcess(each)
                        && OwnerOnly.isSameOwners(each, own)
                        && isAbandoned(each)) {
                    delete(each);
                }
            }
        }
    }

    private static boolean isOfAProcess(Path folder) {
        return NAME.matcher(folder.getFileName().toString()).matches()
                && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean isAbandoned(Path folder) throws IOException {
        Path file = folder.resolve(LOCK);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return isOver(folder);
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            return isFree(channel);
        } catch (NoSuchFileException e) {
            // Its process clears up right now.
            return false;
        }
    }

    /** A folder without a lock is one that was just made, or whose process never got far. */
    private static boolean isOver(Path folder) {
        Matcher name = NAME.matcher(folder.getFileName().toString());
        long process = name.matches() ? Long.parseLong(name.group(1)) : 0;
        return process == ProcessHandle.current().pid() || ProcessHandle.of(process).isEmpty();
    }

    private static boolean isFree(FileChannel channel) throws IOException {
        try {
            FileLock got = channel.tryLock();
            return got != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** Another thread may still write there: then what is new is deleted, too. */
    private static void delete(Path folder) {
        int attempts = 0;
        while (attempts < ATTEMPTS && !isDeleted(folder)) {
            attempts++;
        }
    }

    private static boolean isDeleted(Path folder) {
        try {
            Files.walkFileTree(folder, new Deletion());
            return true;
        } catch (IOException e) {
            return Files.notExists(folder);
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
            if (problem instanceof NoSuchFileException
                    || problem instanceof NotDirectoryException) {
                return FileVisitResult.CONTINUE;
            }
            throw problem;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException problem)
                throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
