// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.config;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.kedge.state.settings.Durations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Reads YAML over defaults: what the file does not say keeps its default, what it says must be
 * known and of the right type. Field names are the records' components in lower case with hyphens.
 */
public final class StrictYaml {
    private static final ObjectMapper MAPPER = mapper();
    private static final ObjectMapper WRITER =
            mapper().setAnnotationIntrospector(new Groups.Flat());

    /** What YAML's own reader takes at most, so that nothing larger is read into memory. */
    public static final int LARGEST_FILE = 3 << 20;

    /** Mappings whose names are the user's own. */
    private static final Set<String> OPEN = Set.of("properties", "headers");

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private StrictYaml() {}

    private static ObjectMapper mapper() {
        ObjectMapper mapper =
                YAMLMapper.builder(new YAMLFactory())
                        .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
                        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                        .addModule(new SettingTypes())
                        .build();
        return mapper.setDefaultSetterInfo(JsonSetter.Value.forValueNulls(Nulls.FAIL, Nulls.FAIL));
    }

    /**
     * Reads a file over defaults.
     *
     * @param file the file
     * @param defaults what holds where the file is silent
     * @throws ConfigurationException if anything in it is wrong
     */
    public static <T> T read(Path file, T defaults, Class<T> type) {
        return parse(text(file), defaults, type, file.toString());
    }

