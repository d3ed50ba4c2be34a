// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.flink;

/** All names of Kedge's Flink metrics. A dashboard may use no others. */
public final class MetricNames {
    /** Records that the learner processed. */
    public static final String RECORDS_PROCESSED = "recordsProcessed";

    /** Scores that left. */
    public static final String SCORES_EMITTED = "scoresEmitted";

    /** Records refused by a model. */
    public static final String DEAD_LETTERS = "deadLetters";

    /** Models that are live in this task. */
    public static final String LIVE_MODELS = "liveModels";

    /** Bytes of the live models of this task. */
    public static final String LIVE_BYTES = "liveBytes";

    /** Models that had to leave the cache. */
    public static final String EVICTIONS = "evictions";

    /** Keys that were forgotten because they had been idle for too long. */
    public static final String MODELS_EXPIRED = "modelsExpired";

    /** Commands that a model obeyed. */
    public static final String COMMANDS_OBEYED = "commandsObeyed";

    /** Steps of learning that were refused, because they would have made a model useless. */
    public static final String STEPS_REFUSED = "stepsRefused";

    private MetricNames() {}
}
