// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench;

import dev.kedge.connectors.ads.CreativeEventJson;
import dev.kedge.operators.ads.creative.CreativeContent;
import dev.kedge.operators.ads.creative.CreativeDiscontinued;
import dev.kedge.operators.ads.creative.CreativeEvent;
import dev.kedge.operators.ads.creative.CreativeLaunched;
import dev.kedge.operators.ads.creative.IntervalStatistics;
import java.io.Serializable;
import java.util.Map;

/**
 * A day of one partition of a large market, event by event from its number alone, so that the
 * generator holds nothing. First every creative is launched, with ages spread over sixty days; then
 * each reports every hour, one after the other; some stop instead and are not heard of again.
 *
 * @param creatives in this partition
 * @param models in this partition
 * @param hours reports of each creative
 * @param partition its number, part of the models' names
 */
public record MarketDay(int creatives, int models, int hours, int partition)
        implements Serializable {
    private static final long HOUR = 3_600_000L;
    private static final long DAY = 24 * HOUR;
    private static final long START = 1_790_000_000_000L / DAY * DAY;
    private static final int OLDEST_DAYS = 60;
    private static final double STOP_A_DAY = 0.03;
    private static final String[] WORDS = {
        "running",
        "shoes",
        "sale",
        "summer",
        "free",
        "delivery",
        "two",
        "nights",
        "porto",
        "fibre",
        "coffee",
        "roasted",
        "insurance",
        "minutes",
        "raincoat",
        "mattress",
        "gigabit",
        "contract",
        "breakfast",
        "bonus",
        "lamp",
        "garden",
        "bike",
        "winter",
        "coat",
        "phone",
        "tariff",
        "bank"
    };

    /** All events, those that stopped creatives would have said included. */
    public long events() {
        return (long) creatives * (1 + hours);
    }

    /** Launches come before the day. */
    long launches() {
        return creatives;
    }

    String model(int creative) {
        return "market-%d-%d".formatted(partition, creative % models);
    }

    /** Event time of an event of the day; an hour has one event of each creative. */
    long at(long number) {
        return START + number * HOUR / creatives;
    }

    /** The bytes of an event; empty for what a stopped creative would have said. */
    public byte[] bytes(long number) {
        int creative = (int) (number % creatives);
        int hour = (int) (number / creatives) - 1;
        if (hour < 0) {
            return CreativeEventJson.encode(launched(creative, number));
        }
        int last = lastHour(creative);
        if (hour > last) {
            return new byte[0];
        }
        CreativeEvent event =
                hour == last
                        ? new CreativeDiscontinued(
                                model(creative), id(creative), at(number), "performance")
                        : statistics(creative, hour, number);
        return CreativeEventJson.encode(event);
    }

    private static String id(int creative) {
        return "creative-" + creative;
    }

    /** The first creatives of all models are new, so that the models' clocks begin with the day. */
    private long ageHours(int creative) {
        return creative < models ? 0 : Math.floorMod(mix(creative), OLDEST_DAYS * 24L);
    }

    private CreativeLaunched launched(int creative, long number) {
        long mixed = mix(creative);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            text.append(WORDS[(int) Math.floorMod(mixed >> (5 * i), (long) WORDS.length)])
                    .append(' ');
        }
        CreativeContent content =
                CreativeContent.of(
                        "advertiser-" + Math.floorMod(mixed, 50L),
                        text.toString(),
                        Map.of(
                                "campaign",
                                "campaign-" + Math.floorMod(mixed >> 8, 400L),
                                "format",
                                mixed % 3 == 0 ? "video" : "image"),
                        Map.of(),
                        new float[0]);
        return new CreativeLaunched(
                model(creative), id(creative), at(number) - ageHours(creative) * HOUR, content);
    }

    private IntervalStatistics statistics(int creative, int hour, long number) {
        long mixed = mix(creative * 31L + hour);
        long impressions = 40 + Math.floorMod(mixed, 200L);
        long clicks = Math.floorMod(mixed >> 20, 1 + impressions / 20);
        return new IntervalStatistics(
                model(creative),
                id(creative),
                at(number),
                (int) ageHours(creative) + hour,
                impressions,
                clicks,
                clicks / 10,
                impressions * 0.004);
    }

    private int lastHour(int creative) {
        double uniform = (mix(creative + 7_919L) >>> 11) * 0x1p-53;
        return uniform < STOP_A_DAY ? (int) (uniform / STOP_A_DAY * 24) : Integer.MAX_VALUE;
    }

    /** SplitMix64's finaliser. */
    private static long mix(long value) {
        long z = value * 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return (z ^ z >>> 31) & Long.MAX_VALUE;
    }
}
