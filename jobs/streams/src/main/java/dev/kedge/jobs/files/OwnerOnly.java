// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Folders that nobody but their owner can look into, whatever the process's umask: what is below
 * them is covered, too. Where files have no POSIX permissions the system's own rules hold.
 */
public final class OwnerOnly {
    private static final Set<PosixFilePermission> FOLDER =
            PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE =
            PosixFilePermissions.fromString("rw-------");

    private OwnerOnly() {}

    /** Makes a folder and those above it that are missing; one that is there stays as it is. */
    public static void createDirectories(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, permissions(folder, FOLDER));
        }
    }

    /**
     * How a file is made that nobody but its owner can read.
     *
     * @param file where it will be
     */
    public static FileAttribute<?>[] file(Path file) {
        return permissions(file, FILE);
    }

    /** Whether permissions mean something there. */
    static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** Whether a folder belongs to the owner of another, and is no link. */
    static boolean isSameOwners(Path folder, Path other) throws IOException {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS)
                        .equals(Files.getOwner(other, LinkOption.NOFOLLOW_LINKS));
    }

    private static FileAttribute<?>[] permissions(Path path, Set<PosixFilePermission> allowed) {
        return isPosix(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(allowed)}
                : new FileAttribute<?>[0];
    }
}
