// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.page;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The page's files, read once from the class path: nothing else can be asked for. */
final class Assets {
    private Assets() {}

    static void serve(RoutesConfig routes, List<PageAsset> assets) {
        assets.forEach(asset -> serve(routes, asset, read(asset.resource())));
    }

    private static void serve(RoutesConfig routes, PageAsset asset, byte[] bytes) {
        routes.get(asset.path(), request -> answer(request, asset, bytes));
    }

    private static void answer(Context request, PageAsset asset, byte[] bytes) {
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
