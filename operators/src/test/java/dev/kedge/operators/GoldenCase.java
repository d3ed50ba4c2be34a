// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators;

import static java.lang.Double.isNaN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One golden vector: inputs, parameters and what is expected.
 *
 * @param json the whole file
 */
public record GoldenCase(JsonNode json) {

    /** An array of the inputs, of any shape, row by row; empty where there is none. */
    public double[] input(String name) {
        return flat(json.path("inputs").path(name));
    }

    /** An array of the inputs, or a default where there is none. */
    public double[] input(String name, double[] otherwise) {
        return json.path("inputs").hasNonNull(name) ? input(name) : otherwise;
    }

    /** Length of the innermost arrays of an input. */
    public int width(String name) {
        JsonNode at = json.path("inputs").path(name);
        while (at.path(0).isArray()) {
            at = at.path(0);
        }
        return at.size();
    }

    /** An array of whole numbers of the inputs. */
    public int[] integers(String name) {
        return toIntegers(input(name));
    }

    /** An array of whole numbers of the inputs, or zeros where there is none. */
    public int[] integersOrZeros(String name, int length) {
        return toIntegers(input(name, new double[length]));
    }

    /** An array of truth values of the inputs. */
    public boolean[] flags(String name) {
        double[] numbers = input(name);
        boolean[] flags = new boolean[numbers.length];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = numbers[i] != 0;
        }
        return flags;
    }

    /** A whole number of the inputs, or of the parameters, or a default where there is none. */
    public int count(String name, int otherwise) {
        JsonNode found = json.path("inputs").path(name);
        return found.isNumber() ? found.intValue() : (int) parameter(name, otherwise);
    }

    /** Names inside of an expected result, in their order. */
    public List<String> expectedNames(String name) {
        List<String> names = new ArrayList<>();
        json.path("expected").path(name).fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** A number of the parameters, or a default where there is none. */
    public double parameter(String name, double otherwise) {
        JsonNode found = json.path("params").path(name);
        return found.isNumber() ? found.doubleValue() : otherwise;
    }

    /** A truth value of the parameters, or a default where there is none. */
    public boolean flag(String name, boolean otherwise) {
        return json.path("params").path(name).asBoolean(otherwise);
    }

    /** An array of the parameters, or a default where there is none. */
    public double[] parameters(String name, double... otherwise) {
        JsonNode found = json.path("params").path(name);
        return found.isArray() ? flat(found) : otherwise;
    }

    /** A word of the parameters, or a default where there is none. */
    public String word(String name, String otherwise) {
        return json.path("params").path(name).asText(otherwise);
    }

    /**
     * Compares all that is expected, within the case's tolerance. Where nothing is expected (null)
     * the computation must refuse.
     *
     * @param computed how each result is computed, by its name
     */
    public void expect(Map<String, Supplier<double[]>> computed) {
        JsonNode expected = json.path("expected");
        assertThat(expected).as("expected results").isNotEmpty();
        expected.fieldNames().forEachRemaining(name -> assertThat(computed).containsKey(name));
        expected.properties()
                .forEach(e -> compare(e.getKey(), e.getValue(), computed.get(e.getKey())));
    }

    /**
     * Compares all that is expected, within the case's tolerance; null means that a result is none
     * of this case's.
     *
     * @param computed how each result is computed, by its name
     */
    public void expectWhereGiven(Map<String, Supplier<double[]>> computed) {
        JsonNode expected = json.path("expected");
        int compared = 0;
        for (Map.Entry<String, JsonNode> entry : expected.properties()) {
            if (!entry.getValue().isNull()) {
                assertThat(computed).containsKey(entry.getKey());
                compare(entry.getKey(), entry.getValue(), computed.get(entry.getKey()));
                compared++;
            }
        }
        assertThat(compared).as("expected results").isPositive();
    }

    /**
     * Compares one array of numbers, of any shape, within the case's tolerance.
     *
     * @param expected where null stands for no number
     */
    public void compareNumbers(String name, JsonNode expected, double... computed) {
        assertThat(expected.isMissingNode()).as("missing: " + name).isFalse();
        compare(name, expected, () -> computed);
    }

    private void compare(String name, JsonNode expected, Supplier<double[]> computed) {
        if (expected.isNull()) {
            assertThatIllegalArgumentException().as(name).isThrownBy(computed::get);
            return;
        }
        double[] wanted = flat(expected);
        double[] actual = computed.get();
        assertThat(actual).as(name).hasSameSizeAs(wanted);
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i] != actual[i] && !(isNaN(wanted[i]) && isNaN(actual[i]))) {
                assertThat(actual[i])
                        .as("%s at %d", name, i)
                        .isCloseTo(wanted[i], within(tolerance(wanted[i])));
            }
        }
    }

    /**
     * The case's own tolerance; beside an absolute one alone, 1e-9 of the number, because double
     * precision has no more to give to a large gradient.
     */
    private double tolerance(double wanted) {
        double relative = parameter("tolerance_rel", 0) * Math.abs(wanted);
        double absolute = parameter("tolerance_abs", relative == 0 ? 1e-9 : 0);
        return relative == 0 ? Math.max(absolute, 1e-9 * Math.abs(wanted)) : absolute + relative;
    }

    private static int[] toIntegers(double[] numbers) {
        return Arrays.stream(numbers).mapToInt(number -> (int) number).toArray();
    }

    private static double[] flat(JsonNode node) {
        List<Double> numbers = new ArrayList<>();
        collect(node, numbers);
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static void collect(JsonNode node, List<Double> numbers) {
        if (node.isContainerNode()) {
            node.forEach(child -> collect(child, numbers));
        } else if (node.isBoolean()) {
            numbers.add(node.booleanValue() ? 1.0 : 0.0);
        } else if (!node.isMissingNode()) {
            numbers.add(node.isNull() ? Double.NaN : node.doubleValue());
        }
    }
}
