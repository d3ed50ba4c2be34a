// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.math.device;

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.ptr.IntByReference;
import dev.kedge.state.text.Text;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * NVIDIA's driver library, asked for its cards. It comes with the driver and needs nothing of CUDA.
 * Its functions are those of NVIDIA's CUDA Driver API.
 */
final class CudaDriver {
    private static final int NO_DEVICE = 100;
    private static final int MAJOR = 75;
    private static final int MINOR = 76;
    private static final int LONGEST_NAME = 256;

    /** A driver of CUDA 11.0, by whose rules it runs what was built for any CUDA 11. */
    private static final int OLDEST = 11_000;

    /** RTLD_LAZY and RTLD_NODELETE: a driver that has begun is not to be unloaded. */
    private static final Map<String, ?> KEPT = Map.of(Library.OPTION_OPEN_FLAGS, 0x1001);

    private final String library;

    /**
     * The driver in a library.
     *
     * @param library its name, by which the system finds it, or its path
     */
    CudaDriver(String library) {
        this.library = library;
    }

    /** The driver of this machine. */
    static CudaDriver ofThisMachine() {
        return new CudaDriver(
                System.getProperty("os.name").startsWith("Windows") ? "nvcuda" : "libcuda.so.1");
    }

    /** Its cards, or why there are none. */
    FoundCards cards() {
        try {
            return asked(open());
        } catch (LinkageError e) {
            return FoundCards.none("there is no NVIDIA driver (" + library + ")");
        } catch (Refusal e) {
            return FoundCards.none(e.getMessage());
        }
    }

    private NativeLibrary open() {
        return Platform.isLinux()
                ? NativeLibrary.getInstance(library, KEPT)
                : NativeLibrary.getInstance(library);
    }

    private static FoundCards asked(NativeLibrary driver) throws Refusal {
        int begun = driver.getFunction("cuInit").invokeInt(new Object[] {0});
        if (begun == NO_DEVICE) {
            return FoundCards.none("the NVIDIA driver finds no card");
        }
        require(begun, "cuInit");
        int version = number(driver, "cuDriverGetVersion");
        if (version < OLDEST) {
            return FoundCards.none(
                    Text.format(
                            "the NVIDIA driver is one of CUDA %d.%d, and 11.0 is the oldest that will do",
                            version / 1000, version % 1000 / 10));
        }
        int count = number(driver, "cuDeviceGetCount");
        List<Card> cards = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            cards.add(card(driver, i));
        }
        return count == 0
                ? FoundCards.none("the NVIDIA driver finds no card")
                : FoundCards.of(cards);
    }

    private static Card card(NativeLibrary driver, int index) throws Refusal {
        int device = number(driver, "cuDeviceGet", index);
        int major = number(driver, "cuDeviceGetAttribute", MAJOR, device);
        int minor = number(driver, "cuDeviceGetAttribute", MINOR, device);
        return new Card(index, name(driver, device), major, minor);
    }

    private static String name(NativeLibrary driver, int device) throws Refusal {
        try (Memory name = new Memory(LONGEST_NAME)) {
            name.clear();
            Object[] arguments = {name, LONGEST_NAME, device};
            require(driver.getFunction("cuDeviceGetName").invokeInt(arguments), "cuDeviceGetName");
            return name.getString(0, StandardCharsets.UTF_8.name());
        }
    }

    /** What a function writes to where its first argument points. */
    private static int number(NativeLibrary driver, String function, Object... further)
            throws Refusal {
        IntByReference number = new IntByReference();
        Object[] arguments = new Object[further.length + 1];
        arguments[0] = number;
        System.arraycopy(further, 0, arguments, 1, further.length);
        require(driver.getFunction(function).invokeInt(arguments), function);
        return number.getValue();
    }

    private static void require(int answer, String function) throws Refusal {
        if (answer != 0) {
            throw new Refusal(
                    Text.format("the NVIDIA driver refuses %s with error %d", function, answer));
        }
    }

    private static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;

        Refusal(String message) {
            super(message);
        }
    }
}
