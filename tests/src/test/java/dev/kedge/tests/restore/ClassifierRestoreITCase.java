// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.restore;

import dev.kedge.connectors.classifier.LabelJson;
import dev.kedge.connectors.json.RecordJson;
import dev.kedge.connectors.types.StreamTypes;
import dev.kedge.operators.classifier.ClassifierEvent;
import dev.kedge.operators.classifier.ClassifierMetrics;
import dev.kedge.operators.classifier.ClassifierModels;
import dev.kedge.operators.classifier.ClassifierScore;
import dev.kedge.operators.classifier.Label;
import dev.kedge.operators.classifier.Sample;
import dev.kedge.operators.encoder.InputForm;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.Origin;
import dev.kedge.tests.classifier.SmallClassifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Samples and labels in any order, some twice, some alone, whatever disturbs the operator. */
class ClassifierRestoreITCase {
    private static final RecordJson<ClassifierScore> JSON = RecordJson.of(ClassifierScore.class);

    private static final List<String> CLASSES = List.of("a", "b", "c", "d", "e");

    @Test
    void aClassifierWithLateLabelsEndsTheSameWhateverDisturbsIt() throws Exception {
        RestoreHarness.assertEndsTheSame(rehearsed(500));
    }

    /** A classifier with so many samples and labels. */
    static Rehearsed<ClassifierEvent, ClassifierScore, ClassifierMetrics> rehearsed(int events) {
        return new Rehearsed<>(
                new ClassifierModels(SmallClassifier.settings("features: 6")),
                events(events),
                incoming -> incoming.event().model(),
                StreamTypes.CLASSIFIER_SCORE,
                StreamTypes.CLASSIFIER_METRICS,
                score ->
                        new Rehearsed.Told(
                                score.model(),
                                new String(JSON.encode(score), StandardCharsets.UTF_8)));
    }

    private static List<Incoming<ClassifierEvent>> events(int count) {
        SplittableRandom random = new SplittableRandom(21);
        List<Incoming<ClassifierEvent>> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String model = "m" + random.nextInt(4);
            long at = 1_700_000_000_000L + 20L * i;
            String id = "s" + Math.max(0, i - random.nextInt(30));
            int c = random.nextInt(Math.min(CLASSES.size(), 2 + i * CLASSES.size() / count));
            ClassifierEvent event =
                    random.nextInt(3) == 0
                            ? new Label(model, id, at, CLASSES.get(c))
                            : new Sample(
                                    model,
                                    "s" + i,
                                    at,
                                    input(c, random),
                                    random.nextBoolean()
                                            ? Optional.of(CLASSES.get(c))
                                            : Optional.empty());
            byte[] original = LabelJson.encode(new Label(model, id, at, "any"));
            events.add(new Incoming<>(event, new Origin("in", 0, i, -1), original));
        }
        return events;
    }

    private static byte[] input(int c, SplittableRandom random) {
        float[] values = new float[6];
        for (int k = 0; k < values.length; k++) {
            values[k] = (k % CLASSES.size() == c ? 1 : 0) + (float) random.nextDouble(0.5);
        }
        return InputForm.encode(values);
    }
}
