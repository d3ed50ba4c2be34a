// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.classifier;

import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.operators.classifier.hpcr.ReplaySettings;
import dev.kedge.operators.encoder.InputForm;
import dev.kedge.operators.image.ImageShape;
import dev.kedge.state.text.Text;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32C;

/**
 * A data set in memory.
 *
 * @param input what an input is
 * @param image its sides, if it is an image
 * @param train samples to learn from
 * @param test samples to measure with, of the same classes
 * @param leftOut rows that were left out, because a value is beyond what an input may be
 */
record Samples(
        ReplaySettings.Input input,
        Optional<ImageShape> image,
        List<Sample> train,
        List<Sample> test,
        int leftOut) {
    Samples {
        train = List.copyOf(train);
        test = List.copyOf(test);
    }

    static Samples ofImages(ImageShape shape, List<Sample> train, List<Sample> test) {
        ReplaySettings.Input input = new ReplaySettings.Input(shape.bytes(), InputForm.BYTES);
        return new Samples(input, Optional.of(shape), train, test, 0);
    }

    /** Those of some vectors that can be learned from; the others are counted. */
    static Samples ofVectors(int width, List<Sample> train, List<Sample> test) {
        List<Sample> learned = usable(train);
        List<Sample> tested = usable(test);
        ReplaySettings.Input input = new ReplaySettings.Input(width, InputForm.FLOATS);
        int leftOut = train.size() - learned.size() + test.size() - tested.size();
        return new Samples(input, Optional.empty(), learned, tested, leftOut);
    }

    private static List<Sample> usable(List<Sample> all) {
        return all.stream()
                .filter(sample -> InputForm.FLOATS.refusal(sample.input()).isEmpty())
                .toList();
    }

    /** The same with other samples to learn from, or with these in another order. */
    Samples withTrain(List<Sample> other) {
        return new Samples(input, image, other, test, leftOut);
    }

    /** What a reader of the results must know of the data; empty if nothing was left out. */
    String note() {
        String rows = leftOut == 1 ? "1 row" : leftOut + " rows";
        return leftOut == 0 ? "" : rows + " left out: a value is not " + InputForm.ALLOWED + ".";
    }

    /** The classes, sorted by name. */
    List<String> labels() {
        Set<String> labels = new TreeSet<>();
        train.forEach(sample -> labels.add(sample.label()));
        return List.copyOf(labels);
    }

    /**
     * The first samples of each class.
     *
     * @param trainPerClass how many to learn from; 0 for all
     * @param testPerClass how many to measure with; 0 for all
     */
    Samples first(int trainPerClass, int testPerClass) {
        return new Samples(
                input, image, first(train, trainPerClass), first(test, testPerClass), leftOut);
    }

    private static List<Sample> first(List<Sample> all, int perClass) {
        if (perClass == 0) {
            return all;
        }
        Map<String, Integer> taken = new HashMap<>();
        List<Sample> first = new ArrayList<>();
        for (Sample sample : all) {
            if (taken.merge(sample.label(), 1, Integer::sum) <= perClass) {
                first.add(sample);
            }
        }
        return first;
    }

    /** Refuses data that nothing can be learned from, or measured with. */
    Samples checked() {
        Set<String> known = new TreeSet<>(labels());
        Set<String> tested = new TreeSet<>();
        test.forEach(sample -> tested.add(sample.label()));
        if (train.isEmpty() || !known.equals(tested)) {
            throw ConfigurationException.of(
                    "data: classes to learn %s, to test %s; they must be the same, at least one",
                    known, tested);
        }
        return this;
    }

    /** Tells whether two data sets are the same, in samples and order. */
    String checksum() {
        CRC32C sum = new CRC32C();
        for (List<Sample> part : List.of(train, test)) {
            for (Sample sample : part) {
                sum.update(sample.input());
                sum.update(sample.label().getBytes(StandardCharsets.UTF_8));
                if (!sample.task().isEmpty()) {
                    sum.update(0);
                    sum.update(sample.task().getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        return Text.format("%d+%d-%08x", train.size(), test.size(), sum.getValue());
    }
}
