// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.operators.Languages;
import org.junit.jupiter.api.Test;

class ClassifierLanguageTest {
    @Test
    void aModelThatIsRestoredUnderAnotherLanguageEveryTimeEndsTheSame() throws Exception {
        assertThat(Languages.hasOtherDigits()).isTrue();
        try (Bench whole = new Bench(Bench.settings());
                Bench restless = new Bench(Bench.settings());
                Languages languages = new Languages()) {
            for (int i = 0; i < 60; i++) {
                for (Bench one : new Bench[] {whole, restless}) {
                    one.labelled("t" + i, 40L * i, "abc".substring(i % 3, i % 3 + 1));
                    one.sample("w" + i, 40L * i + 1, "a");
                    one.label("v" + (i + 1), 40L * i + 3, "b");
                    if (one == restless) {
                        restless.restore();
                    }
                }
                languages.change();
            }

            assertThat(restless.scores).isEqualTo(whole.scores);
            assertThat(restless.flushed().names("replay/slot/")).isNotEmpty();
            assertThat(restless.flushed().names("")).isEqualTo(whole.flushed().names(""));
            whole.flushed()
                    .parts()
                    .forEach(
                            (part, bytes) ->
                                    assertThat(restless.flushed().get(part).orElseThrow())
                                            .as(part)
                                            .isEqualTo(bytes));
        }
    }
}
