// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads;

import static dev.kedge.operators.ads.Bench.market;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.operators.Languages;
import dev.kedge.operators.ads.creative.CreativeEvent;
import org.junit.jupiter.api.Test;

class DiscontinuationLanguageTest {
    @Test
    void aModelThatIsRestoredUnderAnotherLanguageEveryTimeEndsTheSame() {
        assertThat(Languages.hasOtherDigits()).isTrue();
        try (Bench whole = new Bench(CreativeMemoryModelTest.ON);
                Bench restless = new Bench(CreativeMemoryModelTest.ON);
                Languages languages = new Languages()) {
            for (CreativeEvent event : market(12, 4)) {
                whole.send(event);
                restless.send(event).restart();
                languages.change();
            }
            whole.flush();
            restless.flush();

            assertThat(restless.store.names("")).isEqualTo(whole.store.names(""));
            assertThat(restless.store.names("")).anyMatch(name -> name.matches(".*[0-9]{2}"));
            whole.store
                    .parts()
                    .forEach(
                            (part, bytes) ->
                                    assertThat(restless.store.get(part).orElseThrow())
                                            .as(part)
                                            .isEqualTo(bytes));
            assertThat(restless.scores)
                    .usingRecursiveFieldByFieldElementComparator()
                    .containsExactlyElementsOf(whole.scores);
        }
    }
}
