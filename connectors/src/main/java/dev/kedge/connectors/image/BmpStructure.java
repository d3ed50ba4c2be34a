// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.image;

import static dev.kedge.state.text.Text.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Looks at the head of a Windows bitmap. */
final class BmpStructure {
    private static final int SMALL = 12;
    private static final int PLAIN = 0;
    private static final int MASKS = 3;

    private BmpStructure() {}

    static ImageFile image(byte[] file) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (file.length < 34) {
            throw new IOException("broken off after " + file.length + " bytes");
        }
        boolean small = in.getInt(14) == SMALL;
        int width = small ? in.getShort(18) & 0xffff : in.getInt(18);
        long down = small ? in.getShort(20) & 0xffff : in.getInt(22);
        int bits = in.getShort(small ? 24 : 28);
        int packing = small ? PLAIN : in.getInt(30);
        long height = Math.abs(down);
        if (width < 1 || height < 1 || height > Integer.MAX_VALUE || bits < 1 || bits > 32) {
            throw new IOException(
                    format("damaged: %d x %d pixels of %d bits", height, width, bits));
        }
        long row = ((long) width * bits + 31) / 32 * 4;
        long data = file.length - Integer.toUnsignedLong(in.getInt(10));
        // Divided, not multiplied: the sides may be anything.
        if ((packing == PLAIN || packing == MASKS) && data / row < height) {
            throw new IOException("broken off after " + file.length + " bytes");
        }
        return new ImageFile(
                ImageFile.Format.BMP, (int) height, width, false, 1, height * width, file);
    }
}
