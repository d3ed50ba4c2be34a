// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench;

import dev.kedge.tests.bench.SampleStream.Keys;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import org.apache.flink.configuration.MemorySize;

/**
 * Records a second through the operator, beside a ValueState read and written for each record, the
 * bare learner loop, and the pipeline without learning. The alternatives take turns, round by
 * round, in one process; the first round of each only warms up and tells how many records to take.
 */
final class OperatorBench {
    private static final int SEGMENTS = 4;

    private final Settings settings;
    private final PrintWriter out;

    /**
     * How much is run.
     *
     * @param rounds counted rounds
     * @param seconds how long an alternative should take in a round
     * @param cacheShare which part of the models the cache may hold where the working set shall not
     *     fit
     * @param managed memory for RocksDB
     * @param models numbers of small models
     * @param large whether the one large model is run too
     */
    record Settings(
            int rounds,
            double seconds,
            double cacheShare,
            MemorySize managed,
            List<Integer> models,
            boolean large) {}

    /** Ways to run the samples. */
    enum Way {
        /** The learner in a plain loop. */
        BARE_LOOP,
        /** Live models in the operator, all of them in the cache. */
        OPERATOR,
        /** The same with a cache that holds only part of the models. */
        SMALL_CACHE,
        /** A ValueState read and written for each record. */
        VALUE_STATE,
        /** Source, key-by and network alone. */
        PIPELINE
    }

    /**
     * One setting of the samples.
     *
     * @param parameters of one model
     * @param models how many
     * @param keys how keys are drawn
     * @param liveBytes what all models take
     * @param smallCacheBytes budget of the cache that holds only part of them
     */
    record Case(int parameters, int models, Keys keys, long liveBytes, long smallCacheBytes) {
        boolean large() {
            return parameters > 100_000;
        }

        /** One model is never evicted. */
        List<Way> ways() {
            List<Way> ways = new ArrayList<>(List.of(Way.values()));
            if (models == 1) {
                ways.remove(Way.SMALL_CACHE);
            }
            return ways;
        }
    }

    /**
     * What came out of one way in one case.
     *
     * @param way which
     * @param records counted records in a round
     * @param rates records a second, one for each round
     * @param median of the rates
     * @param toBareLoop median over that of the bare loop
     */
    record Outcome(Way way, long records, double[] rates, double median, double toBareLoop) {}

    /**
     * All outcomes of a case.
     *
     * @param setting the case
     * @param outcomes by way
     */
    record Row(Case setting, List<Outcome> outcomes) {
        /** Median rate of a way; not a number where it was not run. */
        double median(Way way) {
            return outcomes.stream()
                    .filter(o -> o.way() == way)
                    .mapToDouble(Outcome::median)
                    .findFirst()
                    .orElse(Double.NaN);
        }

        String spread(Way way) {
            return outcomes.stream()
                    .filter(o -> o.way() == way)
                    .map(o -> DoubleStream.of(o.rates()).summaryStatistics())
                    .map(s -> String.format(Locale.ROOT, "%,.0f-%,.0f", s.getMin(), s.getMax()))
                    .findFirst()
                    .orElse("");
        }
    }

    /**
     * A whole run.
     *
     * @param machine where
     * @param settings how much
     * @param rows results
     * @param leftOut cases that do not fit this JVM's heap
     */
    record Result(Machine machine, Settings settings, List<Row> rows, List<Case> leftOut) {}

    OperatorBench(Settings settings, PrintWriter out) {
        this.settings = settings;
        this.out = out;
    }

    /**
     * Hands every row over as soon as it is there, with all before it: a long run may be cut short.
     */
    Result run(Consumer<Result> interim) {
        Machine machine = Machine.here();
        List<Row> rows = new ArrayList<>();
        List<Case> leftOut = new ArrayList<>();
        out.println(heading());
        for (Case each : cases()) {
            if (heapFor(each) > 0.8 * Runtime.getRuntime().maxMemory()) {
                leftOut.add(each);
                out.printf(
                        Locale.ROOT,
                        "%s: left out, needs %,d MB of heap; set KEDGE_JVM_OPTS=-Xmx...%n",
                        label(each),
                        heapFor(each) >> 20);
            } else {
                Row row = row(each);
                rows.add(row);
                out.println(line(row));
                interim.accept(
                        new Result(machine, settings, List.copyOf(rows), List.copyOf(leftOut)));
            }
            out.flush();
        }
        return new Result(machine, settings, rows, leftOut);
    }

    /** The bare loop holds all models, whatever the cache of the operator. */
    private static long heapFor(Case each) {
        return each.liveBytes();
    }

