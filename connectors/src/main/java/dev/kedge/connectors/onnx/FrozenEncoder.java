// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.kedge.connectors.json.CreativeLimits;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;

/**
 * One ONNX model with one input and one output, run for one record at a time on one thread: a batch
 * or a second thread may change the order of sums, and with it the bytes.
 *
 * <p>Thread rules: owned by one task. Memory: the model's weights, outside of the heap.
 */
final class FrozenEncoder implements AutoCloseable {
    private final String field;
    private final String model;
    private final int width;
    private final OrtEnvironment environment;

    /** Open as long as the session is: closing it unloads the library of further operators. */
    private final OrtSession.SessionOptions options;

    private final OrtSession session;
    private final String input;

    /**
     * What a model must look like.
     *
     * @param type type of its input
     * @param words the input in words, for a message
     * @param shape of the input for one record
     */
    record Form(OnnxJavaType type, String words, long... shape) {}

    /** Makes the input of one record. */
    @FunctionalInterface
    interface Input {
        OnnxTensor in(OrtEnvironment environment) throws OrtException;
    }

    /**
     * Loads a model, checks its form and tries it out.
     *
     * @param field of the job file, without {@code .model}
     * @param trial a record whose answer does not matter: a model that cannot run, or whose width
     *     its file leaves open, is known at start
     * @throws EncoderException if it cannot be used, in one line
     */
    FrozenEncoder(String field, String model, String customOps, int width, Form form, Input trial) {
        this.field = field;
        this.model = model;
        this.width = width;
        requireFile(field + ".model", model, "an ONNX file");
        if (!customOps.isEmpty()) {
            requireFile(field + ".custom-ops", customOps, "a library of operators");
        }
        environment = environment(field, model);
        try {
            options = options();
        } catch (OrtException e) {
            throw unusable(e);
        }
        session = load(customOps);
        boolean good = false;
        try {
            input = input(form);
            requireOutput();
            tryOut(trial);
            good = true;
        } catch (OrtException e) {
            throw unusable(e);
        } finally {
            if (!good) {
                close();
            }
        }
    }

    private static void requireFile(String field, String file, String what) {
        if (!Files.isReadable(Path.of(file)) || Files.isDirectory(Path.of(file))) {
            throw new EncoderException(field, file, what + " that can be read");
        }
    }

