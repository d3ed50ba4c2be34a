// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.documents;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What files of the folder {@code docker} leave to their surroundings, and what stands for it. */
public final class EnvExample {
    private static final String FILE = "docker/.env.example";
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Z_]+)}");

    private EnvExample() {}

    /** The variables of {@code .env.example}, by name. */
    public static Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        Documents.read(FILE)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .forEach(
                        line -> {
                            int equals = line.indexOf('=');
                            variables.put(line.substring(0, equals), line.substring(equals + 1));
                        });
        return variables;
    }

    /** A text with what stands for its references; one that nobody knows stays. */
    public static String fill(String text, Map<String, String> values) {
        Matcher references = REFERENCE.matcher(text);
        return references.replaceAll(
                found ->
                        Matcher.quoteReplacement(
                                values.getOrDefault(found.group(1), found.group())));
    }

    /** A file with what {@code .env.example} says. */
    static String filled(Path file) {
        return fill(Documents.read(file), variables());
    }
}
