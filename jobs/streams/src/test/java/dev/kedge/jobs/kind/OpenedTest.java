// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.kind;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenedTest {
    private final List<String> closed = new ArrayList<>();
    private final Opened opened = new Opened();

    private AutoCloseable named(String name) {
        return () -> closed.add(name);
    }

    @Test
    void whatWasOpenedLastIsClosedFirstAndEachOnce() {
        opened.keep(named("a"));
        opened.keep(named("b"));

        opened.close();
        opened.close();

        assertThat(closed).containsExactly("b", "a");
    }

    @Test
    void oneThatCannotBeClosedDoesNotKeepTheOthersOpen() {
        opened.keep(named("a"));
        opened.keep(
                () -> {
                    throw new IllegalStateException("stuck");
                });

        opened.close();

        assertThat(closed).containsExactly("a");
    }
}
