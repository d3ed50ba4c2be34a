// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartFamilyTest {
    @ParameterizedTest
    @CsvSource({
        "pending, pending",
        "ledger/c42, ledger",
        "ledger/a/b, ledger",
        "ledger/, ledger",
        "learner/parameters, learner/parameters",
        "learner/slot/0, learner/slot",
        "learner, learner",
        "replay/slot/17, replay/slot",
        "replay/memory, replay/memory",
        "memory/bank/entry/0f, memory/bank",
        "memory/member/0f, memory/member",
        "teacher/parameters, teacher/parameters"
    })
    void theFamilyIsTheNameUpToItsSlash(String part, String family) {
        assertThat(PartFamily.of(part)).isEqualTo(family);
    }
}
