// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.state.record.Since;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordTypeTest {
    private static final RecordType<Whole> WHOLE = RecordType.forRecord(Whole.class);

    private enum Colour {
        RED,
        BLUE
    }

    private sealed interface Shape permits Circle, Square {}

    private record Circle(double radius) implements Shape {
        Circle {
            if (!(radius >= 0)) {
                throw new IllegalArgumentException("radius: " + radius);
            }
        }
    }

    private record Square(int side) implements Shape {}

    private record Whole(
            String text,
            long number,
            boolean truth,
            Colour colour,
            Optional<Shape> shape,
            List<Square> squares,
            SortedMap<String, Double> numbers,
            SortedSet<String> names,
            byte[] bytes,
            float[] floats,
            double[] doubles) {}

    private record Pair<A, B>(A first, List<B> others) {}

    private record Old(String name, String end) {}

    private record New(
            String name, @Since(3) long third, @Since(2) List<String> second, String end) {}

    private record Untold(Object anything) {}

    private static Whole whole() {
        return new Whole(
                "größer",
                -5,
                true,
                Colour.BLUE,
                Optional.of(new Circle(0.1)),
                List.of(new Square(1), new Square(-2)),
                new TreeMap<>(Map.of("a", Double.NaN, "b", -0.0)),
                new TreeSet<>(List.of("x", "y")),
                new byte[] {1, -1},
                new float[] {0.1f},
                new double[] {0.2, Double.NaN});
    }

    @Test
    void everyComponentComesBackAsItWas() throws IOException {
        DataInputDeserializer from = input(written(WHOLE, whole()));

        assertThat(WHOLE.serializer().deserialize(from))
                .usingRecursiveComparison()
                .withEqualsForType((a, b) -> Double.compare(a, b) == 0, Double.class)
                .isEqualTo(whole());
        assertThat(from.available()).isZero();
    }

    @Test
    void componentsAreWrittenInTheirOrder() throws IOException {
        assertThat(written(RecordType.forRecord(Old.class), new Old("ab", "c")))
                .containsExactly(4, 'a', 'b', 2, 'c');
        assertThat(written(RecordType.forRecord(New.class), new New("a", 3, List.of("d"), "c")))
                .containsExactly(2, 'a', 2, 'c', 2, 2, 'd', 6);
        assertThat(written(RecordType.forRecord(Shape.class), new Square(1))).containsExactly(1, 2);
    }

    @Test
    void whatAnOlderVersionLackedIsEmpty() throws IOException {
        RecordForm<New> form = RecordForm.of(New.class);
        byte[] first = {2, 'a', 2, 'c'};
        byte[] second = {2, 'a', 2, 'c', 2, 2, 'd'};

        assertThat(form.version()).isEqualTo(3);
        assertThat(RecordForm.of(Old.class).version()).isZero();
        assertThat(form.read(1, input(first))).isEqualTo(new New("a", 0, List.of(), "c"));
        assertThat(form.read(2, input(second))).isEqualTo(new New("a", 0, List.of("d"), "c"));
    }

    @Test
    void parametersStandForWhatTheTypeIsGiven() throws IOException {
        RecordType<Pair<Shape, String>> type =
                RecordType.forRecord(Pair.class, Shape.class, String.class);
        Pair<Shape, String> pair = new Pair<>(new Square(4), List.of("a", "b"));

        assertThat(type.serializer().deserialize(input(written(type, pair)))).isEqualTo(pair);
        assertThat(type).hasToString("Pair[Shape, String]");
        assertThatThrownBy(() -> RecordType.forRecord(Pair.class))
                .hasMessageContaining("has 2 parameters, not 0");
    }

    @Test
    void aTypeWithoutAFormIsRefusedWhereTheJobIsBuilt() {
        assertThatThrownBy(() -> RecordType.forRecord(Untold.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no form of bytes for java.lang.Object");
    }

    @Test
    void damageIsAnErrorOfReading() throws IOException {
        RecordType<Shape> type = RecordType.forRecord(Shape.class);
        byte[] negative = written(type, new Circle(1));
        negative[1] |= (byte) 0x80;
        byte[] unknown = {2};
        byte[] colour = written(WHOLE, whole());
        colour[indexOf(colour, (byte) 'B')] = 'C';

        assertThatThrownBy(() -> type.serializer().deserialize(input(negative)))
                .isInstanceOf(IOException.class)
                .hasMessage("damaged: radius: -1.0");
        assertThatThrownBy(() -> type.serializer().deserialize(input(unknown)))
                .isInstanceOf(IOException.class)
                .hasMessage("damaged: no record of type 2");
        assertThatThrownBy(() -> WHOLE.serializer().deserialize(input(colour)))
                .isInstanceOf(IOException.class)
                .hasMessage("damaged: no Colour CLUE");
    }

    @Test
    void typeAndSerializerTravelWithTheJobGraph() throws Exception {
        TypeSerializer<Whole> there = InstantiationUtil.clone(WHOLE.serializer());

        assertThat(InstantiationUtil.clone(WHOLE)).isEqualTo(WHOLE);
        assertThat(there)
                .isEqualTo(WHOLE.serializer())
                .isNotEqualTo(new RecordSerializer<Old>(Old.class));
        assertThat(there.deserialize(input(written(WHOLE, whole()))).text()).isEqualTo("größer");
        assertThat(WHOLE).hasToString("Whole").isNotEqualTo(RecordType.forRecord(Old.class));
        assertThat(WHOLE.isKeyType()).isFalse();
    }

    @Test
    void recordsAreHandedOverAndNotCopied() throws IOException {
        TypeSerializer<Whole> serializer = WHOLE.serializer();
        Whole value = whole();
        DataOutputSerializer to = new DataOutputSerializer(16);

        serializer.copy(input(written(WHOLE, value)), to);

        assertThat(serializer.copy(value)).isSameAs(value);
        assertThat(to.getCopyOfBuffer()).isEqualTo(written(WHOLE, value));
    }

    /** Bytes of a component that moved would be read as another: no savepoint may hold them. */
    @Test
    void noStateCanBeKeptInIt() {
        assertThatThrownBy(() -> WHOLE.serializer().snapshotConfiguration())
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageEndingWith("Whole crosses between operators and is kept in no state");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 63, -64, 64, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE})
    void wholeNumbersComeBack(long value) throws IOException {
        DataOutputSerializer to = new DataOutputSerializer(16);
        Views.writeLong(value, to);

        assertThat(Views.readLong(input(to.getCopyOfBuffer()))).isEqualTo(value);
    }

    @Test
    void absurdLengthsAreRefusedBeforeMemoryIsTaken() throws IOException {
        for (long length : new long[] {-1, 1L << 30, 1L << 40}) {
            DataOutputSerializer to = new DataOutputSerializer(16);
            Views.writeLong(length, to);
            byte[] bytes = to.getCopyOfBuffer();

            assertThatThrownBy(() -> Views.readBytes(input(bytes))).hasMessageContaining("length");
            assertThatThrownBy(() -> Views.readDoubles(input(bytes)))
                    .hasMessageContaining("length");
        }
    }

    @Test
    void aNumberThatDoesNotEndIsRefused() {
        byte[] endless = new byte[20];
        Arrays.fill(endless, (byte) -1);

        assertThatThrownBy(() -> Views.readLong(input(endless)))
                .hasMessageContaining("does not end");
    }

    private static int indexOf(byte[] bytes, byte wanted) {
        int at = 0;
        while (bytes[at] != wanted) {
            at++;
        }
        return at;
    }

    private static <T> byte[] written(RecordType<T> type, T value) throws IOException {
        DataOutputSerializer to = new DataOutputSerializer(64);
        type.serializer().serialize(value, to);
        return to.getCopyOfBuffer();
    }

    private static DataInputDeserializer input(byte[] bytes) {
        return new DataInputDeserializer(bytes);
    }
}
