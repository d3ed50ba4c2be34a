// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.onnx;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.codec.digest.MessageDigestAlgorithms;

/** The SHA-256 by which a task knows a file that was sent to it. */
public final class SentSum {
    private SentSum() {}

    /** Of a file, as hexadecimal digits. */
    public static String of(Path file) throws IOException {
        return new DigestUtils(MessageDigestAlgorithms.SHA_256).digestAsHex(file);
    }

    /**
     * Checks that a file is the one that was sent.
     *
     * @param field of the job file that names it
     * @return where it lies
     * @throws EncoderException if it is another, or cannot be read
     */
    static Path require(String field, Path file, String sum) {
        String found;
        try {
            found = of(file);
        } catch (IOException e) {
            throw new EncoderException(field, file, "a file that can be read (" + e + ")");
        }
        if (!found.equals(sum)) {
            throw new EncoderException(
                    field, file + " with SHA-256 " + found, "the file that was sent: " + sum);
        }
        return file;
    }
}
