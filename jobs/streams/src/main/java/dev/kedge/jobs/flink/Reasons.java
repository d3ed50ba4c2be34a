// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.flink;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.flink.util.SerializedThrowable;

/** Why something failed, in one line. */
public final class Reasons {
    private static final int LONGEST = 300;

    private Reasons() {}

    /** The deepest reason that says something, without line breaks. */
    public static String deepest(Throwable failure) {
        List<Throwable> chain = chain(failure);
        Throwable root = chain.get(chain.size() - 1);
        String said = said(root);
        for (int i = chain.size() - 2; i >= 0 && said.isEmpty(); i--) {
            String above = said(chain.get(i));
            said = above.contains(root.getClass().getName()) ? "" : above;
        }
        if (said.isEmpty()) {
            return root.getClass().getSimpleName();
        }
        // "Java heap space", "null", "5" say nothing without their kind.
        boolean terse = root instanceof Error || said.length() < 12;
        return oneLine(terse ? root.getClass().getSimpleName() + ": " + said : said);
    }

    /** A text of one line, cut where it is very long. */
    public static String oneLine(String text) {
        String line = text.strip().replaceAll("\\s*\\R\\s*", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 3) + "...";
    }

    /** A failure and its causes, deepest last; what Flink had packed is unpacked. */
    public static List<Throwable> chain(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Throwable at = failure;
        while (at != null && seen.add(at)) {
            Throwable unpacked = unpacked(at);
            chain.add(unpacked);
            at = unpacked.getCause();
        }
        return chain;
    }

    private static Throwable unpacked(Throwable packed) {
        return packed instanceof SerializedThrowable serialized
                ? serialized.deserializeError(Reasons.class.getClassLoader())
                : packed;
    }

    private static String said(Throwable failure) {
        return failure.getMessage() == null ? "" : failure.getMessage().strip();
    }
}
