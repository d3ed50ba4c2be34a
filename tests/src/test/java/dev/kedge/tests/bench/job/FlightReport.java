// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.job;

import static dev.kedge.state.text.Text.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * What a flight recording says of a stretch of time: where processors were, what was allocated, and
 * what stood still and for how long.
 */
final class FlightReport {
    private static final int SHOWN = 20;
    private static final int CALLERS = 4;

    private final Window window;
    private final Tally threads = new Tally();
    private final Tally methods = new Tally();
    private final Tally ours = new Tally();
    private final Tally classes = new Tally();
    private final Tally sites = new Tally();
    private final Tally waits = new Tally();
    private final List<Stall> stalls = new ArrayList<>();

    /**
     * A stretch of time.
     *
     * @param name what was measured in it
     */
    record Window(String name, Instant from, Instant to) {
        boolean holds(RecordedEvent event) {
            return !event.getStartTime().isBefore(from) && event.getStartTime().isBefore(to);
        }
    }

    private record Stall(double second, double millis, String what) {}

    /** Weights by name. */
    private static final class Tally {
        private final Map<String, Double> weights = new TreeMap<>();
        private double all;

        void add(String name, double weight) {
            weights.merge(name, weight, Double::sum);
            all += weight;
        }

        List<String> lines() {
            return weights.entrySet().stream()
                    .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                    .limit(SHOWN)
                    .map(e -> format("  %5.1f %%  %s", 100 * e.getValue() / all, e.getKey()))
                    .toList();
        }
    }

    private FlightReport(Window window) {
        this.window = window;
    }

    /** The lines of a report on each window. */
    static List<String> of(Path recording, List<Window> windows) {
        List<FlightReport> reports = windows.stream().map(FlightReport::new).toList();
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                RecordedEvent event = file.readEvent();
                reports.stream()
                        .filter(report -> report.window.holds(event))
                        .forEach(report -> report.take(event));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return reports.stream().flatMap(report -> report.lines().stream()).toList();
    }

    private void take(RecordedEvent event) {
        switch (event.getEventType().getName()) {
            case "jdk.ExecutionSample" -> sample(event);
            case "jdk.NativeMethodSample" -> {}
            case "jdk.ObjectAllocationSample" -> allocation(event);
            case "jdk.GarbageCollection" ->
                    stall(event, event.getDuration("sumOfPauses").toNanos() / 1e6, "collector");
            case "jdk.ExecuteVMOperation" -> {
                if (event.getBoolean("safepoint")) {
                    stall(event, millis(event), "safepoint: " + event.getString("operation"));
                }
            }
            case "jdk.JavaMonitorEnter" ->
                    wait(event, "lock of " + event.getClass("monitorClass").getName());
            case "jdk.FileForce" -> wait(event, "fsync");
            case "jdk.FileWrite" -> wait(event, "file write");
            default -> {}
        }
    }

    private void sample(RecordedEvent event) {
        RecordedThread thread = event.getThread("sampledThread");
        String name = thread == null || thread.getJavaName() == null ? "?" : thread.getJavaName();
        threads.add(name.replaceAll("\\s*\\(\\d+/\\d+\\).*|[-#]?\\d+$", ""), 1);
        RecordedStackTrace trace = event.getStackTrace();
        if (trace == null || trace.getFrames().isEmpty()) {
            return;
        }
        methods.add(method(trace.getFrames().get(0)), 1);
        trace.getFrames().stream()
                .map(FlightReport::method)
                .filter(method -> method.startsWith("dev.kedge"))
                .findFirst()
                .ifPresent(method -> ours.add(method, 1));
    }

    private void allocation(RecordedEvent event) {
        double weight = event.getLong("weight");
        RecordedClass what = event.getClass("objectClass");
        classes.add(what.getName(), weight);
        sites.add(callers(event.getStackTrace()), weight);
    }

    private void stall(RecordedEvent event, double millis, String what) {
        double second = (event.getStartTime().toEpochMilli() - window.from().toEpochMilli()) / 1e3;
        stalls.add(new Stall(second, millis, what));
    }

    private void wait(RecordedEvent event, String what) {
        RecordedThread thread = event.getThread();
        String name = thread == null || thread.getJavaName() == null ? "?" : thread.getJavaName();
        waits.add(what + " in " + name.replaceAll("\\d+", "n"), millis(event));
        stall(event, millis(event), what + " in " + name);
    }

    private static double millis(RecordedEvent event) {
        return event.getDuration().toNanos() / 1e6;
    }

    private static String method(RecordedFrame frame) {
        RecordedMethod method = frame.getMethod();
        return method.getType().getName() + "." + method.getName();
    }

    private static String callers(RecordedStackTrace trace) {
        if (trace == null) {
            return "?";
        }
        return String.join(
                " < ",
                trace.getFrames().stream().limit(CALLERS).map(FlightReport::method).toList());
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        double seconds = (window.to().toEpochMilli() - window.from().toEpochMilli()) / 1e3;
        lines.add(format("== flight recording, %s: %.1f s ==", window.name(), seconds));
        lines.add(format("samples by thread (%.0f)", threads.all));
        lines.addAll(threads.lines());
        lines.add("samples by method");
        lines.addAll(methods.lines());
        lines.add("samples by the innermost method of Kedge");
        lines.addAll(ours.lines());
        lines.add(format("allocated, %.1f MB/s, by class", classes.all / seconds / 1e6));
        lines.addAll(classes.lines());
        lines.add("allocated by site");
        lines.addAll(sites.lines());
        lines.add(format("waited, %.0f ms in all", waits.all));
        lines.addAll(waits.lines());
        lines.add("longest stalls, with the second of each");
        stalls.stream()
                .sorted(Comparator.comparingDouble(Stall::millis).reversed())
                .limit(SHOWN)
                .forEach(
                        stall ->
                                lines.add(
                                        format(
                                                "  %7.1f ms at %6.2f s  %s",
                                                stall.millis(), stall.second(), stall.what())));
        return lines;
    }
}
