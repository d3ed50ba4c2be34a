// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.ads;

import dev.kedge.jobs.laboratory.ads.reference.BatchHazardNet;
import dev.kedge.jobs.laboratory.ads.reference.BatchHazardNet.Fitted;
import dev.kedge.jobs.laboratory.ads.reference.BatchHazardNet.Life;
import dev.kedge.jobs.laboratory.data.CreativeLife;
import dev.kedge.operators.ads.DiscontinuationSettings;
import dev.kedge.operators.ads.LaunchInputs;
import dev.kedge.operators.ads.LaunchInputs.Input;
import dev.kedge.operators.ads.Outlook;
import dev.kedge.operators.ads.creative.CreativeEvent;
import dev.kedge.operators.ads.hazards.Intervals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The live model's net and inputs, fitted in batch. */
final class RefittedNet implements Refits.Method, AutoCloseable {
    private static final long DAY = 86_400_000L;

    private final DiscontinuationSettings settings;
    private final BatchHazardNet net;
    private final List<Input> inputs;
    private final long seed;

    private RefittedNet(
            DiscontinuationSettings settings, BatchHazardNet net, List<Input> inputs, long seed) {
        this.settings = settings;
        this.net = net;
        this.inputs = inputs;
        this.seed = seed;
    }

    /**
     * Reads the inputs of all creatives, each as it was known at its launch.
     *
     * @param lives in the order in which they are asked for
     * @param events the launches and stops, in order of event time
     */
    static RefittedNet of(
            DiscontinuationSettings settings,
            SurvivalExperimentSettings.Batch batch,
            List<CreativeLife> lives,
            List<CreativeEvent> events,
            long seed) {
        try (LaunchInputs reader = new LaunchInputs(settings)) {
            Map<String, Input> known = new HashMap<>();
            for (CreativeEvent event : events) {
                reader.see(event).ifPresent(input -> known.put(event.creative(), input));
            }
            List<Input> inputs =
                    lives.stream().map(life -> known.get(life.launched().creative())).toList();
            BatchHazardNet net =
                    new BatchHazardNet(
                            reader.encoder(), settings.cuts(), batch.net(settings.learning()));
            return new RefittedNet(settings, net, inputs, seed);
        }
    }

    @Override
    public Refits.Fit fit(List<CreativeLife> past) {
        List<Life> rows = new ArrayList<>(past.size());
        for (int i = 0; i < past.size(); i++) {
            CreativeLife life = past.get(i);
            rows.add(new Life(inputs.get(i), life.until() - life.launched().at(), life.stopped()));
        }
        return new NetFit(net.fit(rows, seed));
    }

    private final class NetFit implements Refits.Fit {
        private final Fitted fitted;
        private final Intervals intervals = net.intervals();
        private final double window = intervals.startDays(intervals.columns() - 1);

        private NetFit(Fitted fitted) {
            this.fitted = fitted;
        }

        private Outlook outlook(int creative, long age) {
            return new Outlook(intervals, net.hazards(fitted, inputs.get(creative)), 0, age);
        }

        @Override
        public Refits.Said atLaunch(int creative) {
            Outlook outlook = outlook(creative, 0);
            double[] survival =
                    settings.horizons().stream()
                            .mapToDouble(days -> outlook.survivalTo(Math.round(days * DAY)))
                            .toArray();
            return new Refits.Said(outlook.cutOut(), -outlook.expectedDays(window), survival);
        }

        @Override
        public double atBoundary(int creative) {
            return -outlook(creative, intervals.start(intervals.boundary())).expectedDays(window);
        }
    }

    @Override
    public void close() {
        net.close();
    }
}
