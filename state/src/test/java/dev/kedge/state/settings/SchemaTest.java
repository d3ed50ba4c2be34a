// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaTest {
    private static final Outer GOOD =
            new Outer(
                    "name",
                    new Inner(3, 0.5, 2, 7, 1, 0),
                    new Times(Duration.ofSeconds(1), Duration.ofDays(2), Duration.ofHours(1)),
                    new Lists(List.of(1), List.of("a", "b"), List.of()));

    record Outer(
            @Matching(value = Matching.NAME, allowed = "a name") String someName,
            @Meaning(at = "least", value = "Here it is another.") Inner inner,
            @Group Times times,
            Lists lists) {}

    record Inner(
            @Meaning("The least.") @Range(min = 1, max = 10) int least,
            @Range(above = 0, max = 0.5) double share,
            @Range(min = 0) double weight,
            @Range(max = 9) long most,
            @Range(min = 0, below = 2) double part,
            @Range double any) {
        Inner {
            Checks.require(most > least, "most", most, "above least");
        }
    }

    record Times(
            @Lasting(above = "0") Duration every,
            @Lasting(min = "1 minute", max = "31 days") Duration within,
            @Lasting(min = "100 ms") Duration patience) {}

    record Lists(
            @Count(min = 1) @Range(min = 1) List<Integer> widths,
            @Count(min = 1, distinct = true) List<String> names,
            @Count(max = 2) List<Long> few) {}

    static List<List<Object>> refused() {
        return List.of(
                List.of("some-name", "a b", "some-name: a b is not allowed; it must be a name"),
                List.of("some-name", " ", "some-name: ' ' is not allowed; it must be a name"),
                List.of("inner.least", 0, "0 is not allowed; it must be between 1 and 10"),
                List.of("inner.least", 11, "11 is not allowed; it must be between 1 and 10"),
                List.of("inner.share", 0.0, "0.0 is not allowed; it must be above 0, at most 0.5"),
                List.of("inner.share", 0.6, "0.6 is not allowed; it must be above 0, at most 0.5"),
                List.of("inner.share", Double.NaN, "NaN is not allowed; it must be above 0, at"),
                List.of("inner.weight", -1.0, "-1.0 is not allowed; it must be at least 0"),
                List.of("inner.weight", Double.POSITIVE_INFINITY, "Infinity is not allowed"),
                List.of("inner.most", 10L, "10 is not allowed; it must be at most 9"),
                List.of("inner.part", 2.0, "2.0 is not allowed; it must be at least 0 and below 2"),
                List.of("inner.any", Double.NaN, "NaN is not allowed; it must be a finite number"),
                List.of("every", Duration.ZERO, "0 ms is not allowed; it must be above 0"),
                List.of(
                        "within",
                        Duration.ofSeconds(59),
                        "59 s is not allowed; it must be between 1 minute and 31 days"),
                List.of("within", Duration.ofDays(32), "between 1 minute and 31 days"),
                List.of("patience", Duration.ofMillis(99), "it must be at least 100 ms"),
                List.of("lists.widths", List.of(), "[] is not allowed; it must be at least one"),
                List.of("lists.widths", List.of(2, 0), "0 is not allowed; it must be at least 1"),
                List.of("lists.names", List.of("a", "a"), "[a, a] is not allowed; it must be at"),
                List.of("lists.few", List.of(1L, 2L, 3L), "it must be at most 2"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatIsNotAllowedIsRefusedWithItsPath(List<Object> line) {
        String path = (String) line.get(0);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Schema.with(GOOD, path, line.get(1)))
                .withMessageStartingWith(path + ": ")
                .withMessageContaining((String) line.get(2));
    }

    @Test
    void oneValueIsChangedWhereverItStands() {
        Outer other = Schema.with(Schema.with(GOOD, "inner.least", 5), "every", Duration.ofDays(9));

        assertThat(other.inner().least()).isEqualTo(5);
        assertThat(other.times().every()).isEqualTo(Duration.ofDays(9));
        assertThat(Schema.with(Schema.with(other, "inner.least", 3), "every", GOOD.times().every()))
                .isEqualTo(GOOD);
    }

    @Test
    void aRuleBetweenFieldsIsKeptWithItsPath() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Schema.with(GOOD, "inner.most", 3L))
                .withMessage("inner.most: 3 is not allowed; it must be above least");
    }

    @Test
    void whatIsNoSettingIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Schema.with(GOOD, "inner.lest", 3))
                .withMessage("inner.lest: there is no such setting");
    }

    @Test
    void settingsMadeByCodeAreCheckedInDepth() {
        Times times = new Times(Duration.ZERO, Duration.ofDays(2), Duration.ofHours(1));
        Inner inner = new Inner(0, 0.5, 2, 7, 1, 0);

        assertThat(Schema.checked(GOOD)).isSameAs(GOOD);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Schema.checked(new Outer("a", inner, GOOD.times(), GOOD.lists())))
                .withMessage("inner.least: 0 is not allowed; it must be between 1 and 10");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Schema.checked(new Outer("a", GOOD.inner(), times, GOOD.lists())))
                .withMessage("every: 0 ms is not allowed; it must be above 0");
    }

    @Test
    void aRecordAroundMaySayOtherTextsOfASetting() {
        var inner = Outer.class.getRecordComponents()[1];
        var least = Inner.class.getRecordComponents()[0];

        assertThat(Schema.meaning(least, "")).contains("The least.");
        assertThat(Schema.meaning(inner, "least")).contains("Here it is another.");
        assertThat(Schema.meaning(inner, "")).isEmpty();
    }
}
