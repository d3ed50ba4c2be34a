// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.flink;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.blob.TransientBlobService;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.leaderelection.LeaderElection;
import org.apache.flink.runtime.resourcemanager.ResourceManagerGateway;
import org.apache.flink.runtime.rest.RestEndpointFactory;
import org.apache.flink.runtime.rest.handler.RestHandlerConfiguration;
import org.apache.flink.runtime.rest.handler.RestHandlerSpecification;
import org.apache.flink.runtime.rest.handler.legacy.ExecutionGraphCache;
import org.apache.flink.runtime.rest.handler.legacy.metrics.MetricFetcher;
import org.apache.flink.runtime.rpc.FatalErrorHandler;
import org.apache.flink.runtime.webmonitor.WebMonitorEndpoint;
import org.apache.flink.runtime.webmonitor.retriever.LeaderGatewayRetriever;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelInboundHandler;
import org.apache.flink.util.ConfigurationException;

/**
 * Stands where Flink wants a REST server: answers no path, and closes its port as soon as Flink has
 * bound it.
 */
final class SealedEndpoint extends WebMonitorEndpoint<DispatcherGateway> {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Optional<CompletableFuture<Void>> closed = Optional.empty();

    private SealedEndpoint(
            Configuration flink,
            RestHandlerConfiguration handlers,
            LeaderGatewayRetriever<DispatcherGateway> dispatcher,
            LeaderGatewayRetriever<ResourceManagerGateway> manager,
            TransientBlobService blobs,
            ScheduledExecutorService pool,
            MetricFetcher metrics,
            LeaderElection election,
            ExecutionGraphCache graphs,
            FatalErrorHandler fatal)
            throws IOException, ConfigurationException {
        super(dispatcher, flink, handlers, manager, blobs, pool, metrics, election, graphs, fatal);
    }

    /** As Flink's {@link RestEndpointFactory} asks for it. */
    static SealedEndpoint create(
            Configuration flink,
            LeaderGatewayRetriever<DispatcherGateway> dispatcher,
            LeaderGatewayRetriever<ResourceManagerGateway> manager,
            TransientBlobService blobs,
            ScheduledExecutorService pool,
            MetricFetcher metrics,
            LeaderElection election,
            FatalErrorHandler fatal)
            throws IOException, ConfigurationException {
        RestHandlerConfiguration handlers = RestHandlerConfiguration.fromConfiguration(flink);
        ExecutionGraphCache graphs = RestEndpointFactory.createExecutionGraphCache(handlers);
        return new SealedEndpoint(
                flink,
                handlers,
                dispatcher,
                manager,
                blobs,
                pool,
                metrics,
                election,
                graphs,
                fatal);
    }

    @Override
    protected List<Tuple2<RestHandlerSpecification, ChannelInboundHandler>> initializeHandlers(
            CompletableFuture<String> address) {
        return new ArrayList<>();
    }

    /** Called as soon as the port is bound. */
    @Override
    public void startInternal() throws Exception {
        shutDownInternal().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Closes the port once, and says so again when the cluster ends. */
    @Override
    protected CompletableFuture<Void> shutDownInternal() {
        if (closed.isEmpty()) {
            closed = Optional.of(super.shutDownInternal());
        }
        return closed.get();
    }
}
