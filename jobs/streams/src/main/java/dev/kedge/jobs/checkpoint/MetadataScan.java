// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.checkpoint;

import dev.kedge.jobs.checkpoint.CheckpointContents.Inlined;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Walks through Flink's file {@code _metadata}, forms 3 to 6, without taking memory for what it
 * promises, and collects the files that it names. Flink's own reader takes each length as it comes:
 * it is asked only after this walk has come to the end.
 *
 * <p>Not read are state changelogs, which no job of Kedge writes.
 */
final class MetadataScan {
    private static final int MAGIC = 0x4960672d;
    private static final int MASTER_MAGIC = 0xc96b1696;
    private static final int OLDEST = 3;
    private static final int NEWEST = 6;
    private static final int WITH_PROPERTIES = 4;
    private static final int WITH_NAMES = 5;
    private static final int WITH_KINDS_OF_CHANNEL = 6;

    /** Flink's bound of parallelism. */
    private static final int MAX_PARALLELISM = 1 << 15;

    private static final int MAX_PROPERTIES = 4096;
    private static final int SERIALISED = 0xaced0005;
    private static final int NULL = 0x70;
    private static final int NEW_OBJECT = 0x73;
    private static final int NEW_CLASS = 0x72;
    private static final String PROPERTIES =
            "org.apache.flink.runtime.checkpoint.CheckpointProperties";

    private final BoundedInput in;
    private final HandleScan handles;
    private final List<StateFile> files = new ArrayList<>();
    private final List<Inlined> tables = new ArrayList<>();
    private int form;

    private MetadataScan(BoundedInput in, Path folder) {
        this.in = in;
        this.handles = new HandleScan(in, folder, files, tables);
    }

    /**
     * Reads a file.
     *
     * @throws DamagedCheckpointException if it is anything but whole
     */
    static CheckpointContents read(Path metadata) {
        Path folder = metadata.toAbsolutePath().getParent();
        try (BoundedInput in = BoundedInput.open(metadata)) {
            return new MetadataScan(in, folder).whole();
        } catch (EOFException e) {
            throw new DamagedCheckpointException("_metadata ends too early");
        } catch (IOException e) {
            throw new DamagedCheckpointException("_metadata cannot be read: " + Words.of(e));
        }
    }

    private CheckpointContents whole() throws IOException {
        if (in.i32() != MAGIC) {
            throw new DamagedCheckpointException("_metadata is no metadata of a checkpoint");
        }
        form = in.i32();
        if (form < OLDEST || form > NEWEST) {
            throw DamagedCheckpointException.of(
                    "_metadata has form %d, this build reads %d to %d", form, OLDEST, NEWEST);
        }
        long number = in.i64();
        HandleScan.require(number >= 0, "number of the checkpoint", number);
        for (int i = in.count(2 * Integer.BYTES); i > 0; i--) {
            master();
        }
        for (int i = in.count(2 * Long.BYTES); i > 0; i--) {
            operator();
        }
        if (form >= WITH_PROPERTIES) {
            properties();
        }
        HandleScan.require(in.left() == 0, "bytes after its end", in.left());
        return new CheckpointContents(number, List.copyOf(files), List.copyOf(tables));
    }

    private void master() throws IOException {
        HandleScan.require(in.i32() == MASTER_MAGIC, "state of the job manager at", in.at());
        long end = in.count(1) + in.at();
        in.i32();
        in.text();
        in.skip(in.count(1));
        HandleScan.require(in.at() == end, "end of a state of the job manager", in.at());
    }

    private void operator() throws IOException {
        if (form >= WITH_NAMES) {
            in.text();
            in.text();
        }
        in.i64();
        in.i64();
        int parallelism = in.i32();
        int max = in.i32();
        HandleScan.require(max > 0 && max <= MAX_PARALLELISM, "greatest parallelism", max);
        HandleScan.require(parallelism >= 0 && parallelism <= max, "parallelism", parallelism);
        handles.coordinator();
        int tasks = in.i32();
        HandleScan.require(tasks <= max, "number of tasks", tasks);
        for (int i = 0; i < tasks; i++) {
            int task = in.i32();
            HandleScan.require(task < max, "task", task);
            if (task >= 0) {
                task();
            }
        }
    }

    private void task() throws IOException {
        for (int i = 0; i < 2; i++) {
            if (in.i32() != 0) {
                handles.operator();
            }
        }
        handles.keyed();
        handles.keyed();
        // State of channels going in, then of those going out.
        for (int side = 0; side < 2; side++) {
            for (int i = in.count(2 * Integer.BYTES); i > 0; i--) {
                handles.channel(form >= WITH_KINDS_OF_CHANNEL);
            }
        }
    }

    /**
     * Flink ends the file with one small serialised object, or with none where a program wrote the
     * savepoint, and only that may be there.
     */
    private void properties() throws IOException {
        HandleScan.require(in.left() <= MAX_PROPERTIES, "length of its properties", in.left());
        boolean known = in.i32() == SERIALISED && (in.left() == 1 ? isNone() : isProperties());
        HandleScan.require(known, "properties at", in.at());
        in.skip(in.left());
    }

    private boolean isNone() throws IOException {
        return in.u8() == NULL;
    }

    private boolean isProperties() throws IOException {
        return in.u8() == NEW_OBJECT && in.u8() == NEW_CLASS && in.text().equals(PROPERTIES);
    }
}
