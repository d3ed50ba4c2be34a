// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.kafka;

import java.util.List;
import java.util.regex.Pattern;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;

/**
 * No Kafka client can be made with these properties, whether brokers are there or not; or the
 * brokers do not take the client, or the client not them.
 */
public final class ClientRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What Java's own words of a handshake that failed mean; the first that is said counts. */
    private static final List<Meaning> MEANINGS =
            List.of(
                    new Meaning(
                            "validity check failed|CertificateExpired|NotAfter",
                            "the certificate of the brokers has expired, or is not valid yet"),
                    new Meaning(
                            "PKIX|certification path|trustAnchors|Trust anchor",
                            "the certificate of the brokers is not trusted; ssl.truststore.location, or ssl.truststore.certificates, has to hold who issued it"),
                    new Meaning(
                            "alternative name|No name matching",
                            "the certificate of the brokers is for another host than bootstrap-servers and the brokers name"),
                    new Meaning(
                            "certificate_required|bad_certificate|certificate_unknown|unknown_ca|Empty client certificate|Empty server certificate",
                            "the brokers want a certificate of this client that they trust; see ssl.keystore.location"),
                    new Meaning(
                            "Unrecognized SSL message|Unsupported or unrecognized|plaintext connection",
                            "what answers there does not speak TLS; security.protocol is another one, or the port is"),
                    new Meaning("", "no encrypted connection comes about; see ssl.*"));

    private static final Pattern FRAMES = Pattern.compile("(?s)\\s+at [\\w.$]+\\(.*");
    private static final Pattern CLASSES =
            Pattern.compile("(?:[a-z]\\w*\\.)+[A-Z][\\w$]*(?:Exception|Error): ?");

    private record Meaning(String words, String advice) {
        boolean fits(String said) {
            return Pattern.compile(words).matcher(said).find();
        }
    }

    ClientRefusedException(KafkaException cause) {
        super("no Kafka client can be made with kafka.properties: " + reasons(cause), cause);
    }

    ClientRefusedException(String bootstrapServers, AuthenticationException cause) {
        super(refused(bootstrapServers, cause), cause);
    }

    private static String refused(String bootstrapServers, AuthenticationException e) {
        String said = String.join(": ", String.valueOf(e.getMessage()), reasons(e));
        if (!(e instanceof SslAuthenticationException)) {
            return bootstrapServers
                    + ": the brokers do not accept this client; see kafka.properties: sasl.mechanism, sasl.jaas.config ("
                    + e.getMessage()
                    + ")";
        }
        String advice =
                MEANINGS.stream()
                        .filter(one -> one.fits(said))
                        .findFirst()
                        .map(Meaning::advice)
                        .orElseThrow();
        return bootstrapServers + ": " + advice + " (kafka.properties; " + reasons(e) + ")";
    }

    /** What is said without the names of Java's classes, and without where it was said. */
    private static String plain(String message) {
        return CLASSES.matcher(FRAMES.matcher(message).replaceFirst("")).replaceAll("").strip();
    }

    /** All of them but the first, which only says that there is no client. */
    private static String reasons(KafkaException e) {
        StringBuilder reasons = new StringBuilder();
        for (Throwable at = e.getCause(); at != null; at = at.getCause()) {
            String said = plain(String.valueOf(at.getMessage()));
            if (reasons.indexOf(said) < 0) {
                reasons.append(reasons.isEmpty() ? "" : ": ").append(said);
            }
        }
        return reasons.isEmpty() ? plain(String.valueOf(e.getMessage())) : reasons.toString();
    }
}
