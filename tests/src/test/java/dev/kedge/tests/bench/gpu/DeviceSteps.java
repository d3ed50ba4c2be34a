// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.gpu;

import dev.kedge.operators.math.device.Device;
import dev.kedge.operators.math.device.DeviceChange;
import dev.kedge.operators.math.device.DeviceChoice;
import dev.kedge.operators.math.device.DeviceSettings;
import dev.kedge.operators.math.device.Placement;
import dev.kedge.tests.bench.workouts.Workout;
import dev.kedge.tests.bench.workouts.Workouts;
import dev.kedge.tests.process.Tether;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** All learners on one device, in a process of its own: ND4J has one backend in each. */
final class DeviceSteps {
    private DeviceSteps() {}

    /**
     * Learns, and writes what came of it.
     *
     * @param arguments the device, how much is learned, and the folder to write into
     */
    public static void main(String[] arguments) throws IOException {
        Tether.tie();
        Device device = Device.valueOf(arguments[0].toUpperCase(Locale.ROOT));
        Placement placement =
                DeviceChoice.ofThisMachine()
                        .place(new DeviceSettings(device, DeviceChange.REFUSED), List.of(), 0);
        Path folder = Path.of(arguments[2]);
        List<Workout<?, ?, ?>> workouts = Workouts.all(Double.parseDouble(arguments[1]));
        for (int i = 0; i < workouts.size(); i++) {
            write(workouts.get(i).run(placement), file(folder, i));
        }
        Runtime.getRuntime().halt(0);
    }

    private static Path file(Path folder, int workout) {
        return folder.resolve(workout + ".bin");
    }

    private static void write(Workout.Outcome outcome, Path file) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(16 + 4 * outcome.parameters().length);
        out.putLong(outcome.steps()).putDouble(outcome.seconds());
        out.asFloatBuffer().put(outcome.parameters());
        Files.write(file, out.array());
    }

    /** What a process has written of a learner. */
    static Workout.Outcome read(Path folder, int workout) {
        try {
            ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file(folder, workout)));
            long steps = in.getLong();
            double seconds = in.getDouble();
            float[] parameters = new float[in.remaining() / 4];
            in.asFloatBuffer().get(parameters);
            return new Workout.Outcome(steps, seconds, parameters);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
