// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.gpu;

import dev.kedge.operators.math.device.Card;
import dev.kedge.operators.math.device.CardCheck;
import dev.kedge.operators.math.device.Device;
import dev.kedge.operators.math.device.FoundCards;
import dev.kedge.tests.bench.Figures;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.flink.util.FileUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The learners on the CPU and on this machine's card, as a command. */
@Command(
        name = "gpu",
        mixinStandardHelpOptions = true,
        description = {
            "Looks at this machine's card, then runs each learner on the CPU and on the card: steps a second, and how far the models are apart at the end.",
            "Without a card that can be used it says why in one line and ends with code 3. Wants a build with -Pcuda (docs/gpu.md)."
        })
public final class GpuBenchCommand implements Callable<Integer> {
    /** What it ends with where there is no card. */
    public static final int NO_CARD = 3;

    @Option(
            names = "--scale",
            defaultValue = "1",
            description = "How much is learned; 1 is some seconds a learner on a CPU.")
    private double scale;

    @Option(
            names = "--without-a-card",
            description =
                    "Run the second half on the CPU, too: shows that the comparison works, and nothing of a card.")
    private boolean withoutCard;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        FoundCards found = CardCheck.ofThisMachine().usable();
        out.println("gpu: " + (found.any() ? word(found.cards().get(0)) : found.why()));
        out.flush();
        if (!found.any() && !withoutCard) {
            return NO_CARD;
        }
        Path folder = Files.createTempDirectory("kedge-bench");
        try {
            GpuBench bench = new GpuBench(scale, folder, out);
            GpuBench.Result result =
                    withoutCard
                            ? bench.run(Device.CPU, "none")
                            : bench.run(Device.GPU, word(found.cards().get(0)));
            out.println(Figures.write(Figures.FOLDER, "gpu", result));
            out.flush();
        } finally {
            FileUtils.deleteDirectoryQuietly(folder.toFile());
        }
        return 0;
    }

    private static String word(Card card) {
        return "card " + card.index() + ", " + card.name() + ", " + card.capability();
    }
}
