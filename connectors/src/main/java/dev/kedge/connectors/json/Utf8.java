// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/** Strict UTF-8, into characters that serve one record after the other. */
final class Utf8 {
    /** No part of a text, whatever editor began it with one. */
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** Room that is kept for the next record. */
    private static final int KEPT = 1 << 16;

    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private CharBuffer characters = CharBuffer.allocate(1024);

    /** Takes the place of what was decoded before. */
    void decode(byte[] bytes) throws UndecodableException {
        if (characters.capacity() < bytes.length) {
            characters = CharBuffer.allocate(Integer.highestOneBit(bytes.length) * 2);
        }
        characters.clear();
        decoder.reset();
        // There are never more characters than bytes, so that what does not fit is an error.
        boolean decoded =
                decoder.decode(ByteBuffer.wrap(bytes), characters, true).isUnderflow()
                        && decoder.flush(characters).isUnderflow();
        if (!decoded) {
            throw UndecodableException.unreadable("not UTF-8");
        }
        characters.flip();
        if (characters.hasRemaining() && characters.charAt(0) == BYTE_ORDER_MARK) {
            characters.get();
        }
    }

    /** Forgets what was decoded, if it was long. */
    void clear() {
        if (characters.capacity() > KEPT) {
            characters = CharBuffer.allocate(KEPT);
        }
    }

    char[] array() {
        return characters.array();
    }

    int start() {
        return characters.position();
    }

    int length() {
        return characters.remaining();
    }
}
