// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.checkpoint;

import dev.kedge.state.flink.DamagedStateException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.flink.util.SerializedThrowable;

/** Tells whether a job failed for state that is damaged, which no restart can heal. */
public final class Damage {
    private static final String ROCKSDB = "org.rocksdb.RocksDBException";
    private static final Pattern MISSING =
            Pattern.compile("java\\.(io\\.FileNotFound|nio\\.file\\.NoSuchFile)Exception");
    private static final Pattern STATE_FILE = Pattern.compile("/(shared|taskowned|chk-\\d+)/");

    private Damage() {}

    /**
     * Looks through a failure and its causes.
     *
     * @return what is damaged, in one line
     */
    public static Optional<String> in(Throwable failure) {
        // What wraps a failure repeats what it says, and more: the deepest counts.
        Optional<String> damage = Optional.empty();
        for (Throwable at = failure; at != null; at = at.getCause()) {
            String kind = kind(at);
            String said = at.getMessage() == null ? "" : at.getMessage();
            if (isDamage(kind, said)) {
                String prefix = kind + ": ";
                damage =
                        Optional.of(
                                Words.plain(
                                        said.startsWith(prefix)
                                                ? said.substring(prefix.length())
                                                : said));
            }
        }
        return damage;
    }

    private static boolean isDamage(String kind, String said) {
        return DamagedStateException.isSaidIn(said)
                || (kind.equals(ROCKSDB) && said.contains("Corruption"))
                || (MISSING.matcher(kind).matches() && STATE_FILE.matcher(said).find());
    }

    private static String kind(Throwable at) {
        return at instanceof SerializedThrowable serialized
                ? serialized.getOriginalErrorClassName()
                : at.getClass().getName();
    }
}
