// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.observability;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a query in Prometheus' language asks for.
 *
 * @param metrics names, each with the labels that it is chosen by
 * @param grouped labels by which results are put together, of all its metrics
 */
record PromQuery(Map<String, Set<String>> metrics, Set<String> grouped) {
    private static final Pattern TOKEN =
            Pattern.compile(
                    "\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'|[a-zA-Z_:][\\w:]*|[\\d.]\\w*|[{}()\\[\\],]|[^\\s\\w{}()\\[\\],\"']+");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][\\w:]*");
    private static final Set<String> GROUPING =
            Set.of("by", "without", "on", "ignoring", "group_left", "group_right");
    private static final Set<String> WORDS =
            Set.of("and", "or", "unless", "bool", "offset", "Inf", "NaN");

    static PromQuery of(String query) {
        List<String> tokens = new ArrayList<>();
        Matcher found = TOKEN.matcher(query);
        while (found.find()) {
            tokens.add(found.group());
        }
        PromQuery asked = new PromQuery(new TreeMap<>(), new TreeSet<>());
        for (int at = 0; at < tokens.size(); at++) {
            at = asked.take(tokens, at);
        }
        return asked;
    }

    /** Takes what begins at a token; where it ends. */
    private int take(List<String> tokens, int at) {
        String token = tokens.get(at);
        String next = at + 1 < tokens.size() ? tokens.get(at + 1) : "";
        if (token.equals("[")) {
            return tokens.subList(at, tokens.size()).indexOf("]") + at;
        }
        if (GROUPING.contains(token)) {
            return names(tokens, at + 1, ")", grouped);
        }
        boolean function = next.equals("(") || next.equals("by") || next.equals("without");
        if (!NAME.matcher(token).matches() || WORDS.contains(token) || function) {
            return at;
        }
        Set<String> labels = metrics.computeIfAbsent(token, name -> new TreeSet<>());
        return next.equals("{") ? names(tokens, at + 1, "}", labels) : at;
    }

    private static int names(List<String> tokens, int from, String end, Set<String> to) {
        int at = from;
        while (!tokens.get(at).equals(end)) {
            if (NAME.matcher(tokens.get(at)).matches()) {
                to.add(tokens.get(at));
            }
            at++;
        }
        return at;
    }
}
