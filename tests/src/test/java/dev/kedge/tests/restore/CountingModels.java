// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.restore;

import dev.kedge.operators.stream.Command;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.LiveModel;
import dev.kedge.operators.stream.LiveModels;
import dev.kedge.operators.stream.Outlet;
import dev.kedge.state.part.PartStore;
import java.nio.charset.StandardCharsets;

/**
 * The least model there is: it counts its events unless it is paused, and says its count and what
 * it obeyed.
 */
record CountingModels() implements LiveModels<CountingModels.Counted, String, String> {
    private static final String COUNT = "count";
    private static final String OBEYED = "obeyed";

    /** An event. */
    record Counted(String key, long at) {}

    @Override
    public long eventTime(Incoming<Counted> incoming) {
        return incoming.event().at();
    }

    @Override
    public Shared<Counted, String, String> open() {
        return new Shared<>() {
            @Override
            public LiveModel<Counted, String, String> load(String key, PartStore store) {
                return new Counter(key, text(store, COUNT, "0"), text(store, OBEYED, ""));
            }

            @Override
            public void close() {
                // Nothing is shared.
            }
        };
    }

    private static String text(PartStore store, String part, String absent) {
        return store.get(part)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElse(absent);
    }

    private static final class Counter implements LiveModel<Counted, String, String> {
        private final String key;
        private int count;
        private String obeyed;

        private Counter(String key, String count, String obeyed) {
            this.key = key;
            this.count = Integer.parseInt(count);
            this.obeyed = obeyed;
        }

        @Override
        public void process(Incoming<Counted> incoming, Outlet<String, String> outlet) {
            count += obeyed.endsWith("PAUSE") ? 0 : 1;
            outlet.score(key + count + obeyed);
        }

        @Override
        public void obey(Command command) {
            obeyed += " " + command.verb();
        }

        @Override
        public long bytes() {
            return 64;
        }

        @Override
        public void flush(PartStore store) {
            store.put(COUNT, Integer.toString(count).getBytes(StandardCharsets.UTF_8));
            store.put(OBEYED, obeyed.getBytes(StandardCharsets.UTF_8));
        }
    }
}
