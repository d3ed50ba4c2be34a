// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.config;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a file leaves to its surroundings: {@code ${NAME}}, anywhere in a text, is a variable of the
 * environment, {@code ${file:PATH}} what a file holds, and so is a whole text {@code file:PATH}.
 * What stands for them is known here, so that it is never said: messages and {@code --show} say the
 * reference.
 */
public final class References {
    /** Nothing is left to the surroundings. */
    public static final References NONE = new References(Map.of(), List.of());

    private static final Pattern REFERENCE =
            Pattern.compile("(\\$?)\\$\\{(file:[^}]+|[A-Za-z_][A-Za-z0-9_]*)}");
    private static final String FILE = "file:";

    /** Their {@code file:} is a folder's address. */
    private static final Set<String> ADDRESSES = Set.of("/checkpoints/directory");

    /** A whole value that stands for a number or a truth is one. */
    private static final Pattern PLAIN =
            Pattern.compile("-?(0|[1-9][0-9]{0,17})(\\.[0-9]+)?|true|false");

    private static final long LARGEST = 1 << 20;

    private final Map<String, String> byPointer;
    private final List<Known> values;

    private record Known(String value, String reference) {}

    /** Looks things up. */
    interface Surroundings {
        /** A variable of the environment. */
        Optional<String> variable(String name);
    }

    private References(Map<String, String> byPointer, List<Known> values) {
        this.byPointer = Map.copyOf(byPointer);
        this.values =
                values.stream()
                        .sorted(Comparator.comparingInt((Known k) -> k.value().length()).reversed())
                        .toList();
    }

    /** A tree without references, and what they were. */
    record Resolved(YamlTree tree, References references) {}

    /**
     * Looks up what a tree leaves to its surroundings.
     *
     * @param source begins every message
     * @throws ConfigurationException if there is no such variable or file, or it is empty
     */
    static Resolved resolve(YamlTree tree, Surroundings surroundings, String source) {
        Resolution resolution = new Resolution(tree, surroundings, source);
        JsonNode root = resolution.node(tree.root(), JsonPointer.empty(), "");
        return new Resolved(
                new YamlTree(root, resolution.written),
                new References(resolution.byPointer, resolution.values));
    }

    /** A message with the references in the place of what stands for them. */
    public String hide(String message) {
        String hidden = message;
        for (Known known : values) {
            String alone = "(?<![A-Za-z0-9])" + Pattern.quote(known.value()) + "(?![A-Za-z0-9])";
            hidden = hidden.replaceAll(alone, Matcher.quoteReplacement(known.reference()));
        }
        return hidden;
    }

    /** Puts the references back, and hides what stands there in clear and should not be read. */
    ObjectNode shown(ObjectNode settings) {
        return (ObjectNode) shown(settings, JsonPointer.empty(), "");
    }

    private JsonNode shown(JsonNode node, JsonPointer at, String name) {
        String reference = byPointer.get(at.toString());
        if (reference != null) {
            return TextNode.valueOf(reference);
        }
        if (node.isTextual()) {
            return Secrets.isSecret(at, name) && !node.textValue().isEmpty()
                    ? TextNode.valueOf(Secrets.HIDDEN)
                    : node;
        }
        return mapped(node, at, this::shown);
    }

    private interface Mapping {
        JsonNode of(JsonNode node, JsonPointer at, String name);
    }

    private static JsonNode mapped(JsonNode node, JsonPointer at, Mapping mapping) {
        if (node.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            node.properties()
                    .forEach(
                            field -> {
                                String name = field.getKey();
                                JsonPointer there = at.appendProperty(name);
                                object.set(name, mapping.of(field.getValue(), there, name));
                            });
            return object;
        }
        if (node.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            for (int i = 0; i < node.size(); i++) {
                array.add(mapping.of(node.get(i), at.appendIndex(i), ""));
            }
            return array;
        }
        return node;
    }

    private static final class Resolution {
        private final Surroundings surroundings;
        private final String source;
        private final Map<String, String> written;
        private final Map<String, String> byPointer = new TreeMap<>();
        private final List<Known> values = new ArrayList<>();

        Resolution(YamlTree tree, Surroundings surroundings, String source) {
            this.surroundings = surroundings;
            this.source = source;
            this.written = new HashMap<>(tree.written());
        }

        JsonNode node(JsonNode node, JsonPointer at, String name) {
            return node.isTextual()
                    ? text(node.textValue(), at.toString())
                    : mapped(node, at, this::node);
        }

        private JsonNode text(String text, String at) {
            String field = at.isEmpty() ? "" : at.substring(1).replace('/', '.');
            boolean file = text.startsWith(FILE) && !ADDRESSES.contains(at);
            String value =
                    file
                            ? fromFile(text, text.substring(FILE.length()), field)
                            : filled(text, field);
            if (value.equals(text)) {
                return TextNode.valueOf(text);
            }
            boolean unescaped =
                    REFERENCE.matcher(text).results().allMatch(m -> !m.group(1).isEmpty());
            if (unescaped && !file) {
                return TextNode.valueOf(value);
            }
            byPointer.put(at, text);
            values.add(new Known(value, text));
            if (!PLAIN.matcher(value).matches()) {
                return TextNode.valueOf(value);
            }
            written.put(at, value);
            return plain(value);
        }

        private static JsonNode plain(String value) {
            JsonNodeFactory nodes = JsonNodeFactory.instance;
            if (Character.isLetter(value.charAt(0))) {
                return nodes.booleanNode(Boolean.parseBoolean(value));
            }
            return value.contains(".")
                    ? nodes.numberNode(Double.parseDouble(value))
                    : nodes.numberNode(Long.parseLong(value));
        }

        private String filled(String text, String field) {
            UnaryOperator<String> lookup =
                    name ->
                            name.startsWith(FILE)
                                    ? fromFile("${" + name + "}", name.substring(5), field)
                                    : variable(name, field);
            return REFERENCE
                    .matcher(text)
                    .replaceAll(
                            found ->
                                    Matcher.quoteReplacement(
                                            found.group(1).isEmpty()
                                                    ? lookup.apply(found.group(2))
                                                    : found.group().substring(1)));
        }

        private String variable(String name, String field) {
            String reference = "${" + name + "}";
            String value =
                    surroundings
                            .variable(name)
                            .orElseThrow(
                                    () -> refused(field, reference, "there is no such variable"));
            return known(value, reference, field);
        }

        private String fromFile(String reference, String name, String field) {
            try {
                Path path = Path.of(name.startsWith("//") ? name.substring(2) : name);
                if (!Files.isRegularFile(path)) {
                    throw refused(field, reference, "there is no such file");
                }
                if (Files.size(path) > LARGEST) {
                    throw refused(field, reference, "the file has more than 1 MB");
                }
                String text = Files.readString(path);
                return known(text.replaceFirst("\\R$", ""), reference, field);
            } catch (IOException | InvalidPathException e) {
                throw refused(field, reference, "the file cannot be read");
            }
        }

        private String known(String value, String reference, String field) {
            if (value.isEmpty()) {
                throw refused(field, reference, "it is empty");
            }
            values.add(new Known(value, reference));
            return value;
        }

        private ConfigurationException refused(String field, String reference, String why) {
            return ConfigurationException.of("%s: %s: %s: %s", source, field, reference, why);
        }
    }
}