    /**
     * What a file says, unread.
     *
     * @throws ConfigurationException if it cannot be read
     */
    public static String text(Path file) {
        try {
            long bytes = Files.size(file);
            if (bytes > LARGEST_FILE) {
                throw ConfigurationException.of(
                        "%s: has %d bytes; a file of settings may have %d",
                        file, bytes, LARGEST_FILE);
            }
            return withoutMark(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new ConfigurationException(file + ": there is no such file");
        } catch (IOException e) {
            throw new ConfigurationException(file + ": cannot be read (" + e.getMessage() + ")");
        }
    }

    /** A text without the byte order mark that some editors begin a file with. */
    public static String withoutMark(String text) {
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }

    /**
     * Reads a text over defaults; {@code source} begins every message. What it leaves to its
     * surroundings ({@link References}) is looked up, and messages do not say it.
     */
    public static <T> T parse(String yaml, T defaults, Class<T> type, String source) {
        References.Resolved resolved = resolved(yaml, source);
        try {
            return parse(resolved.tree(), defaults, type, source);
        } catch (ConfigurationException e) {
            throw new ConfigurationException(resolved.references().hide(e.getMessage()));
        }
    }

    /**
     * What a text leaves to its surroundings.
     *
     * @throws ConfigurationException if the text is not YAML, or something is not there
     */
    public static References references(String yaml, String source) {
        return resolved(yaml, source).references();
    }

    private static References.Resolved resolved(String yaml, String source) {
        return References.resolve(
                tree(yaml, source), name -> Optional.ofNullable(System.getenv(name)), source);
    }

    private static <T> T parse(YamlTree file, T defaults, Class<T> type, String source) {
        JsonNode given = file.root();
        ObjectNode merged = WRITER.valueToTree(defaults);
        if (!given.isMissingNode() && !given.isNull()) {
            if (!given.isObject()) {
                throw new ConfigurationException(source + ": must be a mapping of fields");
            }
            merge("", merged, given, source);
        }
        return bind(merged, file.written(), type, source);
    }

    /** Changes some fields of settings; {@code source} begins every message. */
    public static <T> T change(T settings, JsonNode given, Class<T> type, String source) {
        ObjectNode merged = WRITER.valueToTree(settings);
        merge("", merged, given, source);
        return bind(merged, Map.of(), type, source);
    }

    /**
     * What a text says in one of its outermost fields, if it has it; nothing else is looked at.
     *
     * @throws ConfigurationException if the text is not YAML, or the field is no single value
     */
    public static Optional<String> field(String yaml, String name, String source) {
        YamlTree file = tree(yaml, source);
        JsonNode found = file.root().path(name);
        if (found.isMissingNode()) {
            return Optional.empty();
        }
        if (!found.isValueNode() || found.isNull()) {
            throw ConfigurationException.of(
                    "%s: %s: %s is not allowed; it must be a text", source, name, found);
        }
        String at = JsonPointer.empty().appendProperty(name).toString();
        return Optional.of(file.written().getOrDefault(at, found.asText()));
    }

    /**
     * Names of a text's outermost fields; none if it has no fields.
     *
     * @throws ConfigurationException if the text is not YAML
     */
    public static Set<String> fields(String yaml, String source) {
        return tree(yaml, source).root() instanceof ObjectNode fields ? names(fields) : Set.of();
    }

    /**
     * The fields of which a text says something, those of its parts with dots.
     *
     * @throws ConfigurationException if the text is not YAML
     */
    public static Set<String> said(String yaml, String source) {
        return tree(yaml, source).fields();
    }

    /** A duration the way a file would say it. */
    public static String word(Duration duration) {
        return Durations.word(duration);
    }

    /**
     * Reads a duration the way a file would say it.
     *
     * @throws IllegalArgumentException if it is none, or a number without its unit
     * @throws ArithmeticException if it is too long
     */
    public static Duration duration(String text) {
        return SettingTypes.duration(text);
    }

    /** Settings the way a file would say them, as a tree. */
    public static ObjectNode tree(Object settings) {
        return WRITER.valueToTree(settings);
    }

    /**
     * Writes settings for people: references stand for what was looked up, secrets in clear are
     * hidden.
     */
    public static String show(Object settings, References references) {
        return write(references.shown(tree(settings)));
    }

    /** Writes settings the way a file would say them. */
    public static String write(Object settings) {
        try {
            return WRITER.writeValueAsString(settings);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Writes settings, leaving some fields out where they have their defaults.
     *
     * @param name of the settings; begins the paths of the fields
     * @param left paths of the fields to leave out, with dots
     */
    public static String writeWithoutDefaults(
            String name, Object settings, Object defaults, Set<String> left) {
        ObjectNode tree = WRITER.valueToTree(settings);
        leaveOut(name, tree, WRITER.valueToTree(defaults), left);
        return write(tree);
    }

    private static void leaveOut(
            String path, ObjectNode tree, JsonNode defaults, Set<String> left) {
        for (String field : names(tree)) {
            String name = path + "." + field;
            JsonNode value = tree.get(field);
            if (left.contains(name) && value.equals(defaults.get(field))) {
                tree.remove(field);
            } else if (value.isObject()) {
                leaveOut(name, (ObjectNode) value, defaults.path(field), left);
            }
        }
    }

    private static YamlTree tree(String yaml, String source) {
        try {
            return YamlTree.of(yaml, MAPPER, source);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            String said = firstLine(e.getOriginalMessage());
            throw ConfigurationException.of("%s: not YAML at line %d: %s", source, line, said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void merge(String path, ObjectNode into, JsonNode given, String source) {
        for (Map.Entry<String, JsonNode> field : given.properties()) {
            String name = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
            JsonNode known = into.get(field.getKey());
            if (known == null) {
                String fields = String.join(", ", names(into));
                throw new ConfigurationException(
                        source + ": " + name + ": unknown field; allowed here: " + fields);
            }
            boolean open = path.endsWith("properties") || OPEN.contains(field.getKey());
            if (known.isObject() && !open) {
                if (!field.getValue().isObject()) {
                    String fields = String.join(", ", names((ObjectNode) known));
                    throw ConfigurationException.of(
                            "%s: %s: %s is not allowed; it must have fields: %s",
                            source, name, field.getValue(), fields);
                }
                merge(name, (ObjectNode) known, field.getValue(), source);
            } else {
                into.set(field.getKey(), field.getValue());
            }
        }
    }

    private static Set<String> names(ObjectNode node) {
        TreeSet<String> names = new TreeSet<>();
        for (Iterator<String> it = node.fieldNames(); it.hasNext(); ) {
            names.add(it.next());
        }
        return names;
    }

    private static <T> T bind(
            ObjectNode flat, Map<String, String> characters, Class<T> type, String source) {
        Likes.complete(type, flat, source);
        Groups groups = Groups.of(type, flat, characters);
        ObjectNode tree = groups.tree();
        Map<String, String> written = groups.written();
        try {
            return MAPPER.readerFor(type)
                    .withAttribute(SettingTypes.WRITTEN, written)
                    .readValue(tree);
        } catch (ValueInstantiationException e) {
            throw new ConfigurationException(
                    source + ": " + prefix(path(e)) + firstLine(rootMessage(e)));
        } catch (MismatchedInputException e) {
            throw refused(value(tree, written, e), e, expected(e.getTargetType()), source);
        } catch (JsonMappingException e) {
            if (e.getCause() instanceof InputCoercionException outOfRange) {
                String allowed = expected(outOfRange.getTargetType());
                throw refused(value(tree, written, e), e, allowed, source);
            }
            throw new ConfigurationException(
                    source + ": " + path(e) + ": " + firstLine(rootMessage(e)));
        } catch (JsonProcessingException e) {
            throw new ConfigurationException(source + ": " + firstLine(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ConfigurationException refused(
            String value, JsonMappingException e, String allowed, String source) {
        return ConfigurationException.of(
                "%s: %s: %s is not allowed; it must be %s", source, path(e), value, allowed);
    }

    /** What the file says at the place of a mistake. */
    private static String value(
            JsonNode tree, Map<String, String> written, JsonMappingException e) {
        JsonNode at = tree;
        JsonPointer pointer = JsonPointer.empty();
        for (JsonMappingException.Reference reference : e.getPath()) {
            String field = reference.getFieldName();
            at = field == null ? at.path(reference.getIndex()) : at.path(field);
            pointer =
                    field == null
                            ? pointer.appendIndex(Math.max(0, reference.getIndex()))
                            : pointer.appendProperty(field);
        }
        String otherwise = at.isTextual() ? "'" + at.textValue() + "'" : at.toString();
        return written.getOrDefault(pointer.toString(), otherwise);
    }

    private static String expected(Class<?> target) {
        if (target == null) {
            return "another type";
        }
        if (target.isEnum()) {
            return Arrays.stream(target.getEnumConstants())
                    .map(word -> word.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .collect(Collectors.joining(", ", "one of ", ""));
        }
        return SettingTypes.describe(target);
    }

    private static String path(JsonMappingException e) {
        List<String> parts = new ArrayList<>();
        for (JsonMappingException.Reference reference : e.getPath()) {
            String field = reference.getFieldName();
            if (field != null && !Groups.isGroup(type(reference.getFrom()), field)) {
                parts.add(field);
            }
        }
        return String.join(".", parts);
    }

    private static Class<?> type(Object from) {
        return from instanceof Class<?> type ? type : from.getClass();
    }

    /** What stands before the field that a record's message begins with. */
    private static String prefix(String path) {
        return path.isEmpty() ? "" : path + ".";
    }

    private static String rootMessage(Throwable e) {
        Throwable at = e;
        while (at.getCause() != null) {
            at = at.getCause();
        }
        return at.getMessage() == null ? at.toString() : at.getMessage();
    }

    private static String firstLine(String message) {
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
