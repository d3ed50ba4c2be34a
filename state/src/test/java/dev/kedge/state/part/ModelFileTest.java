// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.DamagedSnapshotException;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import org.junit.jupiter.api.Test;

class ModelFileTest {
    private static byte[] withParts(String... names) {
        BinaryWriter out = new BinaryWriter(0);
        out.putUtf8("m");
        out.putInt(names.length);
        for (String name : names) {
            out.putUtf8(name);
            out.putBytes(new byte[] {1});
        }
        return Envelope.seal(Family.MODEL_FILE, 1, out);
    }

    @Test
    void aModelWithoutPartsIsReadBack() {
        assertThat(ModelFile.fromBytes(withParts()).parts().parts()).isEmpty();
    }

    @Test
    void aPartThatIsThereTwiceIsRefused() {
        assertThatThrownBy(() -> ModelFile.fromBytes(withParts("a", "a")))
                .isInstanceOf(DamagedSnapshotException.class)
                .hasMessage("part 'a' comes after part 'a'");
    }

    @Test
    void partsOutOfOrderAreRefused() {
        assertThatThrownBy(() -> ModelFile.fromBytes(withParts("b", "a")))
                .isInstanceOf(DamagedSnapshotException.class)
                .hasMessage("part 'a' comes after part 'b'");
    }
}
