// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.registry;

import dev.kedge.connectors.json.UndecodableException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was made of the schemas of a topic's records, each asked for once: those that are of no use
 * are remembered with the reason. Not safe for several threads.
 *
 * @param <T> what is made of a schema
 */
public final class KnownSchemas<T> {
    /** Most schemas of a topic that are remembered; the oldest gives way. */
    private static final int MOST = 1000;

    private final SchemaRegistry registry;
    private final Use<T> use;
    private final Map<Integer, Known<T>> known = new LinkedHashMap<>();

    private record Known<T>(Optional<T> use, String refusal) {}

    /**
     * Makes something of a schema.
     *
     * @param <T> what it makes
     */
    @FunctionalInterface
    public interface Use<T> {
        /**
         * What is made of it.
         *
         * @throws UndecodableException if nothing can be made of it
         */
        T of(SchemaRegistry.Schema schema) throws UndecodableException;
    }

    /** Knows none yet. */
    public KnownSchemas(RegistrySettings registry, Use<T> use) {
        this.registry = new SchemaRegistry(registry);
        this.use = use;
    }

    /**
     * What was made of a schema.
     *
     * @throws UndecodableException if it is of no use, or not in the registry
     * @throws SchemaRegistryException if the registry cannot be asked
     */
    public T of(int id) throws UndecodableException {
        Known<T> found = known.get(id);
        if (found == null) {
            found = ask(id);
            if (known.size() == MOST) {
                known.remove(known.keySet().iterator().next());
            }
            known.put(id, found);
        }
        String refusal = found.refusal();
        return found.use().orElseThrow(() -> UndecodableException.unreadable(refusal));
    }

    private Known<T> ask(int id) {
        Optional<SchemaRegistry.Schema> schema = registry.byId(id);
        if (schema.isEmpty()) {
            return new Known<>(Optional.empty(), "schema " + id + " is not in the registry");
        }
        try {
            return new Known<>(Optional.of(use.of(schema.get())), "");
        } catch (UndecodableException e) {
            return new Known<>(Optional.empty(), "schema " + id + " " + e.getMessage());
        }
    }
}
