// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.peers;

import dev.kedge.tests.bench.Figures;
import dev.kedge.tests.bench.MlpStepBenchmark;
import dev.kedge.tests.bench.ResNetStepBenchmark;
import dev.kedge.tests.bench.report.Findings;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Steps of continual classifiers, beside PyTorch where it is there. */
final class StepPeers {
    private static final int LEAST_STEPS = 5;
    private static final List<String> METHODS = List.of("pcr", "hpcr");

    private final Findings findings;

    StepPeers(Findings findings) {
        this.findings = findings;
    }

    void run(double seconds, Path folder) {
        for (String method : METHODS) {
            MlpStepBenchmark mlp = MlpStepBenchmark.of(method);
            tell("Kedge, " + method, "mlp 784-256-128", millis(seconds, mlp::learn));
            mlp.close();
            ResNetStepBenchmark.Model model = ResNetStepBenchmark.Model.of(method);
            ResNetStepBenchmark steps = new ResNetStepBenchmark();
            tell("Kedge, " + method, "reduced ResNet-18", millis(seconds, () -> steps.step(model)));
            model.close();
        }
        Optional<TorchSteps> torch = TorchSteps.measure(seconds, folder);
        if (torch.isEmpty()) {
            findings.say("python3-torch is not installed: left out");
        }
        torch.ifPresent(this::tell);
    }

    private void tell(TorchSteps torch) {
        String who = torch.version() + ", pcr without views and memory";
        tell(who, "mlp 784-256-128", torch.mlpMillis());
        tell(who, "reduced ResNet-18", torch.resNetMillis());
    }

    private void tell(String who, String network, double millis) {
        Findings.Place place = new Findings.Place(who, "steps", network);
        findings.add(place, "processor time a step of 40 rows, ms", millis);
    }

    /** The median of the last two thirds of the steps of so many seconds. */
    private static double millis(double seconds, Runnable step) {
        List<Double> millis = new ArrayList<>();
        long began = System.nanoTime();
        while (System.nanoTime() - began < seconds * 1e9 || millis.size() < LEAST_STEPS) {
            long start = nanos();
            step.run();
            millis.add((nanos() - start) / 1e6);
        }
        List<Double> warm = millis.subList(millis.size() / 3, millis.size());
        return Figures.median(warm.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static long nanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
