// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.flink.api;

import dev.kedge.operators.stream.Command;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.Origin;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;

/** Numbers commands in their order, so that a model knows after a restart which it has obeyed. */
final class NumberedCommands extends RichMapFunction<Command, Incoming<Command>>
        implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;

    private final String name;
    private transient ListState<Long> state;
    private transient long next;

    NumberedCommands(String name) {
        this.name = name;
    }

    @Override
    public Incoming<Command> map(Command command) {
        return new Incoming<>(command, new Origin(name, 0, next++, -1), new byte[0]);
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        // Of all tasks one has the stream; whichever that is after a restart, it has to know.
        state =
                context.getOperatorStateStore()
                        .getUnionListState(new ListStateDescriptor<>("numbered", Types.LONG));
        next = 0;
        for (long before : state.get()) {
            next = Math.max(next, before);
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        state.clear();
        state.add(next);
    }
}
