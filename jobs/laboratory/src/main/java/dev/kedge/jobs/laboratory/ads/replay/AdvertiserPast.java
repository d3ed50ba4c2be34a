// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.ads.replay;

import dev.kedge.jobs.laboratory.data.CreativeLife;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Mean logarithm of the days that an advertiser's creatives ran, of those stopped before another is
 * launched: the rule of thumb that a model has to beat. Prequential: nothing later than the launch
 * is used.
 */
public final class AdvertiserPast {
    private AdvertiserPast() {}

    /**
     * What was known at a launch.
     *
     * @param meanLogDays mean of log(1 + days); of all advertisers where this one is unknown, 0
     *     where nobody is known
     * @param known creatives of this advertiser that were stopped before
     */
    public record Past(double meanLogDays, long known) {}

    /** The past at the launch of each life. */
    public static List<Past> of(List<CreativeLife> lives) {
        List<CreativeLife> stops =
                lives.stream()
                        .filter(CreativeLife::stopped)
                        .sorted(Comparator.comparingLong(CreativeLife::until))
                        .toList();
        List<CreativeLife> launches =
                lives.stream()
                        .sorted(Comparator.comparingLong(life -> life.launched().at()))
                        .toList();
        Map<CreativeKey, Past> known = new HashMap<>();
        Map<String, Mean> means = new HashMap<>();
        Mean all = new Mean();
        int next = 0;
        for (CreativeLife life : launches) {
            while (next < stops.size() && stops.get(next).until() < life.launched().at()) {
                CreativeLife stop = stops.get(next++);
                double value = Math.log1p(stop.days());
                means.computeIfAbsent(advertiser(stop), name -> new Mean()).add(value);
                all.add(value);
            }
            Mean own = means.getOrDefault(advertiser(life), all);
            known.put(CreativeKey.of(life), new Past(own.value(), own == all ? 0 : own.count));
        }
        return lives.stream().map(life -> known.get(CreativeKey.of(life))).toList();
    }

    private static String advertiser(CreativeLife life) {
        return life.launched().content().advertiser();
    }

    private static final class Mean {
        private double sum;
        private long count;

        private void add(double value) {
            sum += value;
            count++;
        }

        private double value() {
            return count == 0 ? 0 : sum / count;
        }
    }
}