    private List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (int models : settings.models()) {
            for (Keys keys : models == 1 ? List.of(Keys.UNIFORM) : List.of(Keys.values())) {
                cases.add(setting(SampleModels.SMALL, models, keys));
            }
        }
        if (settings.large()) {
            cases.add(setting(SampleModels.LARGE, 1, Keys.UNIFORM));
        }
        return cases;
    }

    private Case setting(SampleModels model, int models, Keys keys) {
        long live = models * model.bytes();
        long part = (long) (settings.cacheShare() * live);
        return new Case(model.parameters(), models, keys, live, part);
    }

    private Row row(Case each) {
        Map<Way, List<Double>> rates = new EnumMap<>(Way.class);
        Map<Way, Long> records = new EnumMap<>(Way.class);
        Trial trial = new Trial(each, settings.managed(), settings.seconds());
        for (Way way : each.ways()) {
            rates.put(way, new ArrayList<>());
            records.put(way, trial.records(way, settings.seconds()));
        }
        int rounds = trial.heavy() ? 1 : settings.rounds();
        for (int round = 0; round < rounds; round++) {
            for (Way way : each.ways()) {
                rates.get(way).add(trial.rate(way, records.get(way)));
            }
        }
        List<Outcome> outcomes = new ArrayList<>();
        double bare = Figures.median(array(rates.get(Way.BARE_LOOP)));
        for (Way way : each.ways()) {
            double[] all = array(rates.get(way));
            double median = Figures.median(all);
            outcomes.add(new Outcome(way, records.get(way), all, median, median / bare));
        }
        return new Row(each, outcomes);
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    static String label(Case each) {
        return String.format(
                Locale.ROOT,
                "%,d x %,d %s",
                each.models(),
                each.parameters(),
                each.keys().name().toLowerCase(Locale.ROOT));
    }

    private static String heading() {
        return String.format(
                "%-30s %12s %12s %12s %12s %12s %8s %8s %s",
                "models x parameters, keys",
                "bare loop/s",
                "operator/s",
                "small cache",
                "ValueState/s",
                "pipeline/s",
                "op/bare",
                "op/VS",
                "rounds of bare loop, operator");
    }

    private static String line(Row row) {
        double bare = row.median(Way.BARE_LOOP);
        double operator = row.median(Way.OPERATOR);
        return String.format(
                Locale.ROOT,
                "%-30s %,12.0f %,12.0f %,12.0f %,12.0f %,12.0f %8.2f %8.1f %s, %s",
                label(row.setting()),
                bare,
                operator,
                row.median(Way.SMALL_CACHE),
                row.median(Way.VALUE_STATE),
                row.median(Way.PIPELINE),
                operator / bare,
                operator / row.median(Way.VALUE_STATE),
                row.spread(Way.BARE_LOOP),
                row.spread(Way.OPERATOR));
    }

    /** Runs a case in each way. */
    private static final class Trial {
        private static final int LEAST = 200;
        private static final long HEAVY = 1L << 30;

        private final Case setting;
        private final MemorySize managed;
        private final SampleModels models;
        private final long first;

        private Trial(Case setting, MemorySize managed, double seconds) {
            this.setting = setting;
            this.managed = managed;
            models = setting.large() ? SampleModels.LARGE : SampleModels.SMALL;
            long warm = (long) ((setting.large() ? 100 : 10_000) * Math.min(1, seconds));
            long turns = (warm + setting.models() - 1) / setting.models();
            first = turns * setting.models();
        }

        /** How many records this way takes in so many seconds. */
        private long records(Way way, double seconds) {
            if (heavy()) {
                boolean read = way == Way.SMALL_CACHE || way == Way.VALUE_STATE;
                double guess = read ? 2_000 : 20_000;
                return SEGMENTS * (long) (seconds * guess / SEGMENTS);
            }
            int trial = setting.large() ? LEAST : 10 * LEAST;
            double wanted = seconds * rate(way, trial);
            return Math.max(trial, SEGMENTS * (long) (wanted / SEGMENTS));
        }

        /**
         * Whether making all models takes longer than measuring: then nothing is run to learn how
         * many records to take, and there are fewer rounds.
         */
        private boolean heavy() {
            return setting.liveBytes() > HEAVY;
        }

        private double rate(Way way, long records) {
            System.gc();
            Segments segments = new Segments(first, records, SEGMENTS);
            SampleStream.Plan plan =
                    new SampleStream.Plan(setting.models(), setting.keys(), models.inputs(), first);
            FlinkRun flink = new FlinkRun(plan, managed);
            long[] marks =
                    switch (way) {
                        case BARE_LOOP ->
                                new BareLoop(new SampleStream(plan), models).run(segments);
                        case OPERATOR -> flink.operator(models, Long.MAX_VALUE, segments);
                        case SMALL_CACHE ->
                                flink.operator(models, setting.smallCacheBytes(), segments);
                        case VALUE_STATE -> flink.valueState(models, segments);
                        case PIPELINE -> flink.pipeline(segments);
                    };
            return Figures.median(segments.rates(marks));
        }
    }
}
