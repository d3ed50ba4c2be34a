// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TopicChangesTest {
    private final List<String> told = new ArrayList<>();
    private final Map<String, Topics.Description> broker = new HashMap<>();
    private Instant now = Instant.parse("2026-11-29T00:00:00Z");
    private final TopicChanges changes =
            new TopicChanges(
                    Set.of("in"), Set.of("out"), Duration.ofSeconds(30), clock(), told::add);

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                throw new UnsupportedOperationException("UTC only");
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }

    private TopicChanges.Finding look() {
        now = now.plusSeconds(5);
        return changes.look(broker);
    }

    private void both() {
        broker.put("in", new Topics.Description("a", 2));
        broker.put("out", new Topics.Description("b", 2));
        look();
    }

    @Test
    void unchangedTopicsAreNoNews() {
        both();

        assertThat(look()).isEqualTo(new TopicChanges.Finding(Optional.empty(), Optional.empty()));
        assertThat(told).isEmpty();
    }

    @Test
    void addedPartitionsAreTold() {
        both();
        broker.put("in", new Topics.Description("a", 5));
        look();
        look();

        assertThat(told).containsExactly("Topic in has 5 partitions now (2 before)");
    }

    @Test
    void aTopicThatIsReadAndIsDeletedEndsTheRunAtTheSecondLook() {
        both();
        broker.remove("in");
        assertThat(look().end()).isEmpty();

        assertThat(look().end()).contains("topic in, which the job reads, was deleted");
    }

    @Test
    void aTopicThatIsReadAndIsMadeAnewEndsTheRunAtOnce() {
        both();
        broker.put("in", new Topics.Description("c", 2));

        assertThat(look().end().orElseThrow()).contains("topic in", "made anew", "--fresh");
    }

    @Test
    void aTopicThatIsWrittenMayBeMadeAnewWithinATime() {
        both();
        broker.remove("out");
        look();
        assertThat(look().warning().orElseThrow()).contains("no topic out", "create it again");

        broker.put("out", new Topics.Description("d", 1));

        assertThat(look()).isEqualTo(new TopicChanges.Finding(Optional.empty(), Optional.empty()));
        assertThat(told).containsExactly("Topic out was made anew; what was in it before is gone");
    }

    @Test
    void aTopicThatIsWrittenAndStaysAwayEndsTheRunWithinAMinute() {
        both();
        broker.remove("out");
        int looks = 0;
        Optional<String> end = Optional.empty();
        while (end.isEmpty() && looks < 100) {
            end = look().end();
            looks++;
        }

        assertThat(end.orElseThrow()).contains("topic out, which the job writes", "create it");
        assertThat(looks * 5).isBetween(35, 45);
    }
}
