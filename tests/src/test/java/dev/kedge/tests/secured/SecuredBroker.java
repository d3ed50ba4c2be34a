// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.secured;

import dev.kedge.connectors.broker.BrokerListener;
import dev.kedge.connectors.broker.EmbeddedBroker;
import dev.kedge.connectors.testing.Patience;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/** A broker with a listener for each way in which people guard theirs, and what clients need. */
final class SecuredBroker implements AutoCloseable {
    /** What Kafka's clients want to be told before they ask an address for a token. */
    static final String ALLOWED = "org.apache.kafka.sasl.oauthbearer.allowed.urls";

    /** The variable of the environment whose value is the password of PLAIN: any will do. */
    static final String VARIABLE = "PATH";

    static final String STORE_PASSWORD = "store-secret-4711";
    static final String SCRAM_PASSWORD = "scram-secret-4712";
    static final String CLIENT_SECRET = "oauth-secret-4713";

    private static final String MODULES = "org.apache.kafka.common.security.";

    private final Path folder;
    private final Certificates certificates;
    private final TokenServer tokens;
    private final EmbeddedBroker broker;

    SecuredBroker(Path folder) throws Exception {
        this.folder = folder;
        certificates = new Certificates(folder, STORE_PASSWORD);
        certificates.authority("ca");
        certificates.authority("stranger");
        certificates.make("broker", "ca");
        certificates.make("client", "ca");
        certificates.make("expired", "ca", "-startdate", "-3d", "-validity", "1");
        Files.writeString(folder.resolve("keystore-password"), STORE_PASSWORD + "\n");
        Files.writeString(folder.resolve("kafka-password"), SCRAM_PASSWORD + "\n");
        Files.writeString(folder.resolve("client-secret"), CLIENT_SECRET);
        tokens = new TokenServer("kedge", CLIENT_SECRET);
        System.setProperty(ALLOWED, tokens.tokens() + "," + tokens.keysAddress());
        broker = EmbeddedBroker.start(folder.resolve("broker"), listeners());
        addScramUser();
    }

    private List<BrokerListener> listeners() {
        SortedMap<String, String> mutual = tls("broker");
        mutual.put("ssl.client.auth", "required");
        mutual.put("ssl.truststore.type", "PEM");
        mutual.put("ssl.truststore.location", certificates.certificate("ca").toString());
        SortedMap<String, String> scram = sasl("SCRAM-SHA-256", "scram.ScramLoginModule required;");
        String user = "plain.PlainLoginModule required user_ads=\"%s\";";
        SortedMap<String, String> plain = sasl("PLAIN", user.formatted(System.getenv(VARIABLE)));
        SortedMap<String, String> oauth =
                sasl("OAUTHBEARER", "oauthbearer.OAuthBearerLoginModule required;");
        oauth.put(
                "oauthbearer.sasl.server.callback.handler.class",
                MODULES + "oauthbearer.OAuthBearerValidatorCallbackHandler");
        oauth.put("sasl.oauthbearer.jwks.endpoint.url", tokens.keysAddress());
        oauth.put("sasl.oauthbearer.expected.audience", TokenServer.AUDIENCE);
        return List.of(
                BrokerListener.of("TLS", "SSL", tls("broker")),
                BrokerListener.of("EXPIRED", "SSL", tls("expired")),
                BrokerListener.of("MUTUAL", "SSL", mutual),
                BrokerListener.of("SCRAM", "SASL_SSL", scram),
                BrokerListener.of("PLAIN", "SASL_SSL", plain),
                BrokerListener.of("OAUTH", "SASL_SSL", oauth));
    }

    private SortedMap<String, String> tls(String key) {
        return new TreeMap<>(
                Map.of(
                        "ssl.keystore.type",
                        "PKCS12",
                        "ssl.keystore.location",
                        certificates.store(key).toString(),
                        "ssl.keystore.password",
                        STORE_PASSWORD,
                        "ssl.key.password",
                        STORE_PASSWORD));
    }

    private SortedMap<String, String> sasl(String mechanism, String module) {
        SortedMap<String, String> settings = tls("broker");
        settings.put("sasl.enabled.mechanisms", mechanism);
        String key = mechanism.toLowerCase(Locale.ROOT) + ".sasl.jaas.config";
        settings.put(key, MODULES + module);
        return settings;
    }

    private void addScramUser() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.alterUserScramCredentials(
                            List.of(
                                    new UserScramCredentialUpsertion(
                                            "ads",
                                            new ScramCredentialInfo(
                                                    ScramMechanism.SCRAM_SHA_256, 4096),
                                            SCRAM_PASSWORD)))
                    .all()
                    .get(Patience.SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Where clients of a listener go. */
    String at(String listener) {
        return broker.bootstrapServers(listener);
    }

    /** Where clients go that nobody asks for anything. */
    String open() {
        return broker.bootstrapServers();
    }

    /** A text of the documents with the places of this broker. */
    String placed(String example, String listener) {
        return example.replaceFirst("kafka\\.example\\.com:\\d+", at(listener))
                .replace("https://login.example.com/token", tokens.tokens())
                .replace("${KAFKA_PASSWORD}", "${" + VARIABLE + "}")
                .replace("/etc/kedge/", folder + "/");
    }

    @Override
    public void close() {
        broker.close();
        tokens.close();
        System.clearProperty(ALLOWED);
    }
}
