// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.peers;

import com.yahoo.labs.samoa.instances.Attribute;
import com.yahoo.labs.samoa.instances.DenseInstance;
import com.yahoo.labs.samoa.instances.Instances;
import com.yahoo.labs.samoa.instances.InstancesHeader;
import dev.kedge.tests.bench.peers.Vectors.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import moa.classifiers.AbstractClassifier;
import moa.classifiers.meta.AdaptiveRandomForest;
import moa.classifiers.trees.HoeffdingTree;

/** A classifier of MOA, in its default setting. */
final class MoaLearner implements Learner {
    private final AbstractClassifier classifier;
    private final InstancesHeader header;

    private MoaLearner(AbstractClassifier classifier) {
        this.classifier = classifier;
        header = header();
        classifier.setModelContext(header);
        classifier.prepareForUse();
    }

    /** A Hoeffding tree with naive Bayes at its leaves. */
    static MoaLearner hoeffdingTree() {
        return new MoaLearner(new HoeffdingTree());
    }

    /** A forest that replaces trees when data drift, on one thread. */
    static MoaLearner adaptiveRandomForest(int trees) {
        AdaptiveRandomForest forest = new AdaptiveRandomForest();
        forest.ensembleSizeOption.setValue(trees);
        return new MoaLearner(forest);
    }

    private static InstancesHeader header() {
        List<Attribute> attributes = new ArrayList<>();
        for (int i = 0; i < Vectors.WIDTH; i++) {
            attributes.add(new Attribute("x" + i));
        }
        List<String> classes =
                IntStream.range(0, Vectors.CLASSES).mapToObj(c -> "class-" + c).toList();
        attributes.add(new Attribute("class", classes));
        InstancesHeader header = new InstancesHeader(new Instances("peers", attributes, 0));
        header.setClassIndex(Vectors.WIDTH);
        return header;
    }

    @Override
    public boolean take(Vector vector) {
        double[] values = new double[Vectors.WIDTH + 1];
        for (int i = 0; i < Vectors.WIDTH; i++) {
            values[i] = vector.features()[i];
        }
        values[Vectors.WIDTH] = vector.label();
        DenseInstance instance = new DenseInstance(1, values);
        instance.setDataset(header);
        boolean right = classifier.correctlyClassifies(instance);
        classifier.trainOnInstance(instance);
        return right;
    }

    @Override
    public void close() {}
}
