// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.report;

/**
 * One figure: a line of the CSV.
 *
 * @param job which job
 * @param question what was asked: {@code rate}, {@code latency} and so on
 * @param setting under which circumstances
 * @param name of the figure, with its unit
 * @param value the figure
 */
public record Figure(String job, String question, String setting, String name, double value) {}
