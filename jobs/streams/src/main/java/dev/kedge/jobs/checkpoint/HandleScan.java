// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.checkpoint;

import static dev.kedge.state.text.Text.format;

import dev.kedge.jobs.checkpoint.CheckpointContents.Inlined;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** Walks through the handles of state in a file {@code _metadata}. */
final class HandleScan {
    private static final int NONE = 0;
    private static final int BYTES = 1;
    private static final int FILE = 2;
    private static final int KEY_GROUPS = 3;
    private static final int PARTITIONED = 4;
    private static final int INCREMENTAL = 5;
    private static final int RELATIVE_FILE = 6;
    private static final int SAVEPOINT_KEY_GROUPS = 7;
    private static final int INCREMENTAL_2 = 11;
    private static final int KEY_GROUPS_2 = 12;
    private static final int SEGMENT = 15;
    private static final int EMPTY_SEGMENT = 16;
    private static final int PARTITIONED_SEGMENT = 17;

    private static final int MERGED_INPUT = 3;
    private static final int MERGED_OUTPUT = 4;
    private static final int MAX_KEY_GROUPS = 1 << 15;

    /** A handle of key groups over a handle of bytes: no form has more. */
    private static final int MAX_DEPTH = 2;

    private static final String TABLE = ".sst";

    private final BoundedInput in;
    private final Path folder;
    private final List<StateFile> files;
    private final List<Inlined> tables;

    HandleScan(BoundedInput in, Path folder, List<StateFile> files, List<Inlined> tables) {
        this.in = in;
        this.folder = folder;
        this.files = files;
        this.tables = tables;
    }

    static void require(boolean holds, String what, long value) {
        if (!holds) {
            throw new DamagedCheckpointException(
                    format("_metadata is damaged: %s: %,d", what, value));
        }
    }

    void coordinator() throws IOException {
        int kind = in.u8();
        require(kind == NONE || kind == BYTES, "kind of a coordinator's state", kind);
        if (kind == BYTES) {
            bytes(false);
        }
    }

    void operator() throws IOException {
        int kind = in.u8();
        if (kind == NONE) {
            return;
        }
        boolean partitioned = kind == PARTITIONED || kind == PARTITIONED_SEGMENT;
        require(partitioned, "kind of an operator's state", kind);
        for (int i = in.count(Short.BYTES + 1 + Integer.BYTES); i > 0; i--) {
            in.text();
            in.u8();
            in.skip((long) in.count(Long.BYTES) * Long.BYTES);
        }
        if (kind == PARTITIONED_SEGMENT) {
            in.text();
            in.text();
            in.u8();
        }
        stream(false, 0);
    }

    void keyed() throws IOException {
        int kind = in.u8();
        switch (kind) {
            case NONE -> {}
            case KEY_GROUPS, SAVEPOINT_KEY_GROUPS -> keyGroups(0);
            case KEY_GROUPS_2 -> {
                keyGroups(0);
                in.text();
            }
            case INCREMENTAL, INCREMENTAL_2 -> incremental(kind == INCREMENTAL_2);
            default -> require(false, "kind of a keyed state", kind);
        }
    }

    private void keyGroups(int depth) throws IOException {
        int groups = range();
        in.skip((long) groups * Long.BYTES);
        stream(false, depth + 1);
    }

    private int range() throws IOException {
        int start = in.i32();
        require(start >= 0 && start < MAX_KEY_GROUPS, "first key group", start);
        int groups = in.i32();
        boolean inRange = groups >= 0 && start + (long) groups <= MAX_KEY_GROUPS;
        require(inRange, "number of key groups", groups);
        return groups;
    }

    private void incremental(boolean second) throws IOException {
        in.i64();
        in.text();
        range();
        if (second) {
            in.i64();
        }
        stream(false, 0);
        // Shared files, then those of this checkpoint alone.
        for (int list = 0; list < 2; list++) {
            for (int i = in.count(Short.BYTES + 1); i > 0; i--) {
                boolean table = in.text().endsWith(TABLE);
                stream(table, 0);
            }
        }
        if (second) {
            in.text();
        }
    }

    void channel(boolean withKind) throws IOException {
        int kind = withKind ? in.u8() : 1;
        require(kind >= 1 && kind <= MERGED_OUTPUT, "kind of a channel's state", kind);
        in.i32();
        if (kind == MERGED_INPUT || kind == MERGED_OUTPUT) {
            in.i64();
            stream(false, 0);
            in.skip(in.count(1));
        } else {
            in.i32();
            in.i32();
            in.skip((long) in.count(Long.BYTES) * Long.BYTES);
            in.i64();
            stream(false, 0);
        }
    }

    private void stream(boolean table, int depth) throws IOException {
        require(depth < MAX_DEPTH, "handles within handles", depth);
        int kind = in.u8();
        switch (kind) {
            case NONE, EMPTY_SEGMENT -> {}
            case BYTES -> bytes(table);
            case FILE -> {
                long bytes = in.i64();
                file(in.text(), bytes, table);
            }
            case RELATIVE_FILE -> {
                String name = in.text();
                add(resolved(name), in.i64(), table);
            }
            case KEY_GROUPS -> keyGroups(depth);
            case SEGMENT -> {
                long start = in.i64();
                long bytes = in.i64();
                in.i32();
                require(start >= 0 && bytes >= 0, "start of a segment", start);
                // Tables within a merged file are checked with the whole file.
                file(in.text(), start + bytes, false);
                in.text();
            }
            default -> require(false, "kind of a handle", kind);
        }
    }

    private void bytes(boolean table) throws IOException {
        in.text();
        int bytes = in.count(1);
        if (table) {
            tables.add(new Inlined(in.at(), bytes));
        }
        in.skip(bytes);
    }

    private Path resolved(String name) {
        try {
            return folder.resolve(name);
        } catch (IllegalArgumentException e) {
            throw new DamagedCheckpointException("_metadata names no file: " + Words.plain(name));
        }
    }

    /** Files elsewhere, such as in an object store, are left to Flink. */
    private void file(String name, long bytes, boolean table) {
        try {
            URI uri = new org.apache.flink.core.fs.Path(name).toUri();
            if (uri.getScheme() == null || uri.getScheme().equals("file")) {
                add(Path.of(uri.getPath()), bytes, table);
            }
        } catch (IllegalArgumentException e) {
            throw new DamagedCheckpointException("_metadata names no file: " + Words.plain(name));
        }
    }

    private void add(Path path, long bytes, boolean table) {
        require(bytes >= 0, "length of a file", bytes);
        files.add(new StateFile(path, bytes, table));
    }
}
