// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.flink;

import dev.kedge.operators.stream.Command;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;

/**
 * The newest commands, the same in every task, by their place in the control topic. Kept in
 * broadcast state, because a key obeys only when its next event comes.
 */
final class StandingCommands {
    /** Name of the broadcast state. Renaming it breaks savepoints. */
    static final String STATE_NAME = "kedge-commands";

    private final BroadcastState<Long, byte[]> state;
    private final int capacity;
    private final TreeMap<Long, Command> commands = new TreeMap<>();

    StandingCommands(BroadcastState<Long, byte[]> state, int capacity) throws Exception {
        this.state = state;
        this.capacity = capacity;
        for (Map.Entry<Long, byte[]> stored : state.entries()) {
            commands.put(stored.getKey(), Command.fromBytes(stored.getValue()));
        }
    }

    static MapStateDescriptor<Long, byte[]> descriptor() {
        return new MapStateDescriptor<>(
                STATE_NAME, LongSerializer.INSTANCE, BytePrimitiveArraySerializer.INSTANCE);
    }

    void add(long sequence, Command command) throws Exception {
        commands.put(sequence, command);
        state.put(sequence, command.toBytes());
        while (commands.size() > capacity) {
            state.remove(commands.pollFirstEntry().getKey());
        }
    }

    boolean isEmpty() {
        return commands.isEmpty();
    }

    /** Those behind one, in order. */
    SortedMap<Long, Command> after(long sequence) {
        return commands.tailMap(sequence, false);
    }
}
