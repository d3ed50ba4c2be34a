// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.flink;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What a savepoint keeps of a {@link BinaryTypeSerializer}: a magic number, the codec's class by
 * name and the version that its values are written in. No Java serialisation.
 *
 * @param <T> type of the values
 */
public final class BinaryTypeSerializerSnapshot<T> implements TypeSerializerSnapshot<T> {
    private static final int FORMAT = 1;

    /** "KDGC": Kedge codec. */
    private static final int MAGIC = 0x4B444743;

    private BinaryCodec<T> codec;
    private int version;

    /** For Flink, which fills it by {@link #readSnapshot}. */
    public BinaryTypeSerializerSnapshot() {}

    BinaryTypeSerializerSnapshot(BinaryCodec<T> codec, int version) {
        this.codec = codec;
        this.version = version;
    }

    @Override
    public int getCurrentVersion() {
        return FORMAT;
    }

    @Override
    public void writeSnapshot(DataOutputView to) throws IOException {
        to.writeInt(MAGIC);
        to.writeUTF(codec.getClass().getName());
        to.writeInt(version);
    }

    @Override
    public void readSnapshot(int format, DataInputView from, ClassLoader classes)
            throws IOException {
        if (format != FORMAT) {
            throw new IOException("serializer snapshot of format " + format + ", known: " + FORMAT);
        }
        int magic = from.readInt();
        if (magic != MAGIC) {
            throw new IOException("not a Kedge codec: magic " + Integer.toHexString(magic));
        }
        codec = codec(from.readUTF(), classes);
        version = from.readInt();
    }

    @Override
    public TypeSerializer<T> restoreSerializer() {
        return new BinaryTypeSerializer<>(codec, version);
    }

    @Override
    public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
            TypeSerializerSnapshot<T> old) {
        if (!(old instanceof BinaryTypeSerializerSnapshot<T> that)
                || that.codec.getClass() != codec.getClass()
                || that.version > version) {
            return TypeSerializerSchemaCompatibility.incompatible();
        }
        return that.version == version
                ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                : TypeSerializerSchemaCompatibility.compatibleAfterMigration();
    }

    // The class of the codec decides T; a savepoint of another type is refused by Flink's state
    // names and by resolveSchemaCompatibility.
    @SuppressWarnings("unchecked")
    private static <T> BinaryCodec<T> codec(String name, ClassLoader classes) throws IOException {
        try {
            Class<?> type = Class.forName(name, true, classes);
            return (BinaryCodec<T>)
                    type.asSubclass(BinaryCodec.class).getDeclaredConstructor().newInstance();
        } catch (ClassNotFoundException | ClassCastException | NoSuchMethodException e) {
            throw new IOException("no codec " + name + " in this version of Kedge", e);
        } catch (InstantiationException | IllegalAccessException | InvocationTargetException e) {
            throw new IOException("codec " + name + " has no usable constructor", e);
        }
    }
}
