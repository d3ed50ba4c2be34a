// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import dev.kedge.state.parameters.Layout;
import dev.kedge.state.parameters.ParameterSnapshot;
import dev.kedge.state.part.ModelFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Savepoints with models of unusual number, name and size. */
class ModelSavepointITCase {
    private static final int MODELS = 300;
    private static final String LARGE = "größtes/模型 🏖";
    private static final int LARGE_VALUES = 2_000_000;

    @TempDir private static Path manyFolder;

    private static ModelSavepoint many;

    @TempDir private Path folder;

    @BeforeAll
    static void writeMany() throws Exception {
        many = ModelSavepoint.open(WrittenSavepoint.write(manyFolder, many()), "learn");
    }

    private ModelSavepoint written(String name, List<PartPiece> parts) throws Exception {
        return ModelSavepoint.open(WrittenSavepoint.write(folder.resolve(name), parts), "learn");
    }

    private static PartPiece part(String model, String name, byte[] bytes) {
        return new PartPiece(model, name, bytes, true);
    }

    private static byte[] frame(int value) {
        BinaryWriter out = new BinaryWriter(4);
        out.putInt(value);
        return Envelope.seal(Family.MODEL, 1, out);
    }

    private static byte[] vector(int size, float first) {
        Layout.Builder layout = Layout.builder();
        layout.add("head", 1, 2);
        layout.add("body", 1, size - 2);
        float[] values = new float[size];
        values[0] = first;
        values[size - 1] = 7;
        return ParameterSnapshot.write(layout.build(), values);
    }

    private static List<PartPiece> many() {
        List<PartPiece> parts = new ArrayList<>();
        IntStream.range(0, MODELS).forEach(i -> parts.add(part("m" + i, "progress", frame(i))));
        parts.add(part(LARGE, "learner/parameters", vector(LARGE_VALUES, 1)));
        return parts;
    }

    @Test
    void everyModelIsCountedOnceAndTheLargestComeFirst() {
        Inspection found = Inspection.of(many, 3);

        assertThat(found.summary().models()).isEqualTo(MODELS + 1);
        assertThat(found.summary().median()).isEqualTo(frame(0).length);
        assertThat(found.largest())
                .extracting(ModelFigures::model)
                .containsExactly(LARGE, "m0", "m1");
        assertThat(found.summary().formats()).containsExactly("MODEL 1", "PARAMETERS 1");
        assertThat(found.summary().families().get("progress"))
                .isEqualTo(new ModelFigures.Size(MODELS, (long) MODELS * frame(0).length));
    }

    @Test
    void aPartOfManyMegabytesIsReadWholeAmongModelsThatAreNotAskedFor() {
        Set<String> read = new TreeSet<>();

        many.parts(
                Set.of(LARGE, "m7"),
                (model, name, bytes) -> {
                    read.add(model + " " + name);
                    assertThat(bytes)
                            .isEqualTo(model.equals(LARGE) ? vector(LARGE_VALUES, 1) : frame(7));
                });

        assertThat(read).containsExactlyInAnyOrder(LARGE + " learner/parameters", "m7 progress");
    }

    @Test
    void aModelIsExportedByItsName() throws Exception {
        Path file = folder.resolve("file");

        ModelExport written = ModelExport.write(many, "m299", file, false);

        byte[] bytes = Files.readAllBytes(file);
        assertThat(written).isEqualTo(new ModelExport("m299", 1, bytes.length));
        assertThat(ModelFile.fromBytes(bytes).parts().get("progress")).hasValue(frame(299));
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void theLargestDifferenceOfASliceIsTold() throws Exception {
        ModelSavepoint a =
                written(
                        "a",
                        List.of(
                                part("m", "learner/parameters", vector(10, 1)),
                                part("m", "ledger/x", frame(1)),
                                part("m", "ledger/y", frame(1)),
                                part("same", "progress", frame(1))));
        ModelSavepoint b =
                written(
                        "b",
                        List.of(
                                part("same", "progress", frame(1)),
                                part("m", "ledger/z", frame(1)),
                                part("m", "ledger/y", frame(2)),
                                part("m", "learner/parameters", vector(12, 3.5f))));

        Difference difference = Difference.between(a, b, 10);

        assertThat(difference.identical()).isFalse();
        assertThat(difference.text().lines())
                .containsExactly(
                        "m: differs",
                        "  learner/parameters: slices head 1 of 2 values, by at most 2.5;"
                                + " body 1x8 in A, 1x10 in B",
                        "  ledger/x: only in A",
                        "  ledger/y: 20 bytes in both",
                        "  ledger/z: only in B",
                        "different: 1 models differ, 0 only in A, 0 only in B; 1 are identical");
    }

    @Test
    void aPartThatIsNoFrameIsRefusedByItsName() throws Exception {
        ModelSavepoint savepoint =
                written("bad", List.of(part("m", "ledger/x", new byte[] {1, 2, 3})));

        assertThatThrownBy(() -> Inspection.of(savepoint, 1))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("model 'm' is damaged: part 'ledger/x': truncated: 3 bytes");
        assertThatThrownBy(() -> ModelExport.write(savepoint, "m", folder.resolve("out"), false))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("part 'ledger/x': truncated");
        assertThat(folder.resolve("out")).doesNotExist();
    }
}
