// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench;

import dev.kedge.connectors.ads.CreativeEventJson;
import dev.kedge.connectors.ads.market.MarketConfig;
import dev.kedge.connectors.ads.market.MarketSimulator;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.connectors.simulator.SimulatedRecord;
import dev.kedge.operators.ads.creative.CreativeEvent;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.Origin;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;

/**
 * Events of a simulated market from a file, one for each number that comes in: the simulator, which
 * keeps all its creatives, is not in the memory that is measured. Skips what is broken on purpose.
 */
final class FileEvents extends RichFlatMapFunction<Long, Incoming<CreativeEvent>> {
    private static final long serialVersionUID = 1L;

    private final String file;
    private transient DataInputStream in;
    private transient CreativeEventJson json;

    FileEvents(Path file) {
        this.file = file.toString();
    }

    /** Simulates a market into a file; returns how many records it has. */
    static long write(MarketConfig config, Path file) throws IOException {
        MarketSimulator simulator = new MarketSimulator(config);
        long records = 0;
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            while (simulator.hasNext()) {
                SimulatedRecord next = simulator.next();
                out.writeLong(next.arrivesAt());
                out.writeInt(next.value().length);
                out.write(next.value());
                records++;
            }
        }
        return records;
    }

    @Override
    public void open(OpenContext context) throws IOException {
        in = new DataInputStream(new BufferedInputStream(Files.newInputStream(Path.of(file))));
        json = new CreativeEventJson();
    }

    @Override
    public void flatMap(Long number, Collector<Incoming<CreativeEvent>> out) throws IOException {
        long at = in.readLong();
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        try {
            CreativeEvent event = json.decode(bytes);
            out.collect(new Incoming<>(event, new Origin("soak", 0, number, at), bytes));
        } catch (UndecodableException e) {
            return;
        }
    }

    @Override
    public void close() throws IOException {
        if (in != null) {
            in.close();
        }
    }
}
