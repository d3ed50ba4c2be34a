// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.classifier;

import dev.kedge.jobs.page.DashboardServer;
import dev.kedge.jobs.page.JobHealth;
import dev.kedge.operators.image.ImageShape;
import java.util.Optional;

/** Servers of the page of classifiers. */
public final class ClassifierPages {
    private ClassifierPages() {}

    /**
     * A server that is not started yet.
     *
     * @param image sides of the samples' pictures, if samples are images
     * @param token what a request has to bring
     */
    public static DashboardServer server(
            ClassifierBoard board,
            Optional<ImageShape> image,
            JobHealth health,
            Optional<String> token) {
        return new DashboardServer(new ClassifierPage(board, image), health, token);
    }
}
