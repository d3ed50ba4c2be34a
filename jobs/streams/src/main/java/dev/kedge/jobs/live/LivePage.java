// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.live;

import dev.kedge.jobs.config.JobSettings;
import dev.kedge.jobs.feed.OutputFeed;
import dev.kedge.jobs.kind.Opened;
import dev.kedge.jobs.page.DashboardServer;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The page of a running job, fed by what the job writes. Nothing at all where the job file wants no
 * page.
 */
public final class LivePage implements AutoCloseable {
    private final JobSettings.Dashboard settings;
    private final Function<Optional<String>, DashboardServer> server;
    private final Supplier<OutputFeed<?, ?>> feed;
    private final Opened opened = new Opened();

    /**
     * A page that is not started yet.
     *
     * @param settings the page's part of the job file
     * @param server makes the server for a token, if there is one
     * @param feed makes what puts the job's output on the page
     */
    public LivePage(
            JobSettings.Dashboard settings,
            Function<Optional<String>, DashboardServer> server,
            Supplier<OutputFeed<?, ?>> feed) {
        this.settings = settings;
        this.server = server;
        this.feed = feed;
    }

    /**
     * Starts to serve.
     *
     * @return where a browser finds the page, its token included, if there is one
     */
    public Optional<URI> serve() {
        if (!settings.enabled()) {
            return Optional.empty();
        }
        Optional<String> token = Optional.of(settings.token()).filter(text -> !text.isEmpty());
        DashboardServer started =
                opened.keep(server.apply(token)).start(settings.host(), settings.port());
        return Optional.of(token.map(text -> opening(started.uri(), text)).orElse(started.uri()));
    }

    /** An address that opens the page at once; the page takes the token out of it. */
    private static URI opening(URI page, String token) {
        return URI.create(page + "?token=" + URLEncoder.encode(token, StandardCharsets.UTF_8));
    }

    /** Starts to read what the job writes, from the beginning of its topics. */
    public void follow() {
        if (settings.enabled()) {
            opened.keep(feed.get()).start();
        }
    }

    @Override
    public void close() {
        opened.close();
    }
}
