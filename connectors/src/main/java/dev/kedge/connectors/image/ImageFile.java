// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * A file of an image whose structure was looked at from its first byte to its last, without
 * decoding it: its format, its sides, what decoding will cost, and that it does not break off.
 */
public final class ImageFile {
    private final Format format;
    private final int height;
    private final int width;
    private final boolean grey;
    private final int scans;
    private final long work;
    private final byte[] bytes;

    /** A file of known structure; the bytes are those that the decoder gets. */
    ImageFile(
            Format format,
            int height,
            int width,
            boolean grey,
            int scans,
            long work,
            byte[] bytes) {
        this.format = format;
        this.height = height;
        this.width = width;
        this.grey = grey;
        this.scans = scans;
        this.work = work;
        this.bytes = bytes;
    }

    /** The formats that are read. */
    public enum Format {
        /** Portable Network Graphics. */
        PNG("\u0089PNG\r\n\u001a\n") {
            @Override
            ImageFile look(byte[] file) throws IOException {
                return new PngStructure(file).image();
            }
        },
        /** Baseline, extended and progressive JPEG of 8 bits, by Huffman's codes. */
        JPEG("\u00ff\u00d8") {
            @Override
            ImageFile look(byte[] file) throws IOException {
                return new JpegStructure(file).image();
            }
        },
        /** The first picture of a GIF. */
        GIF("GIF8") {
            @Override
            ImageFile look(byte[] file) throws IOException {
                return GifStructure.image(file);
            }
        },
        /** Windows bitmaps. */
        BMP("BM") {
            @Override
            ImageFile look(byte[] file) throws IOException {
                return BmpStructure.image(file);
            }
        };

        private final String magic;

        Format(String magic) {
            this.magic = magic;
        }

        abstract ImageFile look(byte[] file) throws IOException;

        boolean begins(byte[] file) {
            boolean same = file.length >= magic.length();
            for (int i = 0; same && i < magic.length(); i++) {
                same = (file[i] & 0xff) == magic.charAt(i);
            }
            return same;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Looks at a file of a format.
     *
     * @throws IOException if it is no such file, breaks off or is built to cost too much
     */
    public static ImageFile of(byte[] file, Format format) throws IOException {
        if (!format.begins(file)) {
            throw new IOException("not a " + format);
        }
        return format.look(file);
    }

    /**
     * Looks at a file of any format.
     *
     * @throws IOException if it is none, breaks off or is built to cost too much
     */
    public static ImageFile of(byte[] file) throws IOException {
        Optional<Format> format = format(file);
        if (format.isEmpty()) {
            throw new IOException("not a PNG, JPEG, GIF or BMP");
        }
        return format.get().look(file);
    }

    /** The format that a file's first bytes tell. */
    public static Optional<Format> format(byte[] file) {
        return Stream.of(Format.values()).filter(format -> format.begins(file)).findFirst();
    }

    /** Rows of pixels. */
    public int height() {
        return height;
    }

    /** Columns of pixels. */
    public int width() {
        return width;
    }

    /** Whether the file holds grey values, with or without transparency, and no colours. */
    public boolean isGrey() {
        return grey;
    }

    /** How often decoding goes over the pixels. */
    public int scans() {
        return scans;
    }

    /** What decoding costs: pixels, as many as are really worked on, times scans. */
    public long work() {
        return work;
    }

    /** Bytes that the decoder gets: what only describes a picture is left out where it can be. */
    int decodedBytes() {
        return bytes.length;
    }

    /**
     * Decodes it.
     *
     * @param channels 1 for grey, 3 for red, green and blue
     * @param budget from which the work is taken first
     * @return one byte a value, channel by channel, row by row
     * @throws IOException if it is damaged, or the budget does not suffice
     */
    public byte[] pixels(int channels, DecodeBudget budget) throws IOException {
        budget.take(this);
        BufferedImage image = decoded();
        if (image.getHeight() != height || image.getWidth() != width) {
            throw new IOException("damaged: its sides are told twice, and differ");
        }
        return Pixels.of(image, channels);
    }

    private BufferedImage decoded() throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.word());
        if (!readers.hasNext()) {
            throw new IOException("nothing reads " + format.word());
        }
        ImageReader reader = readers.next();
        List<String> warnings = new ArrayList<>();
        reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
        BufferedImage image;
        try (MemoryCacheImageInputStream in =
                new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            reader.setInput(in, true, true);
            image = reader.read(0);
        } catch (IOException e) {
            throw new IOException(reason(e), e);
        } catch (RuntimeException e) {
            // The readers of the JDK answer some damage with exceptions of arrays and numbers.
            throw new IOException(unreadable(), e);
        } finally {
            reader.dispose();
        }
        refuse(warnings);
        return image;
    }

    /** What libjpeg fills up with grey it only warns of; bytes too many do no harm. */
    private static void refuse(List<String> warnings) throws IOException {
        for (String warning : warnings) {
            if (warning.startsWith("Corrupt JPEG data") && !warning.contains("extraneous")) {
                throw new IOException("damaged: " + warning);
            }
        }
    }

    /** What the readers of the JDK say is for their authors; it stays the cause. */
    private String reason(IOException e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof EOFException
                ? "broken off: its pixels are not all there"
                : unreadable();
    }

    private String unreadable() {
        return "not a readable " + format + ": its pixels are damaged";
    }
}
