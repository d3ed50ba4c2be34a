// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.gpu;

import dev.kedge.operators.math.device.Device;
import dev.kedge.tests.bench.Machine;
import dev.kedge.tests.bench.workouts.Workout;
import dev.kedge.tests.bench.workouts.Workouts;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Each learner on the CPU and on another device, in processes of their own, over the same records:
 * steps a second, and how far the models are apart at the end.
 */
final class GpuBench {
    private final double scale;
    private final Path folder;
    private final PrintWriter out;

    /**
     * A learner on both.
     *
     * @param learner what it is called
     * @param cpu its steps a second on the CPU
     * @param other the same on the other device
     * @param sameBytes whether the parameters end with the same bits
     * @param distance between the parameters at the end, as a share of how far the CPU's are from
     *     nought: the Euclidean norm of both
     */
    record Row(String learner, double cpu, double other, boolean sameBytes, double distance) {}

    /**
     * All learners, and where they were measured.
     *
     * @param card what the other device is
     */
    record Result(String card, List<Row> rows, Machine machine) {}

    /**
     * A measurement.
     *
     * @param scale how much is learned
     * @param folder where the processes write
     */
    GpuBench(double scale, Path folder, PrintWriter out) {
        this.scale = scale;
        this.folder = folder;
        this.out = out;
    }

    Result run(Device other, String card) throws IOException, InterruptedException {
        Machine machine = Machine.here();
        Path onCpu = learn(Device.CPU, folder.resolve("cpu"));
        Path elsewhere = learn(other, folder.resolve("other"));
        out.printf(
                Locale.ROOT,
                "%-22s %14s %14s %8s  %s%n",
                "steps a second",
                "cpu",
                word(other),
                "times",
                "");
        List<Row> rows = new ArrayList<>();
        List<Workout<?, ?, ?>> workouts = Workouts.all(scale);
        for (int i = 0; i < workouts.size(); i++) {
            rows.add(
                    row(
                            workouts.get(i).name(),
                            DeviceSteps.read(onCpu, i),
                            DeviceSteps.read(elsewhere, i)));
        }
        rows.forEach(this::print);
        return new Result(card, rows, machine);
    }

    private static String word(Device device) {
        return device.name().toLowerCase(Locale.ROOT);
    }

    private Path learn(Device device, Path into) throws IOException, InterruptedException {
        Files.createDirectories(into);
        out.printf(Locale.ROOT, "Learning on the %s ...%n", word(device));
        out.flush();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("-X") || flag.startsWith("--add-opens"))
                .forEach(command::add);
        command.addAll(List.of(DeviceSteps.class.getName(), word(device)));
        command.addAll(List.of(Double.toString(scale), into.toString()));
        File log = into.resolve("log").toFile();
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment().put("OMP_NUM_THREADS", "1");
        int code = builder.start().waitFor();
        if (code != 0) {
            String said = Files.readString(log.toPath());
            throw new IOException(
                    "the process on the " + word(device) + " ended with " + code + ": " + said);
        }
        return into;
    }

    private static Row row(String learner, Workout.Outcome cpu, Workout.Outcome other) {
        float[] there = other.parameters();
        double apart = 0;
        double size = 0;
        for (int i = 0; i < there.length; i++) {
            double here = cpu.parameters()[i];
            apart += (there[i] - here) * (there[i] - here);
            size += here * here;
        }
        return new Row(
                learner,
                cpu.steps() / cpu.seconds(),
                other.steps() / other.seconds(),
                Arrays.equals(cpu.parameters(), there),
                Math.sqrt(apart / size));
    }

    private void print(Row row) {
        String close =
                row.sameBytes()
                        ? "same bytes"
                        : String.format(Locale.ROOT, "%.1e apart", row.distance());
        out.printf(
                Locale.ROOT,
                "%-22s %,14.1f %,14.1f %8.2f  %s%n",
                row.learner(),
                row.cpu(),
                row.other(),
                row.other() / row.cpu(),
                close);
        out.flush();
    }
}
