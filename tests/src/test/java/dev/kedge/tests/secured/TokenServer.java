// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.secured;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;

/**
 * Gives a client that knows its secret a token, as RFC 6749 (4.4) has it, and everybody the key by
 * which the token is checked.
 */
final class TokenServer implements AutoCloseable {
    static final String AUDIENCE = "kafka";

    private static final int BITS = 2048;
    private static final long LASTS = 3600;

    private final HttpServer server;
    private final String allowed;
    private final KeyPair key;

    /** Serves on any free port. */
    TokenServer(String client, String secret) throws IOException, GeneralSecurityException {
        String pair = client + ":" + secret;
        allowed = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
        KeyPairGenerator pairs = KeyPairGenerator.getInstance("RSA");
        pairs.initialize(BITS);
        key = pairs.generateKeyPair();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/token", this::token);
        server.createContext("/keys", exchange -> answer(exchange, 200, keys()));
        server.start();
    }

    String tokens() {
        return address() + "/token";
    }

    String keysAddress() {
        return address() + "/keys";
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void token(HttpExchange exchange) throws IOException {
        if (!allowed.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(exchange, 401, "{\"error\": \"invalid_client\"}");
            return;
        }
        answer(
                exchange,
                200,
                "{\"access_token\": \"%s\", \"token_type\": \"Bearer\"}".formatted(signed()));
    }

    private String signed() {
        long now = Instant.now().getEpochSecond();
        String claims =
                "{\"iss\": \"test\", \"sub\": \"kedge\", \"aud\": \"%s\", \"scope\": \"learn\", \"iat\": %d, \"exp\": %d}"
                        .formatted(AUDIENCE, now, now + LASTS);
        String text = part("{\"alg\": \"RS256\", \"kid\": \"one\"}") + "." + part(claims);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key.getPrivate());
            signature.update(text.getBytes(UTF_8));
            return text + "." + encoded(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String keys() {
        RSAPublicKey open = (RSAPublicKey) key.getPublic();
        return "{\"keys\": [{\"kty\": \"RSA\", \"kid\": \"one\", \"use\": \"sig\", \"alg\": \"RS256\", \"n\": \"%s\", \"e\": \"%s\"}]}"
                .formatted(number(open.getModulus()), number(open.getPublicExponent()));
    }

    private static String number(BigInteger value) {
        byte[] bytes = value.toByteArray();
        int sign = bytes[0] == 0 ? 1 : 0;
        byte[] unsigned = new byte[bytes.length - sign];
        System.arraycopy(bytes, sign, unsigned, 0, unsigned.length);
        return encoded(unsigned);
    }

    private static String part(String json) {
        return encoded(json.getBytes(UTF_8));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
