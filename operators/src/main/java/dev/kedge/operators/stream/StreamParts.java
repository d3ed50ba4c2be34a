// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.stream;

import static dev.kedge.state.text.Text.format;

import dev.kedge.state.part.PartStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a model keeps of each of its streams, by their names. The parts of a stream begin with a
 * prefix that holds a number which is never given twice, so that no name of a stream can be
 * mistaken for another's; one of them, its head, tells the name. Not thread-safe.
 *
 * @param <S> what is kept of a stream
 */
public final class StreamParts<S extends StreamParts.Stream> {
    private static final String HEAD = "head";

    private final String kind;
    private final SortedMap<String, S> streams = new TreeMap<>();
    private final Set<String> gone = new HashSet<>();

    /** What is kept of one stream. */
    public interface Stream {
        /** Name of the stream. */
        String name();

        /** Beginning of the names of its parts. */
        String prefix();

        /** When it was last heard of, on a scale that all streams of the model share. */
        long lastSeen();

        /** Heap bytes, roughly. */
        long bytes();

        /** Writes what changed since the last call. */
        void flush(PartStore store);
    }

    /**
     * Without streams.
     *
     * @param kind beginning of all prefixes, with a slash at its end
     */
    public StreamParts(String kind) {
        this.kind = kind;
    }

    /** The prefix that belongs to a number. */
    public String prefix(long number) {
        return format("%s%016x/", kind, number);
    }

    /** Name of the head among the parts of a prefix. */
    public static String head(String prefix) {
        return prefix + HEAD;
    }

    /** The prefixes of which a store has heads, in their order. */
    public List<String> prefixes(PartStore store) {
        List<String> prefixes = new ArrayList<>();
        for (String part : store.parts(kind).keySet()) {
            if (part.endsWith("/" + HEAD)) {
                prefixes.add(part.substring(0, part.length() - HEAD.length()));
            }
        }
        return prefixes;
    }

    /** Adds a stream, new or read back. */
    public void add(S stream) {
        streams.put(stream.name(), stream);
    }

    /** The stream of a name, if it is known. */
    public Optional<S> find(String name) {
        return Optional.ofNullable(streams.get(name));
    }

    /** All streams, by name. */
    public Collection<S> all() {
        return Collections.unmodifiableCollection(streams.values());
    }

    /** How many there are. */
    public int size() {
        return streams.size();
    }

    /**
     * The stream unheard of for longest, of several the first by name.
     *
     * @throws java.util.NoSuchElementException if there is none
     */
    public S longestUnseen() {
        S longest = streams.get(streams.firstKey());
        for (S stream : streams.values()) {
            if (stream.lastSeen() < longest.lastSeen()) {
                longest = stream;
            }
        }
        return longest;
    }

    /**
     * Removes a stream, and its parts at the next {@link #flush}.
     *
     * @return whether it was known
     */
    public boolean remove(String name) {
        S stream = streams.remove(name);
        if (stream != null) {
            gone.add(stream.prefix());
        }
        return stream != null;
    }

    /** Heap bytes of all streams, roughly. */
    public long bytes() {
        long sum = 0;
        for (S stream : streams.values()) {
            sum += stream.bytes();
        }
        return sum;
    }

    /** Removes the parts of streams that are gone and writes what changed of the others. */
    public void flush(PartStore store) {
        if (!gone.isEmpty()) {
            for (String part : store.names(kind)) {
                if (gone.contains(part.substring(0, part.indexOf('/', kind.length()) + 1))) {
                    store.remove(part);
                }
            }
            gone.clear();
        }
        for (S stream : streams.values()) {
            stream.flush(store);
        }
    }
}
