// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.example;

import dev.kedge.operators.classifier.ClassifierEvent;
import dev.kedge.operators.classifier.ClassifierMetrics;
import dev.kedge.operators.classifier.ClassifierScore;
import dev.kedge.operators.classifier.ClassifierSettings;
import dev.kedge.operators.classifier.Sample;
import dev.kedge.operators.encoder.InputForm;
import dev.kedge.operators.flink.api.Learned;
import dev.kedge.operators.flink.api.Learning;
import dev.kedge.operators.flink.api.Records;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Points in the plane whose classes arrive one after the other and are then never seen again, and a
 * classifier that learns each point once and forgets none of the classes: HPCR, by Kedge's API.
 */
public final class ArrivingClasses {
    private static final int CLASSES = 6;
    private static final int POINTS_OF_A_CLASS = 400;

    /** The last points are of all classes: what was forgotten shows there. */
    private static final int MIXED = 600;

    private static final double SPREAD = 0.15;

    private ArrivingClasses() {}

    /** Points of the whole stream. */
    static final int POINTS = CLASSES * POINTS_OF_A_CLASS + MIXED;

    /** Runs it in this process, or on the cluster that it was submitted to. */
    public static void main(String[] arguments) throws Exception {
        Configuration flink = new Configuration();
        flink.set(PipelineOptions.GENERIC_TYPES, false);
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(flink);
        learn(environment).metrics().map(ArrivingClasses::line).returns(Types.STRING).print();
        environment.execute("arriving classes");
    }

    /** Adds points and classifier to a job. */
    static Learned<ClassifierEvent, ClassifierScore, ClassifierMetrics> learn(
            StreamExecutionEnvironment environment) {
        DataStream<ClassifierEvent> points =
                environment
                        .fromSequence(0, POINTS - 1)
                        .setParallelism(1)
                        .map(ArrivingClasses::point)
                        .returns(Records.type(ClassifierEvent.class))
                        .setParallelism(1)
                        .uid("points");
        return Learning.classifier("plane", settings()).on(points);
    }

    private static ClassifierSettings settings() {
        return ClassifierSettings.DEFAULT
                .with("input.features", 2)
                .with("evaluation.window", MIXED / 2);
    }

    /** The same number is always the same point: the source can go back after a failure. */
    private static ClassifierEvent point(long number) {
        SplittableRandom random = new SplittableRandom(number);
        boolean mixed = number >= (long) CLASSES * POINTS_OF_A_CLASS;
        int of = mixed ? random.nextInt(CLASSES) : (int) (number / POINTS_OF_A_CLASS);
        double angle = 2 * Math.PI * of / CLASSES;
        float[] place = {
            (float) (Math.cos(angle) + SPREAD * random.nextGaussian()),
            (float) (Math.sin(angle) + SPREAD * random.nextGaussian())
        };
        return new Sample(
                "plane",
                "point-" + number,
                1000 * number,
                InputForm.encode(place),
                Optional.of("class-" + of));
    }

    private static String line(ClassifierMetrics metrics) {
        return String.format(
                Locale.ROOT,
                "%,d points, %d classes: %.1f %% of the newest are right, %.1f %% forgotten",
                metrics.counts().judged(),
                metrics.classes().size(),
                100 * metrics.quality().windowAccuracy(),
                100 * metrics.quality().forgetting());
    }
}
