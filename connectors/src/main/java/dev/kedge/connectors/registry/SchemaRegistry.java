// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kedge.connectors.json.Shortened;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * A client of a schema registry, as far as Kedge asks: <a
 * href="https://docs.confluent.io/platform/current/schema-registry/develop/api.html">Confluent's
 * REST interface</a>. Remembers nothing.
 */
public final class SchemaRegistry {
    private static final String CONTENT = "application/vnd.schemaregistry.v1+json";
    private static final int NOT_FOUND = 404;

    private final JsonMapper json = new JsonMapper();
    private final RegistrySettings settings;
    private final String base;
    private final HttpClient client;

    /** Asks nobody yet. */
    public SchemaRegistry(RegistrySettings settings) {
        this.settings = settings;
        this.base = settings.url().replaceAll("/+$", "");
        this.client = HttpClient.newBuilder().connectTimeout(settings.timeout()).build();
    }

    /** The languages in which schemas are written. */
    public enum Language {
        /** Avro's own JSON. */
        AVRO,
        /** Files of Protocol Buffers. */
        PROTOBUF
    }

    /**
     * A schema.
     *
     * @param language in which it is written
     * @param text the schema
     */
    public record Schema(Language language, String text) {}

    /**
     * The schema of a number; empty if the registry knows none.
     *
     * @throws SchemaRegistryException if it cannot be asked
     */
    public Optional<Schema> byId(int id) {
        return get("/schemas/ids/" + id).map(SchemaRegistry::schema);
    }

    /**
     * The newest schema of a subject; empty if it has none.
     *
     * @throws SchemaRegistryException if it cannot be asked
     */
    public Optional<Schema> newest(String subject) {
        return get(versions(subject) + "/latest").map(SchemaRegistry::schema);
    }

    /**
     * Registers a schema, or finds it registered already.
     *
     * @return its number
     * @throws SchemaRegistryException if the registry cannot be asked, or refuses it
     */
    public int register(String subject, Schema schema) {
        return post(versions(subject), subject, schema).path("id").asInt();
    }

    /**
     * The number of a schema that is registered.
     *
     * @throws SchemaRegistryException if the registry cannot be asked, or does not know it
     */
    public int find(String subject, Schema schema) {
        return post("/subjects/" + encoded(subject), subject, schema).path("id").asInt();
    }

    private static String versions(String subject) {
        return "/subjects/" + encoded(subject) + "/versions";
    }

    private static Schema schema(JsonNode answer) {
        String language = answer.path("schemaType").asText(Language.AVRO.name());
        for (Language known : Language.values()) {
            if (known.name().equals(language)) {
                return new Schema(known, answer.path("schema").asText());
            }
        }
        throw new SchemaRegistryException("the schema registry has a schema in " + language);
    }

    private Optional<JsonNode> get(String path) {
        HttpResponse<String> answer = send(path, request(path).GET().build());
        return answer.statusCode() == NOT_FOUND
                ? Optional.empty()
                : Optional.of(body(path, answer));
    }

    private JsonNode post(String path, String subject, Schema schema) {
        ObjectNode body = json.createObjectNode().put("schema", schema.text());
        if (schema.language() != Language.AVRO) {
            body.put("schemaType", schema.language().name());
        }
        HttpRequest request =
                request(path)
                        .header("Content-Type", CONTENT)
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                        .build();
        return body("subject " + subject, send(path, request));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path))
                        .timeout(settings.timeout())
                        .header("Accept", CONTENT);
        if (!settings.token().isEmpty()) {
            request.header("Authorization", "Bearer " + settings.token());
        } else if (!settings.user().isEmpty()) {
            String both = settings.user() + ":" + settings.password();
            byte[] bytes = both.getBytes(StandardCharsets.UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
        }
        return request;
    }

    private HttpResponse<String> send(String path, HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw failed(path, "cannot be reached (" + why + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(path, "was not waited for");
        }
    }

    private JsonNode body(String what, HttpResponse<String> answer) {
        int status = answer.statusCode();
        try {
            JsonNode body = json.readTree(answer.body());
            if (status == 200) {
                return body;
            }
            throw failed(what, "answers " + status + ": " + words(body));
        } catch (JsonProcessingException e) {
            throw failed(what, "answers " + status + " without JSON");
        }
    }

    private static String words(JsonNode body) {
        return Shortened.line(body.path("message").asText("no reason"));
    }

    private SchemaRegistryException failed(String what, String why) {
        return new SchemaRegistryException(
                "kafka.schema-registry.url: " + base + " " + why + " (" + what + ")");
    }

    private static String encoded(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
