// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.alerts;

import dev.kedge.jobs.threads.Daemons;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the rules again and again on a thread of its own, and tells page and web hook. */
public final class AlertBell implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AlertBell.class);

    private final AlertSettings settings;
    private final AlertWatch watch;
    private final Optional<Webhook> webhook;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(new Daemons("kedge-alerts"));
    private volatile Optional<ScheduledFuture<?>> looks = Optional.empty();

    /**
     * A bell that is still.
     *
     * @param job the job's name
     * @param clock what rules are timed by
     * @param memory keeps what was told
     */
    public AlertBell(String job, AlertSettings settings, Clock clock, AlertMemory memory) {
        this.settings = settings;
        this.watch = new AlertWatch(job, settings.rules(), clock, memory);
        this.webhook =
                settings.webhook()
                        .address()
                        .map(address -> new Webhook(settings.webhook(), address));
    }

    /**
     * Begins to look.
     *
     * @param situation what there is to be looked at; empty while too little is known to judge
     */
    public void start(Supplier<Optional<Situation>> situation) {
        long every = settings.every().toMillis();
        looks =
                Optional.of(
                        timer.scheduleWithFixedDelay(
                                () -> look(situation), every, every, TimeUnit.MILLISECONDS));
    }

    private void look(Supplier<Optional<Situation>> situation) {
        try {
            situation.get().map(watch::look).ifPresent(alerts -> alerts.forEach(this::tell));
        } catch (RuntimeException e) {
            // Thrown on, it would end all looks for good.
            LOG.warn("the rules of alerts could not be looked at", e);
        }
    }

    private void tell(Alert alert) {
        LOG.info("alert of rule {}", alert.rule());
        webhook.ifPresent(to -> to.accept(alert));
    }

    /** The alerts so far, the newest first. */
    public List<Told> told() {
        return watch.told();
    }

    /** How sending goes; empty without a web hook. */
    public Optional<Sending> sending() {
        return webhook.map(Webhook::status);
    }

    @Override
    public void close() {
        looks.ifPresent(future -> future.cancel(false));
        timer.shutdownNow();
        webhook.ifPresent(Webhook::close);
    }
}
