// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker;

import static dev.kedge.operators.tracker.Camera.START;
import static dev.kedge.operators.tracker.Camera.shows;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.operators.Languages;
import org.junit.jupiter.api.Test;

class TrackerLanguageTest {
    @Test
    void aModelThatIsRestoredUnderAnotherLanguageEveryTimeEndsTheSame() throws Exception {
        assertThat(Languages.hasOtherDigits()).isTrue();
        try (Camera whole = new Camera(Camera.SETTINGS);
                Camera restless = new Camera(Camera.SETTINGS)) {
            for (long n = 1; n <= 60; n++) {
                StreamFrame frame =
                        shows("s" + n % 3, n, START + 1000 * n, (int) (n % 2), 2 + (int) (n % 2));
                whole.send(frame);
                try (Languages languages = new Languages()) {
                    if (n % 2 == 0) {
                        languages.change();
                    }
                    restless.send(frame).restart();
                }
            }

            assertThat(restless.scores).isEqualTo(whole.scores);
            assertThat(restless.store.names("")).isEqualTo(whole.flush().store.names(""));
            whole.store
                    .parts()
                    .forEach(
                            (part, bytes) ->
                                    assertThat(restless.store.get(part).orElseThrow())
                                            .as(part)
                                            .isEqualTo(bytes));
        }
    }
}
