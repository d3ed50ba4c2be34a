// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.operators.tracker.ctvis.Box;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MotReaderTest {
    @TempDir private Path folder;

    @Test
    void tablesWithHeadersAreRead() throws IOException {
        write(
                "a-detections.csv",
                "frame,left,top,width,height,confidence,e0,e1\n3,1,2,3,4,0.5,1,-1\n");
        write("a-truth.csv", "frame,identity,left,top,width,height,visibility\n1,7,1,1,2,2,0.1\n");

        MotSequence read = new MotReader(folder).read("a");

        assertThat(read.width()).isEqualTo(2);
        assertThat(read.frames()).hasSize(3);
        assertThat(read.frames().get(0).truth())
                .containsExactly(new MotSequence.Truth(7, Box.ofSides(1, 1, 2, 2)));
        assertThat(read.frames().get(1).seen()).isEmpty();
        MotSequence.Seen seen = read.frames().get(2).seen().get(0);
        assertThat(seen.box()).isEqualTo(Box.ofSides(1, 2, 3, 4));
        assertThat(seen.confidence()).isEqualTo(0.5);
        assertThat(seen.embedding()).containsExactly(1, -1);
    }

    @Test
    void theFoldersOfTheChallengeAreReadOfWhichConsideredPedestriansCount() throws IOException {
        write("b/det/det.txt", "1,-1,10,20,30,40,1.7,-1,-1,-1\n2,-1,11,20,30,40,-0.2,-1,-1,-1\n");
        write("b/det/embeddings.csv", "0.5,0.25\n1,2\n");
        write("b/gt/gt.txt", "1,4,1,1,5,5,1,1,1\n1,5,1,1,5,5,0,1,1\n1,6,1,1,5,5,1,8,1\n");

        MotSequence read = new MotReader(folder).read("b");

        assertThat(read.frames().get(0).truth()).extracting("identity").containsExactly(4L);
        assertThat(read.frames().get(0).seen().get(0).embedding()).containsExactly(0.5f, 0.25f);
        assertThat(read.frames())
                .flatExtracting(MotSequence.Frame::seen)
                .extracting("confidence")
                .containsExactly(1.0, 0.0);
    }

    @Test
    void whatIsWrongIsNamedWithItsPlace() throws IOException {
        write("c-detections.csv", "frame,left,top,width,height,confidence\n1,1,2,x,4,0.5\n");
        write("d-detections.csv", "frame,left,top,width,confidence\n1,1,2,4,0.5\n");
        write("e-detections.csv", "frame,left,top,width,height,confidence\n0,1,2,3,4,0.5\n");
        write("f-detections.csv", "frame,left,top,width,height,confidence\n1,1,2,-3,4,0.5\n");
        write("g/det/det.txt", "1,-1,10,20,30,40,1\n");
        write("g/det/embeddings.csv", "1\n2\n");
        write("h-detections.csv", "frame,left,top,width,height,confidence\n1,1,2,3,4,0.5\n");

        assertRefused("c", "c-detections.csv:2: width is 'x', it must be a number");
        assertRefused("d", "d-detections.csv has no column 'height'");
        assertRefused("e", "frame 0.0 is not allowed; it must be 1 to 1e7");
        assertRefused("f", "f-detections.csv: box: [1.0, 2.0, -2.0, 6.0] is not allowed");
        assertRefused("g", "embeddings.csv has 2 rows");
        assertRefused("h", "h-truth.csv: there is no such file");
        assertRefused("i", "has neither i-detections.csv nor i/det/det.txt");
    }

    private void assertRefused(String name, String reason) {
        assertThatThrownBy(() -> new MotReader(folder).read(name))
                .isInstanceOf(DatasetFormatException.class)
                .hasMessageContaining(reason);
    }

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
