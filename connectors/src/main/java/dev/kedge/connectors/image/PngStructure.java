// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.image;

import static dev.kedge.state.text.Text.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Walks over the chunks of a PNG. The decoder gets those that its pixels need and no others: the
 * texts and profiles of a palette's picture would be inflated to whatever length they have.
 */
final class PngStructure {
    private static final int SIGNATURE = 8;
    private static final int FRAME = 12;
    private static final int MOST_CHUNKS = 10_000;
    private static final int PALETTE = 3;
    private static final int GREY = 0;
    private static final int GREY_ALPHA = 4;

    private final byte[] file;
    private final ByteBuffer in;
    private final ByteArrayOutputStream needed;
    private int height;
    private int width;
    private int colours = -1;
    private boolean palette;
    private boolean data;

    PngStructure(byte[] file) {
        this.file = file;
        in = ByteBuffer.wrap(file);
        needed = new ByteArrayOutputStream(file.length);
    }

    ImageFile image() throws IOException {
        needed.write(file, 0, SIGNATURE);
        int at = SIGNATURE;
        String type = "";
        for (int chunks = 1; !type.equals("IEND"); chunks++) {
            if (chunks > MOST_CHUNKS) {
                throw new IOException("more than " + MOST_CHUNKS + " chunks");
            }
            int length = at + FRAME > file.length ? -1 : in.getInt(at);
            if (length < 0 || length > file.length - FRAME - at) {
                throw new IOException("broken off in chunk " + chunks);
            }
            type = new String(file, at + 4, 4, StandardCharsets.ISO_8859_1);
            take(type, at, length);
            at += FRAME + length;
        }
        if (!data || (colours == PALETTE && !palette)) {
            throw new IOException("damaged: there is no " + (data ? "palette" : "picture"));
        }
        boolean grey = colours == GREY || colours == GREY_ALPHA;
        long work = (long) height * width;
        byte[] kept = needed.toByteArray();
        return new ImageFile(ImageFile.Format.PNG, height, width, grey, 1, work, kept);
    }

    private void take(String type, int at, int length) throws IOException {
        if (colours < 0 != type.equals("IHDR")) {
            throw new IOException("damaged: its head is not where it must be");
        }
        if (type.charAt(0) >= 'a') {
            return;
        }
        requireChecksum(type, at, length);
        switch (type) {
            case "IHDR" -> head(at + 8, length);
            case "PLTE" -> palette = true;
            case "IDAT" -> data = true;
            case "IEND" -> {}
            default -> throw new IOException("damaged: there is no chunk " + printable(type));
        }
        if (!type.equals("PLTE") || colours == PALETTE) {
            needed.write(file, at, FRAME + length);
        }
    }

    private static String printable(String type) {
        return type.replaceAll("[^A-Za-z]", "?");
    }

    private void requireChecksum(String type, int at, int length) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(file, at + 4, 4 + length);
        if ((int) checksum.getValue() != in.getInt(at + 8 + length)) {
            throw new IOException("damaged: the checksum of " + printable(type) + " differs");
        }
    }

    private void head(int at, int length) throws IOException {
        if (length != 13) {
            throw new IOException(format("damaged: its head has %d bytes", length));
        }
        width = in.getInt(at);
        height = in.getInt(at + 4);
        colours = file[at + 9];
        if (width < 1 || height < 1 || !allowed(file[at + 8], colours)) {
            throw new IOException(
                    format(
                            "damaged: %d x %d pixels of kind %d and %d bits",
                            height, width, colours, file[at + 8]));
        }
    }

    private static boolean allowed(int bits, int colours) {
        return switch (colours) {
            case GREY -> bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 16;
            case PALETTE -> bits == 1 || bits == 2 || bits == 4 || bits == 8;
            case 2, GREY_ALPHA, 6 -> bits == 8 || bits == 16;
            default -> false;
        };
    }
}
