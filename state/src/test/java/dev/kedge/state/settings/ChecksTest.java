// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.settings;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ChecksTest {
    @Test
    void refusesInOneLineThatNamesFieldValueAndWhatIsAllowed() {
        assertThatThrownBy(() -> Checks.require(false, "a.b", 0.5, "above 1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a.b: 0.5 is not allowed; it must be above 1");
    }

    @Test
    void bothBoundsAreAllowedAndNothingBeyondThem() {
        assertThatCode(() -> Checks.within("n", 3, 3, 7)).doesNotThrowAnyException();
        assertThatCode(() -> Checks.within("n", 7, 3, 7)).doesNotThrowAnyException();
        assertThatThrownBy(() -> Checks.within("n", 2, 3, 7))
                .hasMessage("n: 2 is not allowed; it must be between 3 and 7");
        assertThatThrownBy(() -> Checks.within("n", 8, 3, 7))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
