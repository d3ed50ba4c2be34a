// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.page;

/**
 * A file of a page.
 *
 * @param path where a browser asks for it
 * @param resource where the class path holds it
 * @param type its media type
 */
public record PageAsset(String path, String resource, String type) {
    /** A page. */
    public static PageAsset html(String path, String resource) {
        return new PageAsset(path, resource, "text/html; charset=utf-8");
    }

    /** A script. */
    public static PageAsset script(String path, String resource) {
        return new PageAsset(path, resource, "text/javascript; charset=utf-8");
    }

    /** A style sheet. */
    public static PageAsset styles(String path, String resource) {
        return new PageAsset(path, resource, "text/css; charset=utf-8");
    }

    /** A picture. */
    public static PageAsset svg(String path, String resource) {
        return new PageAsset(path, resource, "image/svg+xml");
    }

    /** What a page's interface is like, for programs. */
    public static PageAsset json(String path, String resource) {
        return new PageAsset(path, resource, "application/json; charset=utf-8");
    }

    /** The library of charts. */
    public static PageAsset charts() {
        return script("/webjars/echarts.min.js", ECharts.RESOURCE);
    }
}
