// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.image.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** A PNG put together chunk by chunk, so that it may be one that no program writes. */
public final class MadePng {
    private final ByteArrayOutputStream file = new ByteArrayOutputStream();

    /**
     * Begins with a head.
     *
     * @param colours 0 grey, 2 colour, 3 palette, 4 grey with alpha, 6 colour with alpha
     */
    public MadePng(int width, int height, int bits, int colours, boolean interlaced) {
        file.writeBytes("\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1));
        ByteBuffer head = ByteBuffer.allocate(13).putInt(width).putInt(height);
        head.put((byte) bits).put((byte) colours).put((byte) 0).put((byte) 0);
        chunk("IHDR", head.put((byte) (interlaced ? 1 : 0)).array());
    }

    /** Appends a chunk. */
    public MadePng chunk(String type, byte... content) {
        byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
        CRC32 sum = new CRC32();
        sum.update(name);
        sum.update(content);
        file.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
        file.writeBytes(name);
        file.writeBytes(content);
        file.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
        return this;
    }

    /** Appends pixels: rows with a filter's byte before each, given as values from 0 to 255. */
    public MadePng pixels(int... rows) {
        byte[] bytes = new byte[rows.length];
        for (int i = 0; i < rows.length; i++) {
            bytes[i] = (byte) rows[i];
        }
        return chunk("IDAT", packed(bytes));
    }

    /** The file. */
    public byte[] end() {
        return chunk("IEND").file.toByteArray();
    }

    /** Bytes as zlib packs them. */
    public static byte[] packed(byte[] bytes) {
        Deflater deflater = new Deflater(9);
        deflater.setInput(bytes);
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] some = new byte[8192];
        while (!deflater.finished()) {
            out.write(some, 0, deflater.deflate(some));
        }
        deflater.end();
        return out.toByteArray();
    }
}
