// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/**
 * Files that a person asked for: reports, tables, exports. The {@code kedge} script makes every
 * file of the process its owner's alone and says in {@code kedge.umask} what the person's own umask
 * is; these follow that one. Without the script they follow it anyway.
 */
public final class UserFiles {
    private static final String UMASK = "kedge.umask";
    private static final int FILE = 0666;
    private static final int FOLDER = 0777;

    // From the last bit of an octal mode to the first.
    private static final PosixFilePermission[] BITS = {
        PosixFilePermission.OTHERS_EXECUTE,
        PosixFilePermission.OTHERS_WRITE,
        PosixFilePermission.OTHERS_READ,
        PosixFilePermission.GROUP_EXECUTE,
        PosixFilePermission.GROUP_WRITE,
        PosixFilePermission.GROUP_READ,
        PosixFilePermission.OWNER_EXECUTE,
        PosixFilePermission.OWNER_WRITE,
        PosixFilePermission.OWNER_READ
    };

    private UserFiles() {}

    /** Writes a file; one that is there keeps its permissions. */
    public static void write(Path file, String text) throws IOException {
        boolean fresh = Files.notExists(file);
        Files.writeString(file, text);
        if (fresh) {
            share(file);
        }
    }

    /** Makes a folder and those above it that are missing. */
    public static void createDirectories(Path folder) throws IOException {
        Path absolute = folder.toAbsolutePath();
        if (Files.isDirectory(absolute)) {
            return;
        }
        if (absolute.getParent() != null) {
            createDirectories(absolute.getParent());
        }
        Files.createDirectories(absolute);
        share(absolute);
    }

    /** Gives a file or folder that was just made the permissions that the person's umask leaves. */
    public static void share(Path made) throws IOException {
        String umask = System.getProperty(UMASK, "");
        if (umask.matches("[0-7]{1,4}") && OwnerOnly.isPosix(made)) {
            int all = Files.isDirectory(made, LinkOption.NOFOLLOW_LINKS) ? FOLDER : FILE;
            Files.setPosixFilePermissions(made, permissions(all & ~Integer.parseInt(umask, 8)));
        }
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (int bit = 0; bit < BITS.length; bit++) {
            if ((mode >> bit & 1) == 1) {
                permissions.add(BITS[bit]);
            }
        }
        return permissions;
    }
}
