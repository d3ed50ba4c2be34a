// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.page;

/** Where the class path holds the library of charts. */
public final class ECharts {
    /** The script, as a resource. */
    public static final String RESOURCE =
            "/META-INF/resources/webjars/echarts/5.5.0/echarts.min.js";

    private ECharts() {}
}
