// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.tracker;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kedge.connectors.json.RecordJson;
import dev.kedge.jobs.page.DashboardServer;
import dev.kedge.jobs.page.LearnerAssets;
import dev.kedge.jobs.page.PageAsset;
import dev.kedge.jobs.page.PageContent;
import dev.kedge.jobs.page.PageJson;
import dev.kedge.jobs.page.PageRoutes;
import dev.kedge.operators.tracker.TrackerMetrics;
import dev.kedge.operators.tracker.TrackerScore.Seen;
import dev.kedge.operators.tracker.TrackerSettings;
import dev.kedge.operators.tracker.ctvis.Box;
import dev.kedge.operators.tracker.ctvis.Detection;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The page of trackers: the newest frames with their tracks, the banks, the running figures. */
record TrackerPage(TrackerBoard board, TrackerSettings.Input input) implements PageContent {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final RecordJson<TrackerMetrics> METRICS = RecordJson.of(TrackerMetrics.class);
    private static final int STREAMS = 6;
    private static final int INSTANCES = 36;
    private static final List<PageAsset> ASSETS = LearnerAssets.of("tracker");

    @Override
    public List<PageAsset> assets() {
        return ASSETS;
    }

    @Override
    public ObjectNode summary() {
        TrackerBoard.Summary summary = board.summary();
        ObjectNode node = NODES.objectNode();
        node.put("revision", summary.revision());
        PageJson.put(node, "framesPerSecond", summary.framesPerSecond());
        node.set("names", PageJson.list(summary.names(), NODES::textNode));
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
        routes.get("/api/scenes", this::scenes);
    }

    private void history(Context request) {
        String model = PageJson.needed(request, "model");
        ObjectNode node = NODES.objectNode().put("model", model);
        node.set(
                "metrics",
                PageJson.list(board.history(model, TrackerBoard.MAX_POINTS), METRICS::tree));
        PageJson.put(node, "meanIdf1", board.meanIdf1(model));
        node.set("rivals", PageJson.list(board.rivals(model), TrackerPage::rival));
        DashboardServer.answer(request, node);
    }

    private static ObjectNode rival(RivalTable.Row row) {
        ObjectNode node = NODES.objectNode().put("kind", row.kind().word());
        node.put("threshold", row.threshold());
        PageJson.put(node, "meanIdf1", row.meanIdf1());
        node.set("metrics", PageJson.list(row.points(), TrackerPage::point));
        return node;
    }

    /** What a chart shows of a rival. */
    private static ObjectNode point(TrackerMetrics metrics) {
        ObjectNode node = NODES.objectNode().put("at", metrics.at());
        PageJson.put(node, "idf1", metrics.identity().idf1());
        node.put("judged", metrics.counts().judged());
        return node.put("switches", metrics.counts().switches());
    }

    private void scenes(Context request) {
        String model = PageJson.needed(request, "model");
        ObjectNode node = NODES.objectNode().put("model", model);
        input.shape()
                .ifPresent(
                        shape ->
                                node.putObject("crop")
                                        .put("channels", shape.channels())
                                        .put("height", shape.height())
                                        .put("width", shape.width()));
        List<TrackerBoard.Scene> scenes = board.scenes(model);
        node.put("streams", scenes.size());
        node.set("scenes", PageJson.list(scenes.stream().limit(STREAMS).toList(), this::scene));
        node.set("instances", PageJson.list(board.instances(model, INSTANCES), this::instance));
        DashboardServer.answer(request, node);
    }

    private ObjectNode scene(TrackerBoard.Scene scene) {
        ObjectNode node = NODES.objectNode().put("stream", scene.score().stream());
        node.put("frame", scene.score().frame()).put("at", PageJson.iso(scene.score().at()));
        node.put("bankSize", scene.score().bankSize());
        node.put("modelVersion", scene.score().modelVersion());
        ArrayNode detections = node.putArray("detections");
        for (int d = 0; d < scene.score().detections().size(); d++) {
            int at = d;
            detections.add(
                    seen(
                            scene.score().detections().get(d),
                            scene.picture().map(frame -> frame.detections().get(at))));
        }
        return node;
    }

    private ObjectNode instance(TrackerBoard.Instance instance) {
        ObjectNode node = seen(instance.seen(), instance.detection());
        return node.put("stream", instance.stream()).put("frame", instance.frame());
    }

    private ObjectNode seen(Seen seen, Optional<Detection> detection) {
        ObjectNode node = NODES.objectNode().put("track", seen.track());
        PageJson.put(node, "similarity", seen.similarity());
        node.put("isNew", seen.isNew()).put("sightings", seen.sightings());
        node.put("dropped", seen.dropped().map(why -> lower(why)).orElse(null));
        node.put("class", seen.label());
        node.put("identity", detection.map(Detection::identity).orElse(""));
        seen.box().ifPresent(box -> node.set("box", box(box)));
        if (input.shape().isPresent()) {
            detection
                    .map(shown -> Base64.getEncoder().encodeToString(shown.input()))
                    .ifPresent(pixels -> node.put("pixels", pixels));
        }
        return node;
    }

    private static ArrayNode box(Box box) {
        return NODES.arrayNode().add(box.left()).add(box.top()).add(box.width()).add(box.height());
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
