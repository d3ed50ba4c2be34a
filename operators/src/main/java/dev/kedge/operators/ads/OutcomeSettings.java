// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads;

import dev.kedge.state.api.PublicApi;
import dev.kedge.state.settings.Checks;
import dev.kedge.state.settings.Count;
import dev.kedge.state.settings.Meaning;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;

/** What is learned of a creative's end. */
@PublicApi
public record OutcomeSettings(
        @Meaning(
                        "Reasons for which a discontinuation tells nothing of the creative: it is censored, and its end is not learned.")
                List<String> censoring,
        Causes causes,
        @Meaning(
                        "From which moments an interval's outcome is learned: its start, the launch, or both with half the weight each.")
                Landmarks landmarks,
        ClickThroughWeight.Settings weight)
        implements Serializable {
    /** One hazard for all reasons, learned from both moments. */
    public static final OutcomeSettings DEFAULT =
            new OutcomeSettings(
                    List.of("unobserved"),
                    Causes.NONE,
                    Landmarks.BOTH,
                    ClickThroughWeight.Settings.DEFAULT);

    /** Freezes the list. */
    public OutcomeSettings {
        censoring = List.copyOf(censoring);
    }

    /** Causes of discontinuation with hazards of their own, as competing risks. */
    public record Causes(
            @Meaning(
                            "Reasons with a hazard of their own, as competing risks; all other reasons are `other`. Empty: one hazard for all reasons.")
                    @Count(max = 16)
                    List<String> names)
            implements Serializable {
        /** One hazard for all reasons. */
        public static final Causes NONE = new Causes(List.of());

        private static final String OTHER = "other";

        /** Checks the names. */
        public Causes {
            names = List.copyOf(names);
            boolean once = names.stream().distinct().count() == names.size();
            boolean own = names.stream().noneMatch(n -> n.isBlank() || n.equals(OTHER));
            String allowed =
                    "different names, none empty and none '" + OTHER + "', which is always there";
            Checks.require(once && own, "names", names, allowed);
        }

        /** All causes, the rest included; empty if there is one hazard for all. */
        List<String> all() {
            return names.isEmpty()
                    ? List.of()
                    : Stream.concat(names.stream(), Stream.of(OTHER)).toList();
        }

        /** How many hazards an interval has. */
        int count() {
            return Math.max(1, all().size());
        }

        /** The cause that a reason counts for. */
        int of(String reason) {
            int named = names.indexOf(reason);
            return named >= 0 ? named : count() - 1;
        }
    }

    /** From which moments the outcome of an interval is learned. */
    public enum Landmarks {
        /**
         * The start of the interval: the sum over person-periods of the specification, and nothing
         * else.
         */
        START,
        /**
         * The launch: what a prediction made at launch may know, as in Gensheimer and Narasimhan
         * 2019.
         */
        LAUNCH,
        /**
         * Both, with half the weight each, so that near and far hazards are both trained the way
         * they are used.
         */
        BOTH
    }
}
