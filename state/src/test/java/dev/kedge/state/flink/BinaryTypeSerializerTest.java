// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BinaryTypeSerializerTest {

    @Test
    void aSnapshotRestoresTheSerializer() throws IOException {
        TypeSerializer<String> serializer = new BinaryTypeSerializer<>(new Texts());

        TypeSerializerSnapshot<String> restored = throughBytes(serializer.snapshotConfiguration());

        assertThat(restored.restoreSerializer()).isEqualTo(serializer);
        assertThat(
                        serializer
                                .snapshotConfiguration()
                                .resolveSchemaCompatibility(restored)
                                .isCompatibleAsIs())
                .isTrue();
    }

    @Test
    void anotherCodecIsIncompatible() {
        TypeSerializerSnapshot<String> texts = snapshot(new Texts(), 1);
        TypeSerializerSnapshot<String> marked = snapshot(new MarkedTexts(), 1);

        assertThat(marked.resolveSchemaCompatibility(texts).isIncompatible()).isTrue();
    }

    @Test
    void anOlderFormIsReadAndThenWrittenInTheNewest() throws IOException {
        TypeSerializerSnapshot<String> old = throughBytes(snapshot(new MarkedTexts(), 1));
        TypeSerializerSnapshot<String> now = snapshot(new MarkedTexts(), 2);
        DataOutputSerializer to = new DataOutputSerializer(16);
        Views.writeText("value", to);

        assertThat(now.resolveSchemaCompatibility(old).isCompatibleAfterMigration()).isTrue();
        assertThat(old.restoreSerializer().deserialize(input(to))).isEqualTo("value");
    }

    @Test
    void aNewerFormIsRefused() {
        TypeSerializerSnapshot<String> newer = snapshot(new MarkedTexts(), 3);

        assertThat(
                        snapshot(new MarkedTexts(), 2)
                                .resolveSchemaCompatibility(newer)
                                .isIncompatible())
                .isTrue();
        assertThatThrownBy(
                        () ->
                                newer.restoreSerializer()
                                        .deserialize(new DataInputDeserializer(new byte[9])))
                .hasMessageContaining("version 3");
    }

    @Test
    void damagedSnapshotsAreRefused() throws IOException {
        DataOutputSerializer to = new DataOutputSerializer(16);
        to.writeInt(7);

        assertThatThrownBy(() -> read(1, to)).hasMessageContaining("not a Kedge codec");
        assertThatThrownBy(() -> read(9, to)).hasMessageContaining("format 9");
    }

    @Test
    void aCodecThatIsGoneIsNamed() throws IOException {
        for (String name : new String[] {"dev.kedge.Gone", "java.lang.String"}) {
            DataOutputSerializer to = new DataOutputSerializer(16);
            to.writeInt(0x4B444743);
            to.writeUTF(name);
            to.writeInt(1);

            assertThatThrownBy(() -> read(1, to)).hasMessageContaining("no codec " + name);
        }
    }

    @Test
    void typeAndSerializerTravelWithTheJobGraph() throws Exception {
        BinaryTypeInfo<String> type = new BinaryTypeInfo<>(String.class, new Texts());

        assertThat(InstantiationUtil.clone(type)).isEqualTo(type);
        assertThat(InstantiationUtil.clone(type.serializer())).isEqualTo(type.serializer());
        assertThat(type).hasToString("String by Texts");
        assertThat(type.isKeyType()).isFalse();
    }

    @Test
    void valuesAreHandedOverAndNotCopied() throws IOException {
        TypeSerializer<String> serializer = new BinaryTypeSerializer<>(new Texts());
        String value = "value";
        DataOutputSerializer from = new DataOutputSerializer(16);
        DataOutputSerializer to = new DataOutputSerializer(16);
        serializer.serialize(value, from);

        serializer.copy(input(from), to);

        assertThat(serializer.copy(value)).isSameAs(value);
        assertThat(serializer.deserialize("", input(to))).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 63, -64, 64, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE})
    void wholeNumbersComeBack(long value) throws IOException {
        DataOutputSerializer to = new DataOutputSerializer(16);
        Views.writeLong(value, to);

        assertThat(Views.readLong(input(to))).isEqualTo(value);
    }

    @Test
    void absurdLengthsAreRefusedBeforeMemoryIsTaken() throws IOException {
        for (long length : new long[] {-1, 1L << 30, 1L << 40}) {
            DataOutputSerializer to = new DataOutputSerializer(16);
            Views.writeLong(length, to);

            assertThatThrownBy(() -> Views.readBytes(input(to))).hasMessageContaining("length");
            assertThatThrownBy(() -> Views.readDoubles(input(to))).hasMessageContaining("length");
        }
    }

    @Test
    void aNumberThatDoesNotEndIsRefused() {
        byte[] endless = new byte[20];
        Arrays.fill(endless, (byte) -1);

        assertThatThrownBy(() -> Views.readLong(new DataInputDeserializer(endless)))
                .hasMessageContaining("does not end");
    }

    private static <T> TypeSerializerSnapshot<T> snapshot(BinaryCodec<T> codec, int version) {
        return new BinaryTypeSerializerSnapshot<>(codec, version);
    }

    private static <T> TypeSerializerSnapshot<T> throughBytes(TypeSerializerSnapshot<T> snapshot)
            throws IOException {
        DataOutputSerializer to = new DataOutputSerializer(64);
        TypeSerializerSnapshot.writeVersionedSnapshot(to, snapshot);
        return TypeSerializerSnapshot.readVersionedSnapshot(
                input(to), BinaryTypeSerializerTest.class.getClassLoader());
    }

    private static void read(int format, DataOutputSerializer written) throws IOException {
        new BinaryTypeSerializerSnapshot<String>()
                .readSnapshot(
                        format, input(written), BinaryTypeSerializerTest.class.getClassLoader());
    }

    private static DataInputDeserializer input(DataOutputSerializer written) {
        return new DataInputDeserializer(written.getCopyOfBuffer());
    }

    /** Texts, as they are. */
    public static final class Texts implements BinaryCodec<String> {
        private static final long serialVersionUID = 1L;

        @Override
        public void write(String value, DataOutputView to) throws IOException {
            Views.writeText(value, to);
        }

        @Override
        public String read(DataInputView from) throws IOException {
            return Views.readText(from);
        }
    }

    /** Texts whose second form begins with a mark. */
    public static final class MarkedTexts implements BinaryCodec<String> {
        private static final long serialVersionUID = 1L;

        @Override
        public int version() {
            return 2;
        }

        @Override
        public void write(String value, DataOutputView to) throws IOException {
            to.writeByte(1);
            Views.writeText(value, to);
        }

        @Override
        public String read(DataInputView from) throws IOException {
            from.readByte();
            return Views.readText(from);
        }

        @Override
        public String read(int version, DataInputView from) throws IOException {
            return version == 1 ? Views.readText(from) : BinaryCodec.super.read(version, from);
        }
    }
}
