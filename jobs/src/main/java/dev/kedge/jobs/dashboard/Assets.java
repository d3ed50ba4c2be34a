// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.dashboard;

import io.javalin.Javalin;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The page's files, read once from the class path: nothing else can be asked for. */
final class Assets {
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String HTML = "text/html; charset=utf-8";

    private record Asset(String path, String resource, String type) {}

    private static final List<Asset> ALL =
            List.of(
                    new Asset("/", "/dashboard/index.html", HTML),
                    new Asset("/app.css", "/dashboard/app.css", "text/css; charset=utf-8"),
                    new Asset("/app.js", "/dashboard/app.js", SCRIPT),
                    new Asset("/charts.js", "/dashboard/charts.js", SCRIPT),
                    new Asset("/icon.svg", "/dashboard/icon.svg", "image/svg+xml"),
                    new Asset("/webjars/echarts.min.js", ECharts.RESOURCE, SCRIPT));

    private Assets() {}

    static void serve(Javalin app) {
        ALL.forEach(asset -> serve(app, asset, read(asset.resource())));
    }

    private static void serve(Javalin app, Asset asset, byte[] bytes) {
        app.get(asset.path(), request -> answer(request, asset, bytes));
    }

    private static void answer(Context request, Asset asset, byte[] bytes) {
        request.header("Cache-Control", "no-cache").contentType(asset.type()).result(bytes);
    }

    private static byte[] read(String resource) {
        try (InputStream in = Assets.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("The class path lacks " + resource);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
