// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.classifier;

import dev.kedge.connectors.classifier.SampleJson;
import dev.kedge.connectors.formats.Spelling;
import dev.kedge.connectors.json.RecordJson;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.jobs.feed.OutputFeed;
import dev.kedge.operators.classifier.ClassifierMetrics;
import dev.kedge.operators.classifier.ClassifierScore;
import dev.kedge.operators.classifier.Sample;

/** Follows what a classifier writes, and the samples that it reads, for their pictures. */
public final class ClassifierFeed {
    private ClassifierFeed() {}

    /** A feed that is not started yet. */
    public static OutputFeed<ClassifierScore, ClassifierMetrics> of(
            ClassifierFile settings,
            OutputFeed.Listener<ClassifierScore, ClassifierMetrics> listener,
            ClassifierBoard pictures) {
        Spelling spelling = settings.kafka().spelling();
        OutputFeed.Reader<ClassifierScore, ClassifierMetrics> reader =
                new OutputFeed.Reader<>(
                        RecordJson.of(
                                ClassifierScore.class, spelling.output(ClassifierScore.class)),
                        RecordJson.of(
                                ClassifierMetrics.class, spelling.output(ClassifierMetrics.class)));
        OutputFeed<ClassifierScore, ClassifierMetrics> feed =
                new OutputFeed<>(settings, reader, listener);
        SampleJson samples =
                new SampleJson(settings.classifier().input(), spelling.input(ClassifierJob.SAMPLE));
        return settings.classifier().input().shape().isEmpty()
                ? feed
                : feed.alsoReading(
                        settings.topics().samples(), value -> take(value, samples, pictures));
    }

    private static void take(byte[] value, SampleJson samples, ClassifierBoard pictures) {
        try {
            if (samples.decode(value) instanceof Sample sample) {
                pictures.picture(sample);
            }
        } catch (UndecodableException e) {
            // The job says what is wrong with it.
            return;
        }
    }
}
