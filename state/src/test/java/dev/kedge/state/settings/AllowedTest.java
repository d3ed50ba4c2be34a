// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.settings;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AllowedTest {
    @Test
    void refusesInOneLineThatNamesFieldValueAndWhatIsAllowed() {
        assertThatThrownBy(() -> Allowed.require(false, "a.b", 0.5, "above 1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a.b: 0.5 is not allowed; it must be above 1");
    }

    @Test
    void bothBoundsAreAllowedAndNothingBeyondThem() {
        assertThatCode(() -> Allowed.within("n", 3, 3, 7)).doesNotThrowAnyException();
        assertThatCode(() -> Allowed.within("n", 7, 3, 7)).doesNotThrowAnyException();
        assertThatThrownBy(() -> Allowed.within("n", 2, 3, 7))
                .hasMessage("n: 2 is not allowed; it must be between 3 and 7");
        assertThatThrownBy(() -> Allowed.within("n", 8, 3, 7))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
