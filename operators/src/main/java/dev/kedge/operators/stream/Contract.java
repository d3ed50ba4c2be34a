// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.stream;

import static dev.kedge.state.text.Text.format;

import dev.kedge.operators.math.device.Placement;
import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import dev.kedge.state.parameters.IncompatibleLayoutException;
import dev.kedge.state.part.Part;
import dev.kedge.state.part.PartStore;
import dev.kedge.state.settings.Durations;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Settings that give what was learned its meaning, and that no shape shows: a table of hashed rows
 * that grows would find other words in its rows. A model refuses to go on under others.
 *
 * <p>Binary format, version 1, family {@link Family#CONTRACT}: number of settings; for each its
 * name and value, sorted by name.
 */
public final class Contract {
    private static final int VERSION = 1;
    private static final String PART = "contract";

    /** The backend, which goes without saying where it is the CPU's. */
    private static final String DEVICE = "device";

    private final SortedMap<String, String> terms;
    private final Set<String> growing;
    private final Map<String, String> before;
    private final Placement placement;
    private final Part part = Part.of(PART);
    private final Set<String> learnedUnder = new TreeSet<>();

    /**
     * What the settings ask for.
     *
     * @param terms settings by name
     * @param growing those of them that may become longer at their end
     */
    public Contract(SortedMap<String, String> terms, Set<String> growing) {
        this(terms, growing, Map.of());
    }

    /**
     * What the settings ask for, where some of them are younger than models.
     *
     * @param before what a setting was, as it were, for a model that says nothing of it
     */
    public Contract(
            SortedMap<String, String> terms, Set<String> growing, Map<String, String> before) {
        this(terms, growing, before, Placement.CPU);
    }

    private Contract(
            SortedMap<String, String> terms,
            Set<String> growing,
            Map<String, String> before,
            Placement placement) {
        this.terms = new TreeMap<>(terms);
        this.growing = Set.copyOf(growing);
        this.before = Map.copyOf(before);
        this.placement = placement;
        if (!placement.backend().equals(Placement.CPU_BACKEND)) {
            this.terms.put(DEVICE, placement.backend());
        }
    }

    /** The same where models compute elsewhere than on the CPU. */
    public Contract on(Placement there) {
        return new Contract(terms, growing, before, there);
    }

    /** What a model was learned under, as it says itself; empty if it is new. */
    public static Optional<SortedMap<String, String>> stored(PartStore store) {
        return store.get(PART).map(Contract::read);
    }

    /**
     * Compares with what a model was learned under, if it is not new.
     *
     * @throws IncompatibleLayoutException if a setting differs that must not
     */
    public Contract restored(PartStore store) {
        part.restore(store, this::compare);
        return this;
    }

    private void compare(byte[] bytes) {
        SortedMap<String, String> learned = read(bytes);
        learnedUnder.addAll(learned.keySet());
        before.forEach((name, value) -> learned.putIfAbsent(name, value));
        compareBackends(learned.getOrDefault(DEVICE, Placement.CPU_BACKEND));
        learned.forEach(this::compare);
        part.touchIf(!learned.equals(terms));
    }

    private static SortedMap<String, String> read(byte[] bytes) {
        BinaryReader in = Envelope.open(bytes, Family.CONTRACT, VERSION);
        TreeMap<String, String> terms = new TreeMap<>();
        int count = in.getCount();
        for (int i = 0; i < count; i++) {
            terms.put(in.getUtf8(), in.getUtf8());
        }
        in.requireEnd();
        return terms;
    }

    private void compareBackends(String learned) {
        if (!learned.equals(placement.backend()) && !placement.changeAllowed()) {
            throw new IncompatibleLayoutException(
                    format(
                            "device: the model was learned on %s, the job computes on %s; set it"
                                    + " back, or set device-change to allowed",
                            learned, placement.backend()));
        }
    }

    private void compare(String name, String learned) {
        String now = terms.get(name);
        boolean kept =
                now == null
                        || name.equals(DEVICE)
                        || now.equals(learned)
                        || (growing.contains(name) && now.startsWith(learned));
        if (!kept) {
            throw new IncompatibleLayoutException(
                    format(
                            "%s: the model was learned with %s, the job has %s; set it back, or"
                                    + " start with new models (--fresh)",
                            name, word(learned), word(now)));
        }
    }

    /** Durations are stored as the JDK writes them, lists with a comma at their end. */
    private static String word(String value) {
        return value.startsWith("PT")
                ? Durations.word(Duration.parse(value))
                : value.replaceFirst(",$", "");
    }

    /** Whether a model that was {@link #restored} says something of a setting itself. */
    public boolean wasLearnedUnder(String name) {
        return learnedUnder.contains(name);
    }

    /** Writes the terms unless the store has them. */
    public void flush(PartStore store) {
        part.flush(store, this::toBytes);
    }

    private byte[] toBytes() {
        BinaryWriter out = new BinaryWriter(256);
        out.putInt(terms.size());
        terms.forEach(
                (name, value) -> {
                    out.putUtf8(name);
                    out.putUtf8(value);
                });
        return Envelope.seal(Family.CONTRACT, VERSION, out);
    }
}
