// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HitWindowTest {
    private final HitWindow window = new HitWindow(4);

    @Test
    void countsOnlyTheNewestAndRemembersItsBestOnceFull() {
        assertThat(window.accuracy()).isNaN();
        window.add(true);
        window.add(true);
        window.add(true);
        assertThat(window.accuracy()).isEqualTo(1);
        assertThat(window.best()).as("not full yet").isNaN();
        window.add(false);
        assertThat(window.best()).isEqualTo(0.75);
        window.add(false);
        window.add(false);

        assertThat(window.accuracy()).isEqualTo(0.25);
        assertThat(window.best()).isEqualTo(0.75);
        assertThat(window.count()).isEqualTo(6);
    }
}
