// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench;

import static dev.kedge.state.text.Text.format;

import dev.kedge.tests.bench.OperatorBench.Row;
import dev.kedge.tests.bench.OperatorBench.Way;
import dev.kedge.tests.bench.report.Findings;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.MemorySize;

/**
 * The same learner in Flink in several ways: live models, and the usual way, a ValueState for each
 * record, which keeps all that live models keep and needs no cache.
 */
public final class StatePeers {
    private static final MemorySize MANAGED = MemorySize.ofMebiBytes(256);
    private static final double CACHE_SHARE = 0.1;
    private static final int ROUNDS = 3;

    private final Findings findings;

    /** Prepares the measurement. */
    public StatePeers(Findings findings) {
        this.findings = findings;
    }

    /**
     * Measures it.
     *
     * @param models how many keys
     * @param seconds length of one measurement
     */
    public void run(int models, double seconds) {
        OperatorBench.Settings settings =
                new OperatorBench.Settings(
                        ROUNDS, seconds, CACHE_SHARE, MANAGED, List.of(models), false);
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        new OperatorBench(settings, nowhere).run(interim -> {}).rows().forEach(this::tell);
    }

    private void tell(Row row) {
        Map<Way, String> names = new TreeMap<>();
        names.put(Way.BARE_LOOP, "plain loop, without an engine");
        names.put(Way.OPERATOR, "Kedge, all models live");
        names.put(Way.SMALL_CACHE, "Kedge, a cache for a tenth");
        names.put(Way.VALUE_STATE, "Flink 2.2.1, ValueState for each record");
        String keys = row.setting().keys() + " keys";
        String setting =
                format("%,d models, %s", row.setting().models(), keys.toLowerCase(Locale.ROOT));
        names.forEach(
                (way, name) ->
                        findings.add(
                                new Findings.Place(name, "state", setting),
                                "records/s, median of " + ROUNDS,
                                row.median(way)));
    }
}
