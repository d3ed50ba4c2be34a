// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.formats;

import dev.kedge.state.binary.Family;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One format of one version, with values to write in it.
 *
 * @param family the kind of snapshot
 * @param version the version
 * @param values what the golden file holds
 * @param write writes those values
 * @param read reads bytes and tells what they hold
 */
public record StoredFormat(
        Family family,
        int version,
        List<Object> values,
        Supplier<byte[]> write,
        Function<byte[], List<Object>> read) {

    /** The bytes of the golden file. */
    public byte[] golden() {
        return golden(toString());
    }

    /** The bytes of a golden file. */
    public static byte[] golden(String name) {
        String file = "/golden/formats/" + name + ".hex";
        try (InputStream in = StoredFormat.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("there is no golden file " + file);
            }
            String hex = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return family.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-v" + version;
    }
}
