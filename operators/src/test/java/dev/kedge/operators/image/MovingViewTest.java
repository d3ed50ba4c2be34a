// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kedge.operators.image.MovingView.Settings;
import dev.kedge.state.random.RestorableRandom;
import dev.kedge.state.settings.Schema;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MovingViewTest {
    private static final ImageShape SHAPE = new ImageShape(3, 8, 8);

    private final byte[] image = new byte[SHAPE.bytes()];
    private final RestorableRandom random = RestorableRandom.seeded(4);

    MovingViewTest() {
        for (int i = 0; i < image.length; i++) {
            image[i] = (byte) (i * 29);
        }
    }

    @Test
    void aQuarterTurnMovesEachPixelToItsPlace() {
        byte[] turned =
                Geometry.rotate(new byte[] {1, 2, 3, 4}, new ImageShape(1, 2, 2), Math.PI / 2);

        assertThat(turned).containsExactly(3, 1, 4, 2);
    }

    @Test
    void noTurnLeavesTheImageAndAFullTurnToo() {
        assertThat(Geometry.rotate(image, SHAPE, 0)).isEqualTo(image);
        assertThat(Geometry.rotate(image, SHAPE, 2 * Math.PI)).isEqualTo(image);
    }

    @Test
    void nothingChangesIfNothingIsAllowedTo() {
        MovingView view = new MovingView(SHAPE, new Settings(0, 1, 1, 0, 0, 1));

        assertThat(view.begin(random).next(image, List.of(), random)).isEqualTo(image);
    }

    @Test
    void allViewsOfASequenceAreMirroredOrNone() {
        MovingView view = new MovingView(SHAPE, new Settings(0, 1, 1, 0.5, 0, 1));
        byte[] mirrored = Geometry.flip(image, SHAPE);
        int flips = 0;
        for (int n = 0; n < 40; n++) {
            MovingView.Sequence sequence = view.begin(random);
            byte[] first = sequence.next(image, List.of(), random);
            flips += Arrays.equals(first, mirrored) ? 1 : 0;

            assertThat(first).isIn(image, mirrored);
            assertThat(sequence.next(image, List.of(), random)).isEqualTo(first);
        }
        assertThat(flips).isBetween(10, 30);
    }

    @Test
    void turnsAddUpFromViewToView() {
        MovingView view = new MovingView(SHAPE, new Settings(15, 1, 1, 0, 0, 1));
        MovingView.Sequence sequence = view.begin(random);
        RestorableRandom ahead = RestorableRandom.restored(random.state());
        double angle = 0;
        for (int n = 0; n < 5; n++) {
            angle += -15 + 30 * ahead.nextDouble();
            // area, aspect, place of the crop, paste
            ahead.nextDouble();
            ahead.nextDouble();
            ahead.nextInt(1);
            ahead.nextInt(1);
            ahead.nextDouble();

            assertThat(sequence.next(image, List.of(), random))
                    .isEqualTo(Geometry.rotate(image, SHAPE, Math.toRadians(angle)));
        }
        assertThat(Math.abs(angle)).isGreaterThan(1);
    }

    @Test
    void anotherImageCoversPartOfTheView() {
        byte[] even = new byte[SHAPE.bytes()];
        byte[] other = new byte[SHAPE.bytes()];
        Arrays.fill(other, (byte) 9);
        MovingView view = new MovingView(SHAPE, new Settings(0, 1, 1, 0, 1, 0.5));
        for (int n = 0; n < 50; n++) {
            byte[] pasted = view.begin(random).next(even, List.of(other), random);
            int covered = 0;
            for (byte value : pasted) {
                covered += value == 9 ? 1 : 0;
            }
            assertThat(pasted).containsAnyOf((byte) 9);
            assertThat(covered).isLessThanOrEqualTo(3 * 4 * 4);
        }
        assertThat(even).containsOnly(0);
    }

    @Test
    void settingsThatCannotBeAreRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Schema.checked(new Settings(181, 1, 1, 0, 0, 1)))
                .withMessageContaining("rotation: 181.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Schema.checked(new Settings(0, 0, 1, 0, 0, 1)))
                .withMessageContaining("least-area: 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Schema.checked(new Settings(0, 1, 1, 0, 0, 0)))
                .withMessageContaining("pasted: 0.0");
    }
}
