// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.image;

import static dev.kedge.state.text.Text.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Walks over the blocks of a GIF to the end of its first picture. */
final class GifStructure {
    private static final int HEAD = 13;
    private static final int EXTENSION = 0x21;
    private static final int PICTURE = 0x2c;

    private final ByteBuffer in;

    private GifStructure(byte[] file) {
        in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }

    static ImageFile image(byte[] file) throws IOException {
        GifStructure gif = new GifStructure(file);
        gif.skip(HEAD - 3);
        int table = gif.next();
        gif.skip(2);
        gif.skipTable(table);
        int block = gif.next();
        while (block == EXTENSION) {
            gif.skip(1);
            gif.skipBlocks();
            block = gif.next();
        }
        if (block != PICTURE) {
            throw new IOException("damaged: there is no picture");
        }
        return gif.picture(file);
    }

    private ImageFile picture(byte[] file) throws IOException {
        skip(4);
        int width = next() | next() << 8;
        int height = next() | next() << 8;
        if (width == 0 || height == 0) {
            throw new IOException(format("damaged: %d x %d pixels", height, width));
        }
        skipTable(next());
        skip(1);
        skipBlocks();
        return new ImageFile(
                ImageFile.Format.GIF, height, width, false, 1, (long) height * width, file);
    }

    private void skipTable(int flags) throws IOException {
        if ((flags & 0x80) != 0) {
            skip(3 << (1 + (flags & 7)));
        }
    }

    private void skipBlocks() throws IOException {
        int length = next();
        while (length > 0) {
            skip(length);
            length = next();
        }
    }

    private int next() throws IOException {
        skip(1);
        return in.get(in.position() - 1) & 0xff;
    }

    private void skip(int bytes) throws IOException {
        if (bytes > in.remaining()) {
            throw new IOException("broken off after " + in.capacity() + " bytes");
        }
        in.position(in.position() + bytes);
    }
}
