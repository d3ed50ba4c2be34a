// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.job;

import dev.kedge.jobs.classifier.ClassifierFile;
import dev.kedge.jobs.config.JobSettings.Delivery;
import dev.kedge.tests.bench.report.Findings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.flink.util.FileUtils;

/** The classifier's whole job and others on the same topic, one after the other. */
public final class SharedTopic {
    private static final String NAME = "peers";

    private final Findings findings;
    private final Path folder;

    /**
     * Prepares the measurement.
     *
     * @param folder where broker and job keep their files
     */
    public SharedTopic(Findings findings, Path folder) {
        this.findings = findings;
        this.folder = folder.toAbsolutePath();
    }

    /**
     * A topic whose only partition is full.
     *
     * @param servers of the broker
     * @param name of the topic
     * @param records on it
     */
    public record Topic(String servers, String name, int records) {}

    /**
     * Has a job read samples, then the others.
     *
     * @param learner what the job file says of the learner
     * @param model key of all samples
     * @param values samples as JSON, the n-th with the id {@code s} and n
     * @param others read the topic, too
     */
    public void measure(String learner, String model, List<byte[]> values, Consumer<Topic> others) {
        FileUtils.deleteDirectoryQuietly(folder.toFile());
        Given given = new Given(learner, model, values);
        Setup setup =
                new Setup(
                        Delivery.AT_ONCE,
                        Duration.ofSeconds(10),
                        1,
                        "",
                        "64 mb",
                        List.of("-Xmx2g"));
        try (BrokerProcess broker = BrokerProcess.start(folder.resolve("broker"));
                JobRun run = new JobRun(NAME, broker, given, setup, false, folder.resolve(NAME))) {
            JobMeasurement job =
                    new JobMeasurement("Kedge, whole job", "from a topic", run, broker, findings);
            job.rate(Question.RATE, values.size());
            run.process().stop();
            others.accept(new Topic(broker.servers(), run.input(), values.size()));
        } finally {
            FileUtils.deleteDirectoryQuietly(folder.resolve("broker/data").toFile());
        }
    }

    private record Given(String learner, String model, List<byte[]> values) implements Workload {
        @Override
        public String kind() {
            return ClassifierFile.JOB;
        }

        @Override
        public List<String> inputs() {
            return List.of("samples", "labels");
        }

        @Override
        public Iterator<PlannedEvent> events() {
            byte[] key = model.getBytes(StandardCharsets.UTF_8);
            return IntStream.range(0, values.size())
                    .mapToObj(n -> new PlannedEvent(key, values.get(n), score(n)))
                    .iterator();
        }

        private long score(int n) {
            return ScoreId.of((model + "|s" + n).getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public long id(byte[] key, byte[] value) {
            return ScoreId.of(key);
        }

        @Override
        public BareLearner<?, ?, ?> bare() {
            throw new UnsupportedOperationException("the bare loop is not asked for");
        }
    }
}
