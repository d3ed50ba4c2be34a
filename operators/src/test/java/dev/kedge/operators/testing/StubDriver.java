// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * A library that answers as NVIDIA's driver does, with so many cards of one kind, and does nothing.
 *
 * @param begun what {@code cuInit} answers; 0 is well, 100 says that there is no card
 * @param version the driver's CUDA: thousand times the major number and ten times the minor one
 * @param count cards
 * @param name of each, in ASCII
 * @param major first number of their compute capability
 * @param minor second number
 */
public record StubDriver(int begun, int version, int count, String name, int major, int minor) {
    private static final boolean ARM = System.getProperty("os.arch").equals("aarch64");

    /** Cards of a kind under a driver that works. */
    public static StubDriver with(int count, String name, int major, int minor) {
        return new StubDriver(0, 11_060, count, name, major, minor);
    }

    /** A driver that does not begin. */
    public static StubDriver refusing(int error) {
        return new StubDriver(error, 11_060, 0, "", 0, 0);
    }

    /** Whether there can be one on this machine. */
    public static boolean works() {
        String processor = System.getProperty("os.arch");
        return System.getProperty("os.name").equals("Linux") && (processor.equals("amd64") || ARM);
    }

    /** Writes it into a folder under the driver's name. */
    public Path in(Path folder) throws IOException {
        Path file = folder.resolve("libcuda.so.1");
        Map<String, byte[]> functions = new TreeMap<>();
        functions.put("cuInit", code().answer(begun));
        functions.put("cuDriverGetVersion", code().store(0, version).answer(0));
        functions.put("cuDeviceGetCount", code().store(0, count).answer(0));
        functions.put("cuDeviceGet", code().storeSecond().answer(0));
        functions.put("cuDeviceGetName", writeName());
        functions.put(
                "cuDeviceGetAttribute", code().ifSecondIs(75, major).store(0, minor).answer(0));
        new SharedObject(ARM ? 183 : 62, functions).write(file);
        return file;
    }

    private byte[] writeName() {
        byte[] text = name.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer words =
                ByteBuffer.allocate((text.length / 4 + 1) * 4).order(ByteOrder.LITTLE_ENDIAN);
        words.put(text).rewind();
        Code code = code();
        for (int at = 0; at < words.capacity(); at += 4) {
            code.store(at, words.getInt(at));
        }
        return code.answer(0);
    }

    private static Code code() {
        return ARM ? new Arm() : new X86();
    }

    /** Instructions of a function. */
    private abstract static class Code {
        final ByteBuffer out = ByteBuffer.allocate(2048).order(ByteOrder.LITTLE_ENDIAN);

        /** Writes a number to where the first argument points, and so many bytes further on. */
        abstract Code store(int at, int value);

        /** Writes the second argument to where the first points. */
        abstract Code storeSecond();

        /** If the second argument is a number, stores another and returns 0. */
        abstract Code ifSecondIs(int number, int value);

        abstract void give(int value);

        byte[] answer(int value) {
            give(value);
            byte[] code = new byte[out.position()];
            out.rewind().get(code);
            return code;
        }
    }

    private static final class X86 extends Code {
        @Override
        Code store(int at, int value) {
            // mov dword ptr [rdi + at], value
            out.put((byte) 0xC7).put((byte) 0x47).put((byte) at).putInt(value);
            return this;
        }

        @Override
        Code storeSecond() {
            // mov [rdi], esi
            out.put((byte) 0x89).put((byte) 0x37);
            return this;
        }

        @Override
        Code ifSecondIs(int number, int value) {
            // cmp esi, number; jne past a store of 7 bytes and a return of 6
            out.put((byte) 0x83).put((byte) 0xFE).put((byte) number);
            out.put((byte) 0x75).put((byte) 13);
            store(0, value);
            give(0);
            return this;
        }

        @Override
        void give(int value) {
            // mov eax, value; ret
            out.put((byte) 0xB8).putInt(value).put((byte) 0xC3);
        }
    }

    private static final class Arm extends Code {
        private void load(int register, int value) {
            // movz, movk
            out.putInt(0x52800000 | (value & 0xFFFF) << 5 | register);
            out.putInt(0x72A00000 | (value >>> 16) << 5 | register);
        }

        @Override
        Code store(int at, int value) {
            load(9, value);
            // str w9, [x0, at]
            out.putInt(0xB9000000 | (at / 4) << 10 | 9);
            return this;
        }

        @Override
        Code storeSecond() {
            // str w1, [x0]
            out.putInt(0xB9000001);
            return this;
        }

        @Override
        Code ifSecondIs(int number, int value) {
            // cmp w1, number; b.ne past itself, a store of three and a return of three
            out.putInt(0x7100001F | number << 10 | 1 << 5);
            out.putInt(0x54000001 | 7 << 5);
            store(0, value);
            give(0);
            return this;
        }

        @Override
        void give(int value) {
            load(0, value);
            out.putInt(0xD65F03C0);
        }
    }
}
