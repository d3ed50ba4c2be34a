// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.binary;

/** Kinds of binary snapshot. The code is part of the format: never reuse one. */
public enum Family {
    /** A flat vector with its layout. */
    PARAMETERS(1),
    /** Everything of a learner that is not a vector. */
    LEARNER(2),
    /** One row of an embedding table, with what the optimiser remembers of it. */
    LEARNER_ROW(71),
    /** One creative in a survival ledger. */
    LEDGER_ENTRY(3),
    /** Counters, clock and running statistics of a model. */
    MODEL(4),
    /** A half-filled micro-batch. */
    MICRO_BATCH(5),
    /** Accumulators of prequential evaluation. */
    EVALUATION(6),
    /** A runtime command. */
    COMMAND(9),
    /** How far one key is, apart from its model. */
    KEY_CLOCK(10),
    /** Settings that give what was learned its meaning. */
    CONTRACT(11),
    /** What advertisers' creatives did so far. */
    ADVERTISERS(7),
    /** How many creatives of a ledger are due in which hour. */
    LEDGER_ORDER(12),
    /** Creatives that are due in an hour. */
    DUE(13),
    /** All parts of one model, for taking it out of a savepoint. */
    MODEL_FILE(8),
    /** One sample of a replay memory. */
    REPLAY_SAMPLE(16),
    /** What a replay memory counts besides its samples. */
    REPLAY_MEMORY(17),
    /** The classes of a continual learner. */
    CLASSES(18),
    /** The half-filled batch of a continual learner, with its counters. */
    PENDING_SAMPLES(19),
    /** Running moments by which the numbers of a classifier's inputs are scaled. */
    INPUT_MOMENTS(20),
    /** A sample that waits for its label. */
    WAITING_SAMPLE(24),
    /** A label that waits for its sample. */
    EARLY_LABEL(25),
    /** Ids of samples that need no label any more. */
    RECENT_IDS(26),
    /** Accumulators of a classifier's prequential evaluation. */
    CLASSIFIER_EVALUATION(27),
    /** Clock and counters of a classifier in a stream. */
    CLASSIFIER_PROGRESS(28),
    /** One instance of a memory bank. */
    BANK_ENTRY(30),
    /** What a memory bank counts besides its instances. */
    MEMORY_BANK(31),
    /** The vector by which a changed instance stands in the search index. */
    BANK_IMAGE(32),
    /** How far one stream of frames is. */
    FRAME_STREAM(33),
    /** One frame of a clip to learn from. */
    CLIP_FRAME(34),
    /** What a tracking model counts besides its streams. */
    TRACKING(35),
    /** How one instance of a stream moves. */
    MOTION(36),
    /** A run of an experiment that is not over. */
    EXPERIMENT_RUN(40),
    /** A frame that waits for earlier ones of its stream. */
    WAITING_FRAME(48),
    /** How far the frames of one stream have come in. */
    STREAM_FEED(49),
    /** Which track each known identity of a stream had last. */
    LAST_TRACKS(50),
    /** One frame that is judged by identities. */
    JUDGED_FRAME(51),
    /** Clock and counters of a tracker in a stream. */
    TRACKER_PROGRESS(52),
    /** What a creative memory counts besides its bank. */
    MEMORY_PROGRESS(56),
    /** Who one instance of a creative memory's bank is. */
    MEMORY_MEMBER(57),
    /** Forecasts that wait for their outcome, and what calibrates them. */
    CALIBRATION(58),
    /** What a model advised, and what became of it. */
    ADVICE(59),
    /** How sure a model can be of its head. */
    HEAD_PRECISION(60),
    /** What a rehearsal of person-periods counts besides its memory. */
    REHEARSAL(61),
    /** One person-period that is kept to be learned again. */
    PERSON_PERIOD(62),
    /** How much each expert's forecasts count, and what the linear one weighs. */
    EXPERTS(63),
    /** What advertisers' and campaigns' creatives did, for the experts. */
    EFFECTS(67),
    /** How an instance looks by the embeddings that it came with. */
    GIVEN_LOOK(69),
    /** How far apart a tracker's two embeddings have held instances. */
    APPEARANCES(70),
    /** How the ends of predictive intervals are found, and how often these held. */
    INTERVALS(68),
    /** What a dashboard's view knows of one creative. */
    VIEW_CREATIVE(64),
    /** One record of a job, as a dashboard's view keeps it. */
    VIEW_RECORD(65),
    /** What a dashboard's view says of itself. */
    VIEW_HEAD(66);

    private final int code;

    Family(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static String nameOf(int code) {
        for (Family family : values()) {
            if (family.code == code) {
                return family.name();
            }
        }
        return "unknown (" + code + ")";
    }
}
