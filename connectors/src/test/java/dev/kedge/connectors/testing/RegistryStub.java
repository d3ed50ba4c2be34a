// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kedge.connectors.registry.RegistrySettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/**
 * A schema registry in memory that answers as Confluent's does: the same numbers for the same
 * schema, versions by subject, backward compatibility of Avro, its error codes.
 */
public final class RegistryStub implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final List<Registered> schemas = new ArrayList<>();
    private final Map<String, List<Integer>> subjects = new TreeMap<>();
    private final List<String> asked = new ArrayList<>();
    private Optional<String> authorization = Optional.empty();

    private record Registered(String language, String schema) {}

    private record Answer(int status, JsonNode body) {}

    /** Starts on a free port of this machine. */
    public RegistryStub() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    /** Where it is. */
    public String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** Settings of a client that nobody has to know. */
    public RegistrySettings settings() {
        return new RegistrySettings(url(), "", "", "", true, Duration.ofSeconds(30));
    }

    /** From now on answers only those who send this header. */
    public synchronized void require(String header) {
        authorization = Optional.of(header);
    }

    /** Registers an Avro schema without asking whether it fits. */
    public synchronized int put(String subject, String schema) {
        return put(subject, new Registered("AVRO", schema));
    }

    /** Registers a file of Protocol Buffers. */
    public synchronized int putProto(String subject, String file) {
        return put(subject, new Registered("PROTOBUF", file));
    }

    /** Method and path of each question. */
    public synchronized List<String> asked() {
        return List.copyOf(asked);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
        String sent = exchange.getRequestHeaders().getFirst("Authorization");
        Answer answer =
                authorization.isPresent() && !authorization.get().equals(sent)
                        ? error(401, 401, "Unauthorized")
                        : answer(
                                exchange.getRequestMethod(),
                                exchange.getRequestURI().getRawPath(),
                                exchange.getRequestBody().readAllBytes());
        byte[] bytes = answer.body().toString().getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Answer answer(String method, String path, byte[] body) throws IOException {
        List<String> parts =
                Stream.of(path.substring(1).split("/")).map(RegistryStub::plain).toList();
        if (path.startsWith("/schemas/ids/")) {
            int id = Integer.parseInt(parts.get(2));
            return id < 1 || id > schemas.size()
                    ? error(404, 40403, "Schema " + id + " not found")
                    : new Answer(200, found(id));
        }
        String subject = parts.get(1);
        List<Integer> versions = subjects.getOrDefault(subject, List.of());
        if (method.equals("GET")) {
            return versions.isEmpty()
                    ? error(404, 40401, "Subject '" + subject + "' not found.")
                    : new Answer(200, found(versions.get(versions.size() - 1)));
        }
        JsonNode asked = JSON.readTree(body);
        Registered schema =
                new Registered(
                        asked.path("schemaType").asText("AVRO"), asked.path("schema").asText());
        if (parts.size() == 2) {
            int id = schemas.indexOf(schema) + 1;
            return versions.contains(id)
                    ? new Answer(200, found(id))
                    : error(404, 40403, "Schema not found");
        }
        if (!fits(schema, versions)) {
            return error(
                    409, 409, "Schema being registered is incompatible with an earlier schema");
        }
        return new Answer(200, JSON.createObjectNode().put("id", put(subject, schema)));
    }

    private int put(String subject, Registered schema) {
        if (!schemas.contains(schema)) {
            schemas.add(schema);
        }
        int id = schemas.indexOf(schema) + 1;
        List<Integer> versions = subjects.computeIfAbsent(subject, name -> new ArrayList<>());
        if (!versions.contains(id)) {
            versions.add(id);
        }
        return id;
    }

    private boolean fits(Registered schema, List<Integer> versions) {
        if (versions.isEmpty() || !schema.language().equals("AVRO")) {
            return true;
        }
        Schema reader = new Schema.Parser().parse(schema.schema());
        Registered newest = schemas.get(versions.get(versions.size() - 1) - 1);
        Schema writer = new Schema.Parser().parse(newest.schema());
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getType()
                == SchemaCompatibilityType.COMPATIBLE;
    }

    private JsonNode found(int id) {
        Registered one = schemas.get(id - 1);
        var body = JSON.createObjectNode().put("id", id).put("schema", one.schema());
        return one.language().equals("AVRO") ? body : body.put("schemaType", one.language());
    }

    private static Answer error(int status, int code, String message) {
        return new Answer(
                status, JSON.createObjectNode().put("error_code", code).put("message", message));
    }

    private static String plain(String part) {
        return URLDecoder.decode(part, UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
