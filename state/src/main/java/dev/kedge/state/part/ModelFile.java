// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.part;

import static dev.kedge.state.text.Text.format;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.DamagedSnapshotException;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import java.util.Map;
import java.util.SortedMap;

/**
 * One model outside any savepoint: its name and all its parts. A store that is read back brings the
 * model to life as the job would.
 *
 * <p>Format, version 1, inside an {@link Envelope} of family {@link Family#MODEL_FILE}: the model's
 * name; number of parts; for each part, in ascending order of the names, its name and its bytes.
 *
 * @param model name of the model, which is its key in the job
 * @param parts everything that it remembers
 */
public record ModelFile(String model, MemoryPartStore parts) {
    private static final int VERSION = 1;

    /** Writes the file's bytes. */
    public byte[] toBytes() {
        SortedMap<String, byte[]> all = parts.parts();
        BinaryWriter out = new BinaryWriter(1024);
        out.putUtf8(model);
        out.putInt(all.size());
        for (Map.Entry<String, byte[]> part : all.entrySet()) {
            out.putUtf8(part.getKey());
            out.putBytes(part.getValue());
        }
        return Envelope.seal(Family.MODEL_FILE, VERSION, out);
    }

    /**
     * Reads the file's bytes. The envelopes of the parts are not opened.
     *
     * @throws DamagedSnapshotException if the bytes are anything but an intact model file
     */
    public static ModelFile fromBytes(byte[] bytes) {
        BinaryReader in = Envelope.open(bytes, Family.MODEL_FILE, VERSION);
        String model = in.getUtf8();
        MemoryPartStore parts = new MemoryPartStore();
        int count = in.getCount();
        String last = "";
        for (int i = 0; i < count; i++) {
            String name = in.getUtf8();
            byte[] part = in.getBytes();
            if (i > 0 && name.compareTo(last) <= 0) {
                throw new DamagedSnapshotException(
                        format("part '%s' comes after part '%s'", name, last));
            }
            parts.put(name, part);
            last = name;
        }
        in.requireEnd();
        return new ModelFile(model, parts);
    }
}
