// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.operators.ads.LaunchInputs.Input;
import dev.kedge.operators.ads.creative.CreativeContent;
import dev.kedge.operators.ads.creative.CreativeDiscontinued;
import dev.kedge.operators.ads.creative.CreativeEvent;
import dev.kedge.operators.ads.creative.CreativeLaunched;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LaunchInputsTest {
    private static final long DAY = 86_400_000L;
    private static final int STOPPED = 1;

    @Test
    void aCreativeIsReadAsItWasKnownAtItsLaunchAndNothingLaterChangesThat() {
        Input before = inputs(List.of(launched("a", 0), launched("b", 3))).get(1);
        Input after =
                inputs(List.of(launched("a", 0), launched("b", 3), stopped("a", 5, ""))).get(1);

        assertThat(after).usingRecursiveComparison().isEqualTo(before);
        assertThat(before.tokens()).isNotEmpty();
        assertThat(before.categories()).hasSize(2);
    }

    @Test
    void theAdvertisersStopsBeforeTheLaunchAreKnownAndWhatIsCensoredIsNoStop() {
        assertThat(stopsKnown("")).isEqualTo((float) Math.log(2));
        assertThat(stopsKnown("unobserved")).isZero();
    }

    private static float stopsKnown(String reason) {
        Input input =
                inputs(List.of(launched("a", 0), stopped("a", 2, reason), launched("b", 3))).get(1);
        int past = input.numbers().length - 4;
        return input.numbers()[past + STOPPED];
    }

    private static List<Input> inputs(List<CreativeEvent> events) {
        List<Input> inputs = new ArrayList<>();
        try (LaunchInputs reader = new LaunchInputs(DiscontinuationSettings.DEFAULT)) {
            events.forEach(event -> reader.see(event).ifPresent(inputs::add));
            assertThat(inputs.get(0).numbers()).hasSize(reader.encoder().numbers());
        }
        return inputs;
    }

    private static CreativeEvent launched(String creative, long day) {
        CreativeContent content =
                CreativeContent.of(
                        "x", "words of " + creative, Map.of("f", "v"), Map.of(), new float[0]);
        return new CreativeLaunched("m", creative, day * DAY, content);
    }

    private static CreativeEvent stopped(String creative, long day, String reason) {
        return new CreativeDiscontinued("m", creative, day * DAY, reason);
    }
}
