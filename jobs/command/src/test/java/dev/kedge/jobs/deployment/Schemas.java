// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.deployment;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Schemas of what other programs read, in which every field that they do not name is an error. */
final class Schemas {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchemaFactory DRAFT_7 =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7);

    private static final String DEFINITION =
            "META-INF/fabric8/flinkdeployments.flink.apache.org-v1.yml";
    private static final String MODEL = "schema/validation-schema.json";

    /** In which module of the model a kind is. */
    private static final Map<String, String> MODULES =
            Map.of(
                    "ConfigMap", "core",
                    "Secret", "core",
                    "PersistentVolumeClaim", "core",
                    "NetworkPolicy", "networking",
                    "PodDisruptionBudget", "policy");

    private Schemas() {}

    /** What is wrong with a document; empty if nothing. */
    static List<String> errors(JsonSchema schema, JsonNode document) {
        return schema.validate(document).stream().map(Object::toString).sorted().toList();
    }

    /** Of the Compose specification. */
    static JsonSchema compose() {
        ObjectNode schema = (ObjectNode) read(Schemas.class.getResource("compose-spec.json"));
        schema.remove("$id");
        return DRAFT_7.getSchema(schema);
    }

    /** Of one of the kinds in {@code docker/kubernetes}. */
    static JsonSchema kubernetes(String kind) {
        return switch (kind) {
            case "FlinkDeployment" -> DRAFT_7.getSchema(object(kind, deployment()));
            case "FlinkBlueGreenDeployment" -> DRAFT_7.getSchema(object(kind, blueGreen()));
            default -> DRAFT_7.getSchema(ofModel(kind));
        };
    }

    /**
     * The specification of a Flink deployment, as the operator's artefact defines it, and the
     * versions of Flink that it knows since.
     */
    private static ObjectNode deployment() {
        JsonNode definition = read(Schemas.class.getClassLoader().getResource(DEFINITION));
        ObjectNode spec =
                (ObjectNode)
                        definition.at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");
        ArrayNode versions = (ArrayNode) spec.at("/properties/flinkVersion/enum");
        List.of("v2_0", "v2_1", "v2_2").forEach(versions::add);
        close(spec);
        return spec;
    }

    /** A template of deployments, since operator 1.14. */
    private static ObjectNode blueGreen() {
        ObjectNode spec = JSON.createObjectNode();
        spec.put("additionalProperties", false);
        ObjectNode fields = spec.putObject("properties");
        fields.putObject("configuration")
                .put("type", "object")
                .putObject("additionalProperties")
                .put("type", "string");
        ObjectNode template = fields.putObject("template");
        template.put("additionalProperties", false);
        template.putArray("required").add("spec");
        template.putObject("properties").set("spec", deployment());
        return spec;
    }

    private static ObjectNode object(String kind, ObjectNode spec) {
        ObjectNode schema = JSON.createObjectNode();
        schema.put("additionalProperties", false);
        schema.putArray("required").add("apiVersion").add("kind").add("metadata").add("spec");
        ObjectNode fields = schema.putObject("properties");
        fields.putObject("apiVersion").put("const", "flink.apache.org/v1beta1");
        fields.putObject("kind").put("const", kind);
        ObjectNode metadata = fields.putObject("metadata");
        metadata.put("additionalProperties", false);
        metadata.putArray("required").add("name");
        metadata.putObject("properties").putObject("name").put("type", "string");
        fields.set("spec", spec);
        return schema;
    }

    private static ObjectNode ofModel(String kind) {
        ObjectNode model = model(MODULES.get(kind));
        ObjectNode definitions = (ObjectNode) model.get("definitions");
        definitions.forEach(Schemas::close);
        anyOf(definitions, "k8s_io_apimachinery_pkg_api_resource_Quantity", "string", "number");
        anyOf(definitions, "kubernetes_resource_Quantity", "string", "number");
        anyOf(
                definitions,
                "kubernetes_apimachinery_pkg_util_intstr_IntOrString",
                "string",
                "integer");
        ObjectNode schema = (ObjectNode) model.get("resources").get(kind.toLowerCase(Locale.ROOT));
        close(schema);
        schema.putObject("definitions").setAll(definitions);
        for (String field : List.of("apiVersion", "kind")) {
            ObjectNode constant = (ObjectNode) schema.get("properties").get(field);
            constant.set("const", constant.get("default"));
        }
        schema.putArray("required").add("apiVersion").add("kind").add("metadata");
        return schema;
    }

    private static void anyOf(ObjectNode definitions, String name, String... types) {
        ArrayNode all = definitions.putObject(name).putArray("type");
        for (String type : types) {
            all.add(type);
        }
    }

    private static ObjectNode model(String module) {
        try {
            for (URL file : Collections.list(Schemas.class.getClassLoader().getResources(MODEL))) {
                JsonNode model = read(file);
                if (model.path("$module").asText().equals(module)) {
                    return (ObjectNode) model;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("no model " + module);
    }

    /** No field but those that are named; a number or a text where Kubernetes takes both. */
    private static void close(JsonNode schema) {
        if (!(schema instanceof ObjectNode node)) {
            return;
        }
        if (node.path("x-kubernetes-int-or-string").asBoolean()) {
            node.removeAll().putArray("type").add("integer").add("string");
            return;
        }
        if (node.path("required").isBoolean()) {
            // Of an older draft of JSON schema.
            node.remove("required");
        }
        boolean named = node.path("properties").isObject();
        if (named && !node.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
            node.put("additionalProperties", false);
        }
        node.path("properties").forEach(Schemas::close);
        close(node.path("items"));
        close(node.path("additionalProperties"));
    }

    private static JsonNode read(URL file) {
        try (InputStream in = file.openStream()) {
            ObjectMapper mapper = file.getPath().endsWith(".yml") ? new YAMLMapper() : JSON;
            return mapper.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A map of texts. */
    static Map<String, String> texts(JsonNode object) {
        return JSON.convertValue(object, new TypeReference<Map<String, String>>() {});
    }
}
