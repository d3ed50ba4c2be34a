// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.image;

import static dev.kedge.state.text.Text.format;

import java.io.IOException;

/**
 * Walks over the segments of a JPEG, as libjpeg does, and counts its scans. Whatever could make
 * libjpeg walk otherwise, and so meet scans that were not counted, is refused: tables of a wrong
 * length, reserved markers, arithmetic codes.
 */
final class JpegStructure {
    /** More scans than any program writes: the usual ten, and some thirty of the most eager. */
    static final int MOST_SCANS = 100;

    /** Application data of a segment each; libjpeg takes time by their square. */
    static final int MOST_SEGMENTS = 1000;

    private static final int START = 0xd8;
    private static final int END = 0xd9;
    private static final int SCAN = 0xda;
    private static final int HUFFMAN = 0xc4;
    private static final int QUANTISATION = 0xdb;
    private static final int RESTART_INTERVAL = 0xdd;
    private static final int BLOCK = 8;

    private final byte[] file;
    private int at = 2;
    private int height;
    private int width;
    private int components;
    private long worked;
    private int scans;

    JpegStructure(byte[] file) {
        this.file = file;
    }

    ImageFile image() throws IOException {
        int segments = 0;
        int marker = marker();
        while (marker != END) {
            if (hasLength(marker)) {
                segments++;
                if (segments > MOST_SEGMENTS) {
                    throw new IOException("more than " + MOST_SEGMENTS + " segments");
                }
                segment(marker);
            }
            marker = marker();
        }
        if (scans == 0) {
            throw new IOException("damaged: there is no picture");
        }
        return new ImageFile(
                ImageFile.Format.JPEG, height, width, components == 1, scans, worked * scans, file);
    }

    /** The next marker, behind whatever lies before it: coded pixels, or bytes too many. */
    private int marker() throws IOException {
        while (at + 1 < file.length) {
            if (file[at] == (byte) 0xff && file[at + 1] != (byte) 0xff && file[at + 1] != 0) {
                at += 2;
                return unsigned(at - 1);
            }
            at++;
        }
        throw brokenOff();
    }

    private static boolean hasLength(int marker) throws IOException {
        if ((marker > 1 && marker < 0xc0) || marker == START) {
            throw new IOException(format("damaged: a marker %02x", marker));
        }
        boolean restart = marker >= 0xd0 && marker <= 0xd7;
        return !restart && marker != 1;
    }

    private void segment(int marker) throws IOException {
        int length = at + 2 > file.length ? -1 : twoBytes(at);
        if (length > file.length - at || length < 0) {
            throw brokenOff();
        }
        switch (marker) {
            case 0xc0, 0xc1, 0xc2 -> frame(length);
            case HUFFMAN -> require(huffman(at + 2, at + length), marker);
            case QUANTISATION -> require(quantisation(at + 2, at + length), marker);
            case RESTART_INTERVAL -> require(length == 4, marker);
            case SCAN -> scan(length);
            default -> other(marker, length);
        }
        at += length;
    }

    private void frame(int length) throws IOException {
        require(components == 0 && length > 8, 0xc0);
        int bits = unsigned(at + 2);
        height = twoBytes(at + 3);
        width = twoBytes(at + 5);
        components = unsigned(at + 7);
        require(length == 8 + 3 * components && height > 0 && width > 0, 0xc0);
        if (bits != 8) {
            throw new IOException(bits + " bits a value");
        }
        int across = 1;
        int down = 1;
        for (int c = 0; c < components; c++) {
            int sampling = unsigned(at + 9 + 3 * c);
            across = Math.max(across, sampling >> 4);
            down = Math.max(down, sampling & 15);
        }
        // Whole blocks are worked on, of the component that has the fewest too.
        worked = upTo(height, down * BLOCK) * upTo(width, across * BLOCK);
    }

    private static long upTo(int side, int step) {
        return (side + step - 1L) / step * step;
    }

    private void scan(int length) throws IOException {
        require(components > 0 && length > 2 && length == 6 + 2 * unsigned(at + 2), SCAN);
        scans++;
        if (scans > MOST_SCANS) {
            throw new IOException("more than " + MOST_SCANS + " scans");
        }
    }

    private boolean huffman(int from, int end) {
        int next = from;
        while (next + 17 <= end) {
            int codes = 0;
            for (int i = 1; i <= 16; i++) {
                codes += unsigned(next + i);
            }
            next += 17 + codes;
        }
        return next == end;
    }

    private boolean quantisation(int from, int end) {
        int next = from;
        while (next < end) {
            next += 1 + (unsigned(next) >> 4 == 0 ? 64 : 128);
        }
        return next == end;
    }

    private static void other(int marker, int length) throws IOException {
        require(length >= 2, marker);
        if (marker < 0xd0) {
            throw new IOException(format("a jpeg of a kind that is not read (%02x)", marker));
        }
    }

    private static void require(boolean holds, int marker) throws IOException {
        if (!holds) {
            throw new IOException(format("damaged: a segment %02x", marker));
        }
    }

    private IOException brokenOff() {
        return new IOException("broken off after " + file.length + " bytes");
    }

    private int twoBytes(int index) {
        return unsigned(index) << 8 | unsigned(index + 1);
    }

    private int unsigned(int index) {
        return file[index] & 0xff;
    }
}
