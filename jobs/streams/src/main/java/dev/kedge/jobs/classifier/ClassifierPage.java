// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.classifier;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kedge.connectors.image.Pixels;
import dev.kedge.connectors.json.RecordJson;
import dev.kedge.jobs.page.DashboardServer;
import dev.kedge.jobs.page.LearnerAssets;
import dev.kedge.jobs.page.PageAsset;
import dev.kedge.jobs.page.PageContent;
import dev.kedge.jobs.page.PageJson;
import dev.kedge.jobs.page.PageRoutes;
import dev.kedge.operators.classifier.ClassifierMetrics;
import dev.kedge.operators.classifier.ClassifierScore;
import dev.kedge.operators.image.ImageShape;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The page of classifiers: accuracy, classes, memory, embeddings, newest samples. */
record ClassifierPage(ClassifierBoard board, Optional<ImageShape> image) implements PageContent {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final RecordJson<ClassifierScore> SCORE = RecordJson.of(ClassifierScore.class);
    private static final RecordJson<ClassifierMetrics> METRICS =
            RecordJson.of(ClassifierMetrics.class);
    private static final int SAMPLES = 24;
    private static final List<PageAsset> ASSETS = LearnerAssets.of("classifier");

    @Override
    public List<PageAsset> assets() {
        return ASSETS;
    }

    @Override
    public ObjectNode summary() {
        ClassifierBoard.Summary summary = board.summary();
        ObjectNode node = NODES.objectNode();
        node.put("revision", summary.revision());
        PageJson.put(node, "scoresPerSecond", summary.scoresPerSecond());
        node.set("models", PageJson.list(summary.models(), METRICS::tree));
        PageJson.putDeadLetters(node, summary.deadLetters());
        return node;
    }

    @Override
    public Optional<Instant> lastScored() {
        return board.lastScored();
    }

    @Override
    public void routes(PageRoutes routes) {
        routes.get("/api/metrics", this::history);
        routes.get("/api/samples", this::samples);
        routes.get("/api/picture", this::picture);
    }

    private void history(Context request) {
        String model = PageJson.needed(request, "model");
        ObjectNode node = NODES.objectNode().put("model", model);
        node.set("metrics", PageJson.list(board.history(model), METRICS::tree));
        DashboardServer.answer(request, node);
    }

    private void samples(Context request) {
        String model = PageJson.needed(request, "model");
        ObjectNode node = NODES.objectNode().put("model", model);
        node.set("samples", PageJson.list(board.samples(model, SAMPLES), this::sample));
        DashboardServer.answer(request, node);
    }

    private void picture(Context request) {
        Optional<byte[]> pixels =
                board.picture(PageJson.needed(request, "model"), PageJson.needed(request, "id"));
        if (pixels.isEmpty() || image.isEmpty()) {
            request.status(HttpStatus.NOT_FOUND);
            return;
        }
        request.contentType("image/png").result(Pixels.png(pixels.get(), image.get()));
    }

    private ObjectNode sample(ClassifierScore score) {
        ObjectNode node = SCORE.tree(score);
        node.remove(List.of("model", "featureTime"));
        if (score.label().isEmpty()) {
            node.putNull("label").putNull("correct");
        }
        return node.put("picture", board.picture(score.model(), score.id()).isPresent());
    }
}
