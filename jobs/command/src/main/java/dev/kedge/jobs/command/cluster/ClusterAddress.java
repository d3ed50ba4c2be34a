// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.cluster;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.stream.Stream;

/** Where the REST interface of a cluster is. */
public final class ClusterAddress {
    private static final String EXAMPLE = "http://jobmanager:8081";

    private ClusterAddress() {}

    /**
     * Reads addresses as people type them.
     *
     * @param text one, or several with commas between them
     * @throws ClusterException if one of them is anything else
     */
    public static List<URI> parseAll(String text) {
        return Stream.of(text.split(",", -1))
                .map(String::strip)
                .map(ClusterAddress::parse)
                .toList();
    }

    /**
     * Reads an address as people type it.
     *
     * @param text {@code http://host:port} or {@code host:port}
     * @throws ClusterException if it is anything else
     */
    public static URI parse(String text) {
        String whole = text.contains("://") ? text : "http://" + text;
        URI address;
        try {
            address = new URI(whole).parseServerAuthority();
        } catch (URISyntaxException e) {
            throw refused(text, "it is no address");
        }
        if (address.getUserInfo() != null) {
            throw refused(
                    address.getScheme() + "://...@" + address.getHost(),
                    "credentials in it are not supported, Flink's REST interface asks for none; go through a tunnel");
        }
        if ("https".equals(address.getScheme())) {
            throw refused(text, "https is not supported; go through a tunnel");
        }
        if (!"http".equals(address.getScheme()) || address.getHost() == null) {
            throw refused(text, "it is no address");
        }
        if (address.getPort() < 0) {
            throw refused(text, "it has no port; Flink's is 8081, as a rule");
        }
        boolean more = address.getQuery() != null || address.getFragment() != null;
        if (more || !address.getPath().matches("/?")) {
            throw refused(text, "nothing may come after the port");
        }
        return URI.create("http://" + address.getHost() + ":" + address.getPort());
    }

    private static ClusterException refused(String text, String why) {
        return new ClusterException(
                "address of the cluster: " + text + ": " + why + "; say for example " + EXAMPLE);
    }
}
