// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which check a golden vector gets. */
class GoldenVectorsTest {
    private final List<String> checked = new ArrayList<>();
    private final Map<String, GoldenVectors.Check> checks =
            Map.of("er_", golden -> checked.add("er"), "pcr_", golden -> checked.add("pcr"));

    @ParameterizedTest
    @ValueSource(strings = {"er_cross_entropy", "er_labels_trick", "er_labels_trick_small"})
    void theBeginningOfItsNameSaysWhichCheck(String name) {
        check(name);

        assertThat(checked).containsExactly("er");
    }

    @Test
    void aBeginningThatNobodyKnowsIsAFailureThatNamesTheCase() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> check("der_two_draws"))
                .withMessageContaining("prefixes known of case 'der_two_draws'");
        assertThat(checked).isEmpty();
    }

    private void check(String name) {
        GoldenVectors.check(JsonNodeFactory.instance.objectNode().put("case", name), checks);
    }
}
