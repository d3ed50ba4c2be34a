// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.onnx;

import dev.kedge.state.settings.Checks;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;

/**
 * Frozen encoders and what a ready embedding is made of: what comes with the event, then what the
 * text encoder says, then what the image encoder says. A job file has the same names with hyphens.
 *
 * @param given width of the embedding that comes with the event; 0 for none
 * @param text encoder of texts
 * @param image encoder of thumbnails
 */
public record EncoderSettings(int given, Text text, Image image) implements Serializable {
    /** No encoders. */
    public static final EncoderSettings OFF = new EncoderSettings(0, Text.OFF, Image.OFF);

    private static final int WIDEST = 4096;

    /** Checks what the parts cannot check. */
    public EncoderSettings {
        Checks.within("encoders.given", given, 0, WIDEST);
        Checks.require(
                given == 0 || text.on() || image.on(),
                "encoders.given",
                given,
                "0 as long as encoders.text.model and encoders.image.model are empty");
    }

    /** Whether there is an encoder. */
    public boolean on() {
        return text.on() || image.on();
    }

    /** Width of the whole embedding. */
    public int width() {
        return given + text.width + image.width;
    }

    /** The width as a sum of its parts, for a message. */
    public String sum() {
        return String.format(
                Locale.ROOT,
                "%d: encoders.given (%d) + encoders.text.width (%d) + encoders.image.width (%d)",
                width(),
                given,
                text.width,
                image.width);
    }

    /**
     * Encoder of texts, which has its tokeniser inside.
     *
     * @param model the ONNX file; empty for none
     * @param customOps library of further operators that the file needs, such as
     *     onnxruntime-extensions; empty for none
     * @param width width of what it says
     */
    public record Text(String model, String customOps, int width) implements Serializable {
        /** No encoder. */
        public static final Text OFF = new Text("", "", 0);

        /** Checks that a width belongs to a model. */
        public Text {
            checkWidth("encoders.text", model, width);
            Checks.require(
                    customOps.isEmpty() || !model.isEmpty(),
                    "encoders.text.custom-ops",
                    customOps,
                    "empty as long as encoders.text.model is empty");
        }

        /** Whether there is one. */
        public boolean on() {
            return !model.isEmpty();
        }
    }

    /**
     * Encoder of thumbnails. A value v of 0 to 255 of channel c goes in as {@code (v / 255 -
     * mean[c]) / std[c]}.
     *
     * @param model the ONNX file; empty for none
     * @param size height and width to which thumbnails are brought
     * @param mean of red, green and blue
     * @param std of red, green and blue
     * @param width width of what it says
     */
    public record Image(
            String model, List<Integer> size, List<Double> mean, List<Double> std, int width)
            implements Serializable {
        /** No encoder; the size and the colours that most encoders were trained with. */
        public static final Image OFF =
                new Image(
                        "",
                        List.of(224, 224),
                        List.of(0.485, 0.456, 0.406),
                        List.of(0.229, 0.224, 0.225),
                        0);

        /** Checks the numbers. */
        public Image {
            size = List.copyOf(size);
            mean = List.copyOf(mean);
            std = List.copyOf(std);
            checkWidth("encoders.image", model, width);
            Checks.require(
                    size.size() == 2 && size.stream().allMatch(side -> side >= 1 && side <= 1024),
                    "encoders.image.size",
                    size,
                    "height and width, each between 1 and 1024");
            Checks.require(
                    mean.size() == 3 && mean.stream().allMatch(one -> Math.abs(one) <= 1000),
                    "encoders.image.mean",
                    mean,
                    "three numbers between -1000 and 1000");
            Checks.require(
                    std.size() == 3 && std.stream().allMatch(one -> one >= 1e-6 && one <= 1000),
                    "encoders.image.std",
                    std,
                    "three numbers between 0.000001 and 1000");
        }

        /** Whether there is one. */
        public boolean on() {
            return !model.isEmpty();
        }

        int rows() {
            return size.get(0);
        }

        int columns() {
            return size.get(1);
        }
    }

    private static void checkWidth(String field, String model, int width) {
        if (model.isEmpty()) {
            Checks.require(
                    width == 0,
                    field + ".width",
                    width,
                    "0 as long as " + field + ".model is empty");
        } else {
            Checks.within(field + ".width", width, 1, WIDEST);
        }
    }
}
