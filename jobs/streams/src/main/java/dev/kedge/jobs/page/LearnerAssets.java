// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.page;

import java.util.List;

/** The files of a page of one learner: what all such pages share, and three of its own. */
public final class LearnerAssets {
    private LearnerAssets() {}

    /**
     * All files.
     *
     * @param word names the folder of the page's own files, its style sheet and its script
     */
    public static List<PageAsset> of(String word) {
        String own = "/" + word;
        return List.of(
                PageAsset.html("/", own + "/index.html"),
                PageAsset.styles("/app.css", "/dashboard/app.css"),
                PageAsset.styles("/learner.css", "/learner/learner.css"),
                PageAsset.styles(own + ".css", own + own + ".css"),
                PageAsset.script("/shown.js", "/dashboard/shown.js"),
                PageAsset.script("/format.js", "/dashboard/format.js"),
                PageAsset.script("/charts.js", "/dashboard/charts.js"),
                PageAsset.script("/learner.js", "/learner/learner.js"),
                PageAsset.script(own + ".js", own + own + ".js"),
                PageAsset.svg("/icon.svg", "/dashboard/icon.svg"),
                PageAsset.charts());
    }
}
