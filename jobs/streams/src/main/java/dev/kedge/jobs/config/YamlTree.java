// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.config;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a YAML text says, together with how it says it: a number or a truth knows the characters it
 * was written with, so that a field for a text can take them as they stand. What would be read as
 * something else than a person means (aliases, merge keys, tags of one's own, further documents) is
 * refused with its line.
 *
 * @param root what it says; missing where it says nothing
 * @param written by JSON pointer, the characters of every value that is neither a text nor null
 */
record YamlTree(JsonNode root, Map<String, String> written) {
    /** Without an eight or a nine YAML 1.1 takes these for octal, people do not. */
    private static final Pattern LEADING_ZERO = Pattern.compile("[-+]?0[0-9_]+");

    private static final Pattern ENDLESS = Pattern.compile("[-+]?\\.[a-zA-Z]+");

    private static final String MERGE = "<<";
    private static final String STANDARD = "tag:yaml.org,2002:";
    private static final Set<String> TAGS =
            Set.of("str", "int", "float", "bool", "null", "map", "seq");

    /**
     * Reads a text; {@code source} begins the messages of refusals.
     *
     * @throws IOException if it is not YAML
     * @throws ConfigurationException if it is YAML that a file of settings must not have
     */
    static YamlTree of(String yaml, ObjectMapper mapper, String source) throws IOException {
        try (YAMLParser in = (YAMLParser) mapper.getFactory().createParser(yaml)) {
            if (in.nextToken() == null) {
                return new YamlTree(MissingNode.getInstance(), Map.of());
            }
            Reading reading = new Reading(in, mapper, source);
            JsonNode root = reading.value(JsonPointer.empty());
            if (in.nextToken() != null) {
                String why = "a second document begins here; a file of settings is one document";
                throw reading.refused(beginning(yaml, reading.line()), why);
            }
            return new YamlTree(root, Map.copyOf(reading.written));
        }
    }

    /** All its fields, those of fields with dots. */
    Set<String> fields() {
        Set<String> fields = new TreeSet<>();
        add("", root, fields);
        return fields;
    }

    private static void add(String path, JsonNode node, Set<String> fields) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            fields.add(path + field.getKey());
            add(path + field.getKey() + ".", field.getValue(), fields);
        }
    }

    /** The line of the three hyphens at or above the first value of a document. */
    private static int beginning(String yaml, int value) {
        List<String> lines = yaml.lines().toList();
        for (int line = Math.min(value, lines.size()); line > 1; line--) {
            if (lines.get(line - 1).startsWith("---")) {
                return line;
            }
        }
        return value;
    }

    private static final class Reading {
        private final YAMLParser in;
        private final ObjectMapper mapper;
        private final String source;
        private final Map<String, String> written = new HashMap<>();

        Reading(YAMLParser in, ObjectMapper mapper, String source) {
            this.in = in;
            this.mapper = mapper;
            this.source = source;
        }

        int line() {
            return in.currentTokenLocation().getLineNr();
        }

        ConfigurationException refused(int line, String reason) {
            return ConfigurationException.of("%s: line %d: %s", source, line, reason);
        }

        /** The value that the parser is at; afterwards it is at the value's last token. */
        JsonNode value(JsonPointer at) throws IOException {
            if (in.isCurrentAlias()) {
                String alias = "an alias (*" + in.getText() + ")";
                throw refused(line(), alias + " is not allowed; write the value itself");
            }
            requireStandardTag();
            JsonToken token = in.currentToken();
            if (token == JsonToken.START_OBJECT) {
                return object(at);
            }
            if (token == JsonToken.START_ARRAY) {
                return array(at);
            }
            return scalar(token, at);
        }

        private void requireStandardTag() throws IOException {
            Object tag = in.getTypeId();
            if (tag == null) {
                return;
            }
            String name = tag.toString();
            String known = name.startsWith(STANDARD) ? name.substring(STANDARD.length()) : name;
            if (!TAGS.contains(known)) {
                throw refused(line(), "a tag (" + known + ") is not allowed; write a plain value");
            }
        }

        private ObjectNode object(JsonPointer at) throws IOException {
            ObjectNode node = mapper.createObjectNode();
            while (in.nextToken() != JsonToken.END_OBJECT) {
                String name = in.currentName();
                if (name.equals(MERGE)) {
                    throw refused(
                            line(), "a merge key (<<) is not allowed; write the fields themselves");
                }
                if (node.has(name)) {
                    String twice = "the field '" + name + "' is there twice";
                    throw new JsonParseException(in, twice, in.currentTokenLocation());
                }
                in.nextToken();
                node.set(name, value(at.appendProperty(name)));
            }
            return node;
        }

        private ArrayNode array(JsonPointer at) throws IOException {
            ArrayNode node = mapper.createArrayNode();
            while (in.nextToken() != JsonToken.END_ARRAY) {
                node.add(value(at.appendIndex(node.size())));
            }
            return node;
        }

        private JsonNode scalar(JsonToken token, JsonPointer at) throws IOException {
            String text = in.getText();
            if (token == JsonToken.VALUE_STRING) {
                return TextNode.valueOf(text);
            }
            if (LEADING_ZERO.matcher(text).matches() || ENDLESS.matcher(text).matches()) {
                return TextNode.valueOf(text);
            }
            if (token != JsonToken.VALUE_NULL) {
                written.put(at.toString(), text);
            }
            return mapper.readTree(in);
        }
    }
}
