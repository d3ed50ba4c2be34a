// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kedge.operators.ctvis.Box;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BoxCodecTest {
    static Stream<Optional<Box>> boxes() {
        return Stream.of(
                Optional.empty(),
                Optional.of(new Box(1, 2, 4.5, 6)),
                Optional.of(new Box(0.1, 0.2, 0.7, 0.9)),
                Optional.of(Box.ofSides(16.1, 20.7, 76.3, 0.1)));
    }

    @ParameterizedTest
    @MethodSource("boxes")
    void whatIsWrittenIsReadBackToTheLastBit(Optional<Box> box) throws IOException {
        DataInputDeserializer from = new DataInputDeserializer(written(box));

        assertThat(BoxCodec.read(from)).isEqualTo(box);
        assertThat(from.available()).isZero();
    }

    @Test
    void aBoxThatFollowsFromItsCornersIsWrittenAsItAlwaysWas() throws IOException {
        assertThat(written(Optional.of(new Box(1, 2, 4.5, 6)))).hasSize(33).startsWith(1);
        assertThat(written(Optional.of(Box.ofSides(16.1, 20.7, 76.3, 0.1))))
                .hasSize(49)
                .startsWith(2);
    }

    @Test
    void anotherFirstByteAndSidesThatDoNotFitTheCornersAreRefused() throws IOException {
        byte[] unknown = written(Optional.of(new Box(1, 2, 4.5, 6)));
        unknown[0] = 3;
        byte[] crooked = written(Optional.of(Box.ofSides(16.1, 20.7, 76.3, 0.1)));
        crooked[34] ^= 1;

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> BoxCodec.read(new DataInputDeserializer(unknown)))
                .withMessage("damaged: 3 is no way to tell a box");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> BoxCodec.read(new DataInputDeserializer(crooked)))
                .withMessageStartingWith("damaged: box: [16.1, 20.7, ");
    }

    private static byte[] written(Optional<Box> box) throws IOException {
        DataOutputSerializer to = new DataOutputSerializer(64);
        BoxCodec.write(box, to);
        return to.getCopyOfBuffer();
    }
}