    /**
     * The one environment of this process.
     *
     * @param field that wants it
     * @throws EncoderException if onnxruntime does not run here
     */
    private static OrtEnvironment environment(String field, String model) {
        try {
            OrtEnvironment one =
                    OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "kedge");
            // Builds for Windows report what they run to their maker unless told not to.
            one.setTelemetry(false);
            return one;
        } catch (LinkageError | OrtException e) {
            throw new EncoderException(
                    field + ".model",
                    model,
                    "empty: onnxruntime does not run on this machine (" + e + ")");
        }
    }

    private OrtSession load(String customOps) {
        boolean good = false;
        try {
            if (!customOps.isEmpty()) {
                register(customOps);
            }
            OrtSession loaded = environment.createSession(model, options);
            good = true;
            return loaded;
        } catch (OrtException e) {
            throw unusable(e);
        } finally {
            if (!good) {
                options.close();
            }
        }
    }

    private void register(String customOps) {
        try {
            options.registerCustomOpLibrary(Path.of(customOps).toAbsolutePath().toString());
        } catch (OrtException e) {
            throw new EncoderException(
                    field + ".custom-ops",
                    customOps,
                    "a library that onnxruntime "
                            + environment.getVersion()
                            + " loads: "
                            + line(e));
        }
    }

    /** Options of a session that says the same, bit for bit, each time. */
    static OrtSession.SessionOptions options() throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
        options.setDeterministicCompute(true);
        return options;
    }

    private EncoderException unusable(OrtException e) {
        return new EncoderException(
                field + ".model",
                model,
                "a model that onnxruntime " + environment.getVersion() + " runs: " + line(e));
    }

    private String input(Form form) throws OrtException {
        Map<String, NodeInfo> inputs = session.getInputInfo();
        boolean fits =
                inputs.size() == 1
                        && inputs.values().iterator().next().getInfo() instanceof TensorInfo tensor
                        && tensor.type == form.type()
                        && fits(tensor.getShape(), form.shape());
        if (!fits) {
            throw new EncoderException(
                    field + ".model",
                    model + " with " + words("input", inputs),
                    "a model with one input: " + form.words());
        }
        return inputs.keySet().iterator().next();
    }

    private void requireOutput() throws OrtException {
        Map<String, NodeInfo> outputs = session.getOutputInfo();
        boolean fits =
                outputs.size() == 1
                        && outputs.values().iterator().next().getInfo() instanceof TensorInfo tensor
                        && tensor.type == OnnxJavaType.FLOAT
                        && tensor.getShape().length == 2;
        if (!fits) {
            throw new EncoderException(
                    field + ".model",
                    model + " with " + words("output", outputs),
                    "a model with one output: floats [n, width]");
        }
        long said = ((TensorInfo) outputs.values().iterator().next().getInfo()).getShape()[1];
        if (said >= 0) {
            requireWidth(said);
        }
    }

    private void requireWidth(long said) {
        if (said != width) {
            throw new EncoderException(field + ".width", width, said + ", as " + model + " says");
        }
    }

    /** Whether a declared shape, in which -1 is any number, takes a shape. */
    private static boolean fits(long[] declared, long... wanted) {
        boolean fits = declared.length == wanted.length;
        for (int i = 0; fits && i < wanted.length; i++) {
            fits = declared[i] < 0 || declared[i] == wanted[i];
        }
        return fits;
    }

    private static String words(String kind, Map<String, NodeInfo> nodes) {
        StringBuilder words = new StringBuilder(nodes.isEmpty() ? "no " + kind : kind);
        nodes.forEach(
                (name, node) -> {
                    words.append(" '").append(name).append("' of ");
                    if (node.getInfo() instanceof TensorInfo tensor) {
                        words.append(tensor.type.name().toLowerCase(Locale.ROOT))
                                .append(Arrays.toString(tensor.getShape()));
                    } else {
                        words.append("no tensor");
                    }
                });
        return words.toString();
    }

    private void tryOut(Input record) throws OrtException {
        try (OnnxTensor tensor = record.in(environment);
                OrtSession.Result result = session.run(Collections.singletonMap(input, tensor))) {
            requireWidth(shape(result)[1]);
        }
    }

    /**
     * What makes tensors of texts for this model.
     *
     * @throws EncoderException if onnxruntime cannot run it
     */
    TextTensors texts() {
        try {
            return new TextTensors(environment);
        } catch (OrtException e) {
            close();
            throw unusable(e);
        }
    }

    /**
     * Encodes one record.
     *
     * @param out receives the answer from {@code at} on
     * @throws OrtException if the model fails on it, or answers what is no embedding
     */
    void encode(Input record, float[] out, int at) throws OrtException {
        try (OnnxTensor tensor = record.in(environment);
                OrtSession.Result result = session.run(Collections.singletonMap(input, tensor))) {
            if (!fits(shape(result), 1, width)) {
                throw new OrtException("it answered " + Arrays.toString(shape(result)));
            }
            FloatBuffer values = ((OnnxTensor) result.get(0)).getFloatBuffer();
            for (int i = 0; i < width; i++) {
                float value = values.get(i);
                if (!(Math.abs(value) <= CreativeLimits.MOST_EMBEDDED)) {
                    throw new OrtException("it answered " + value + " at " + i);
                }
                out[at + i] = value;
            }
        }
    }

    private static long[] shape(OrtSession.Result result) throws OrtException {
        if (result.get(0).getInfo() instanceof TensorInfo tensor && tensor.getShape().length == 2) {
            return tensor.getShape();
        }
        throw new OrtException("it answered " + result.get(0).getInfo());
    }

    /** What onnxruntime says, in one line. */
    static String line(Throwable e) {
        String message = String.valueOf(e.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
        return message.length() <= 300 ? message : message.substring(0, 300) + "...";
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException(field + ": cannot be closed: " + line(e), e);
        } finally {
            options.close();
        }
    }
}
