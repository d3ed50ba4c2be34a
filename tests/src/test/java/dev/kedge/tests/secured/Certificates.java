// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.secured;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.kedge.connectors.testing.Patience;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Keys with certificates, made by the JDK's own tool.
 *
 * @param folder of their files
 * @param password of all of them
 */
record Certificates(Path folder, String password) {
    private static final int LINE = 64;

    /** Makes a key that signs others, or stands alone. */
    void authority(String name) throws Exception {
        make(name, List.of("-ext", "bc:c"));
    }

    /**
     * Makes a key for this machine.
     *
     * @param signer who signs its certificate
     * @param more since when it is good, for example
     */
    void make(String name, String signer, String... more) throws Exception {
        List<String> options = new ArrayList<>(List.of("-signer", signer));
        options.addAll(List.of("-ext", "SAN=ip:127.0.0.1,dns:localhost"));
        options.addAll(List.of(more));
        make(name, options);
    }

    private void make(String name, List<String> options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-genkeypair", "-alias", name));
        command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=" + name));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", password));
        command.addAll(List.of("-keystore", all().toString()));
        command.addAll(options);
        Path said = folder.resolve(name + ".txt");
        Process tool =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
        if (!tool.waitFor(Patience.SECONDS, TimeUnit.SECONDS) || tool.exitValue() != 0) {
            throw new IOException(Files.readString(said));
        }
        split(name);
    }

    private Path all() {
        return folder.resolve("all.p12");
    }

    /** A key in a store of its own, and its certificate as text. */
    private void split(String name) throws Exception {
        KeyStore all = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(all())) {
            all.load(in, password.toCharArray());
        }
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        own.setKeyEntry(
                name,
                all.getKey(name, password.toCharArray()),
                password.toCharArray(),
                all.getCertificateChain(name));
        try (OutputStream out = Files.newOutputStream(store(name))) {
            own.store(out, password.toCharArray());
        }
        String lines =
                Base64.getMimeEncoder(LINE, "\n".getBytes(US_ASCII))
                        .encodeToString(all.getCertificate(name).getEncoded());
        Files.writeString(
                certificate(name),
                "-----BEGIN CERTIFICATE-----\n" + lines + "\n-----END CERTIFICATE-----\n");
    }

    /** A key with its certificate. */
    Path store(String name) {
        return folder.resolve(name + ".p12");
    }

    /** A certificate as text. */
    Path certificate(String name) {
        return folder.resolve(name + ".pem");
    }
}
