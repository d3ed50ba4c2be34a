// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.chaos;

import dev.kedge.connectors.testing.Patience;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The key of one cluster: whoever does not hold it can talk to none of its processes, not on this
 * machine either. It is made anew for each cluster.
 *
 * @param store the key store, readable by its owner only
 * @param password of the store
 */
record ClusterKey(Path store, String password) {
    private static final String PASSWORD = "KEDGE_CLUSTER_PASSWORD";
    private static final int PASSWORD_BYTES = 24;

    /** Makes a key by the JDK's own tool. */
    static ClusterKey make(Path folder) throws IOException {
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        ClusterKey key =
                new ClusterKey(folder.resolve("cluster.p12"), HexFormat.of().formatHex(random));
        ProcessBuilder tool = new ProcessBuilder(key.command()).redirectErrorStream(true);
        tool.environment().put(PASSWORD, key.password);
        run(tool.start());
        ownerOnly(key.store);
        return key;
    }

    private List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "cluster",
                "-keyalg",
                "EC",
                "-dname",
                "CN=kedge-chaos",
                "-ext",
                "SAN=ip:127.0.0.1,dns:localhost",
                "-validity",
                "7",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass:env",
                PASSWORD);
    }

    private static void run(Process tool) throws IOException {
        try (InputStream said = tool.getInputStream()) {
            String text = new String(said.readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!tool.waitFor(Patience.SECONDS, TimeUnit.SECONDS) || tool.exitValue() != 0) {
                throw new IOException("no key for the cluster: keytool says " + text);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the cluster's key was made", e);
        } finally {
            tool.destroyForcibly();
        }
    }

    /** Lets nobody else read a file. */
    static void ownerOnly(Path file) throws IOException {
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    /** Flink's settings: calls, data, blobs and the REST interface want the key on both sides. */
    SortedMap<String, String> settings() {
        SortedMap<String, String> settings = new TreeMap<>();
        for (String side : List.of("internal", "rest")) {
            String prefix = "security.ssl." + side + ".";
            settings.put(prefix + "enabled", "true");
            settings.put(prefix + "keystore", store.toString());
            settings.put(prefix + "keystore-type", "PKCS12");
            settings.put(prefix + "keystore-password", password);
            settings.put(prefix + "key-password", password);
            settings.put(prefix + "truststore", store.toString());
            settings.put(prefix + "truststore-type", "PKCS12");
            settings.put(prefix + "truststore-password", password);
        }
        settings.put("security.ssl.rest.authentication-enabled", "true");
        settings.put("security.ssl.protocol", "TLSv1.3");
        settings.put("security.ssl.algorithms", "TLS_AES_128_GCM_SHA256");
        return settings;
    }
}
