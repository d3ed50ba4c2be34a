// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A library for Linux, written byte by byte: a file that the system's loader loads, with functions
 * of a few instructions and nothing else. So tests have libraries without a compiler.
 *
 * <p>The format is that of the System V ABI (ELF, 64 bits, little-endian): a segment that is read
 * and run, holding table of symbols, their names, their hash table and the code; a second, which
 * the loader may write to, holding the table that tells it of the first.
 */
final class SharedObject {
    private static final int HEADER = 64;
    private static final int SEGMENT = 56;
    private static final int SEGMENTS = 4;
    private static final int SYMBOL = 24;
    private static final int ENTRY = 16;

    /** As large as the largest pages of either processor. */
    private static final long PAGE = 0x10000;

    private static final int RUN = 1;
    private static final int WRITE = 2;
    private static final int READ = 4;

    private final short machine;
    private final SortedMap<String, byte[]> functions;

    /**
     * A library.
     *
     * @param machine number of the processor, by the format's list
     * @param functions code by name; it must not depend on where it lies
     */
    SharedObject(int machine, Map<String, byte[]> functions) {
        this.machine = (short) machine;
        this.functions = new TreeMap<>(functions);
    }

    void write(Path file) throws IOException {
        Files.write(file, bytes());
    }

    private byte[] bytes() {
        List<Integer> names = new ArrayList<>();
        byte[] text = names(names);
        int symbolsAt = HEADER + SEGMENTS * SEGMENT;
        int namesAt = symbolsAt + (functions.size() + 1) * SYMBOL;
        int hashAt = align(namesAt + text.length);
        int codeAt = align(hashAt + 4 * (4 + functions.size()));
        int code = functions.values().stream().mapToInt(each -> align(each.length)).sum();
        int tableAt = codeAt + code;
        int size = tableAt + 6 * ENTRY;
        ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        header(out);
        segment(out, 1, READ | RUN, 0, 0, tableAt);
        segment(out, 1, READ | WRITE, tableAt, PAGE, size - tableAt);
        segment(out, 2, READ | WRITE, tableAt, PAGE, size - tableAt);
        // Says that the stack need not be run: some systems load nothing else.
        segment(out, 0x6474e551, READ | WRITE, 0, 0, 0);
        symbols(out.position(symbolsAt), names, codeAt);
        out.position(namesAt).put(text);
        hash(out.position(hashAt));
        out.position(codeAt);
        functions.values().forEach(each -> out.put(each).position(align(out.position())));
        out.position(tableAt);
        entry(out, 4, hashAt);
        entry(out, 5, namesAt);
        entry(out, 6, symbolsAt);
        entry(out, 10, text.length);
        entry(out, 11, SYMBOL);
        entry(out, 0, 0);
        return out.array();
    }

    private byte[] names(List<Integer> starts) {
        StringBuilder text = new StringBuilder("\0");
        for (String name : functions.keySet()) {
            starts.add(text.length());
            text.append(name).append('\0');
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private void header(ByteBuffer out) {
        out.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}).position(16);
        out.putShort((short) 3).putShort(machine).putInt(1);
        out.putLong(0).putLong(HEADER).putLong(0).putInt(0);
        out.putShort((short) HEADER).putShort((short) SEGMENT).putShort((short) SEGMENTS);
        out.position(HEADER);
    }

    private static void segment(
            ByteBuffer out, int kind, int flags, int from, long above, int length) {
        out.putInt(kind).putInt(flags).putLong(from);
        out.putLong(above + from).putLong(above + from).putLong(length).putLong(length);
        out.putLong(kind == 1 ? PAGE : 8);
    }

    private void symbols(ByteBuffer out, List<Integer> names, int codeAt) {
        out.position(out.position() + SYMBOL);
        int at = codeAt;
        int which = 0;
        for (byte[] code : functions.values()) {
            out.putInt(names.get(which++)).put((byte) 0x12).put((byte) 0).putShort((short) 1);
            out.putLong(at).putLong(code.length);
            at += align(code.length);
        }
    }

    /** One bucket, in which every symbol leads to the next. */
    private void hash(ByteBuffer out) {
        int count = functions.size();
        out.putInt(1).putInt(count + 1).putInt(1).putInt(0);
        for (int i = 1; i <= count; i++) {
            out.putInt(i == count ? 0 : i + 1);
        }
    }

    private static void entry(ByteBuffer out, long tag, long value) {
        out.putLong(tag).putLong(value);
    }

    private static int align(int at) {
        return (at + 7) & ~7;
    }
}
