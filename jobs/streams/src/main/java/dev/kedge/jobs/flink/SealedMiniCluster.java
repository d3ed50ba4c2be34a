// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.flink;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.blob.BlobServer;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.dispatcher.SessionDispatcherFactory;
import org.apache.flink.runtime.dispatcher.runner.DefaultDispatcherRunnerFactory;
import org.apache.flink.runtime.entrypoint.component.DefaultDispatcherResourceManagerComponentFactory;
import org.apache.flink.runtime.entrypoint.component.DispatcherResourceManagerComponent;
import org.apache.flink.runtime.entrypoint.component.DispatcherResourceManagerComponentFactory;
import org.apache.flink.runtime.heartbeat.HeartbeatServices;
import org.apache.flink.runtime.metrics.MetricRegistry;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.RpcServiceSharing;
import org.apache.flink.runtime.resourcemanager.StandaloneResourceManagerFactory;
import org.apache.flink.runtime.rest.RestEndpointFactory;
import org.apache.flink.runtime.rpc.FatalErrorHandler;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;
import org.apache.flink.runtime.security.token.DelegationTokenManager;
import org.apache.flink.runtime.webmonitor.retriever.MetricQueryServiceRetriever;

/**
 * Flink's cluster in one process without its doors: no REST server, no blob server, no port for
 * data or calls. Flink binds two of them for a moment on loopback and this closes them before a
 * task executor is there: whoever may connect to such a server may run code in this process.
 */
public final class SealedMiniCluster extends MiniCluster {
    private static final String LOOPBACK = "127.0.0.1";

    /**
     * Describes a cluster, not started yet.
     *
     * @param flink Flink's configuration; what it says of addresses and ports does not count
     * @param slots slots of each task executor
     */
    public SealedMiniCluster(Configuration flink, int slots) {
        super(describe(flink, slots));
    }

    private static MiniClusterConfiguration describe(Configuration flink, int slots) {
        Configuration sealed = new Configuration(flink);
        sealed.set(RestOptions.ADDRESS, LOOPBACK);
        sealed.set(RestOptions.BIND_ADDRESS, LOOPBACK);
        sealed.set(RestOptions.PORT, 0);
        sealed.set(RestOptions.BIND_PORT, "0");
        sealed.set(WebOptions.SUBMIT_ENABLE, false);
        sealed.set(WebOptions.CANCEL_ENABLE, false);
        sealed.set(JobManagerOptions.BIND_HOST, LOOPBACK);
        sealed.set(TaskManagerOptions.BIND_HOST, LOOPBACK);
        sealed.set(TaskManagerOptions.HOST, LOOPBACK);
        sealed.set(BlobServerOptions.PORT, "0");
        // There is no blob server to take what is too large for a message.
        sealed.set(BlobServerOptions.OFFLOAD_MINSIZE, Integer.MAX_VALUE);
        // Metrics that only a REST server would ask for.
        sealed.set(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, Duration.ZERO);
        MiniClusterConfiguration whole =
                new MiniClusterConfiguration.Builder()
                        .setConfiguration(sealed)
                        .setNumSlotsPerTaskManager(slots)
                        .setRpcServiceSharing(RpcServiceSharing.SHARED)
                        .build();
        // The task executor comes once the doors are closed: they are open all the more shortly.
        return new MiniClusterConfiguration(
                whole.getConfiguration(),
                0,
                whole.getRpcServiceSharing(),
                LOOPBACK,
                whole.getHaServices(),
                whole.getPluginManager());
    }

    /**
     * Starts the cluster with one task executor. Where that fails, it is still to be closed.
     *
     * @throws IOException if this machine does not know its own name, which Flink asks for
     */
    @Override
    public void start() throws Exception {
        requireOwnName();
        super.start();
        startTaskManager();
    }

    // Asked before Flink does, which asks while its blob server listens; the answer is remembered.
    private static void requireOwnName() throws IOException {
        try {
            InetAddress.getLocalHost();
        } catch (UnknownHostException e) {
            String said = "this machine does not know its own name (" + e.getMessage();
            throw new IOException(said + "); add it to /etc/hosts", e);
        }
    }

    @Override
    protected boolean useLocalCommunication() {
        return true;
    }

    @Override
    protected Collection<? extends DispatcherResourceManagerComponent>
            createDispatcherResourceManagerComponents(
                    Configuration flink,
                    RpcServiceFactory rpc,
                    BlobServer blobs,
                    HeartbeatServices heartbeats,
                    DelegationTokenManager tokens,
                    MetricRegistry metrics,
                    MetricQueryServiceRetriever queries,
                    FatalErrorHandler fatalErrors)
                    throws Exception {
        blobs.close();
        return super.createDispatcherResourceManagerComponents(
                flink, rpc, blobs, heartbeats, tokens, metrics, queries, fatalErrors);
    }

    @Override
    protected DispatcherResourceManagerComponentFactory
            createDispatcherResourceManagerComponentFactory() {
        SessionDispatcherFactory sessions = SessionDispatcherFactory.INSTANCE;
        RestEndpointFactory<DispatcherGateway> noServer = SealedEndpoint::create;
        return new DefaultDispatcherResourceManagerComponentFactory(
                DefaultDispatcherRunnerFactory.createSessionRunner(sessions),
                StandaloneResourceManagerFactory.getInstance(),
                noServer);
    }

    /** A job's graph and the history of its failures. */
    CompletableFuture<ExecutionGraphInfo> graphInfo(JobID job, Duration patience) {
        return getDispatcherGatewayFuture()
                .thenCompose(gateway -> gateway.requestExecutionGraphInfo(job, patience));
    }
}
