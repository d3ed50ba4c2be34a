// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * Length and checksum of a whole file.
 *
 * @param bytes its length
 * @param crc its CRC32C
 */
record FileSum(long bytes, int crc) {
    private static final int PIECE = 1 << 16;

    static FileSum of(Path file) throws IOException {
        CRC32C crc = new CRC32C();
        ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
        long bytes = 0;
        try (FileChannel in = FileChannel.open(file)) {
            while (in.read(piece) >= 0) {
                piece.flip();
                bytes += piece.remaining();
                crc.update(piece);
                piece.clear();
            }
        }
        return new FileSum(bytes, (int) crc.getValue());
    }
}
