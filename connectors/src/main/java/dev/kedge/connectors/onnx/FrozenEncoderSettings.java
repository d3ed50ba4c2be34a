// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.onnx;

import static dev.kedge.state.text.Text.format;

import dev.kedge.state.settings.Checks;
import dev.kedge.state.settings.Meaning;
import dev.kedge.state.settings.Range;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Frozen encoders and what a ready embedding is made of: what comes with the event, then what the
 * text encoder says, then what the image encoder says. A job file has the same names with hyphens.
 */
public record FrozenEncoderSettings(
        @Meaning(
                        "Width of the `embedding` that comes with the event, where there is an encoder; 0 for none, at most 4,096. `discontinuation.features.embedding` must be this plus the widths of the encoders ([encoders](encoders.md)).")
                @Range(min = 0, max = 4096)
                int given,
        Text text,
        Image image)
        implements Serializable {
    /** No encoders. */
    public static final FrozenEncoderSettings OFF =
            new FrozenEncoderSettings(0, Text.OFF, Image.OFF);

    private static final int WIDEST = 4096;
    private static final String TEXT_MODEL = "encoders.text.model";
    private static final String CUSTOM_OPS = "encoders.text.custom-ops";
    private static final String IMAGE_MODEL = "encoders.image.model";

    /** Checks what the parts cannot check. */
    public FrozenEncoderSettings {
        String allowed = "0 as long as encoders.text.model and encoders.image.model are empty";
        Checks.require(given == 0 || text.on() || image.on(), "given", given, allowed);
    }

    /** Whether there is an encoder. */
    public boolean on() {
        return text.on() || image.on();
    }

    /** The files that they name, by their fields. */
    public SortedMap<String, String> files() {
        SortedMap<String, String> files = new TreeMap<>();
        files.put(TEXT_MODEL, text.model);
        files.put(CUSTOM_OPS, text.customOps);
        files.put(IMAGE_MODEL, image.model);
        files.values().removeIf(String::isEmpty);
        return files;
    }

    /**
     * The same with files in other places.
     *
     * @param places where, by field; what is not there stays
     */
    public FrozenEncoderSettings at(Map<String, String> places) {
        Text words =
                new Text(
                        places.getOrDefault(TEXT_MODEL, text.model),
                        places.getOrDefault(CUSTOM_OPS, text.customOps),
                        text.width);
        String model = places.getOrDefault(IMAGE_MODEL, image.model);
        Image picture = new Image(model, image.size, image.mean, image.std, image.width);
        return new FrozenEncoderSettings(given, words, picture);
    }

    /** Width of the whole embedding. */
    public int width() {
        return given + text.width + image.width;
    }

    /** The width as a sum of its parts, for a message. */
    public String sum() {
        return format(
                "%d: encoders.given (%d) + encoders.text.width (%d) + encoders.image.width (%d)",
                width(), given, text.width, image.width);
    }

    /** Encoder of texts, which has its tokeniser inside. */
    public record Text(
            @Meaning(
                            "ONNX file that encodes the `text` of a launch: strings [n] in, floats [n, width] out; empty for none. A relative path begins where `kedge` is started.")
                    String model,
            @Meaning(
                            "Library of the operators that the file needs beyond ONNX's own, such as onnxruntime-extensions; empty for none.")
                    String customOps,
            @Meaning("Width of what the text encoder says, 1 to 4,096; 0 without one.") int width)
            implements Serializable {
        /** No encoder. */
        public static final Text OFF = new Text("", "", 0);

        /** Checks that a width belongs to a model. */
        public Text {
            checkWidth("encoders.text.model", model, width);
            boolean used = customOps.isEmpty() || !model.isEmpty();
            String allowed = "empty as long as encoders.text.model is empty";
            Checks.require(used, "custom-ops", customOps, allowed);
        }

        /** Whether there is one. */
        public boolean on() {
            return !model.isEmpty();
        }
    }

    /**
     * Encoder of thumbnails. A value v of 0 to 255 of channel c goes in as {@code (v / 255 -
     * mean[c]) / std[c]}.
     */
    public record Image(
            @Meaning(
                            "ONNX file that encodes the `image` of a launch: floats [n, 3, height, width] in, floats [n, width] out; empty for none.")
                    String model,
            @Meaning("Height and width to which thumbnails are scaled; each 1 to 1,024.")
                    List<Integer> size,
            @Meaning(
                            "Mean of red, green and blue, from 0 to 1, which is subtracted; between -1,000 and 1,000.")
                    List<Double> mean,
            @Meaning(
                            "Deviation of red, green and blue, by which the difference is divided; 0.000001 to 1,000.")
                    List<Double> std,
            @Meaning("Width of what the image encoder says, 1 to 4,096; 0 without one.") int width)
            implements Serializable {
        /** No encoder; the size and the colours that most encoders were trained with. */
        public static final Image OFF = off();

        private static Image off() {
            List<Double> mean = List.of(0.485, 0.456, 0.406);
            List<Double> std = List.of(0.229, 0.224, 0.225);
            return new Image("", List.of(224, 224), mean, std, 0);
        }

        /** Checks the numbers. */
        public Image {
            size = List.copyOf(size);
            mean = List.copyOf(mean);
            std = List.copyOf(std);
            checkWidth("encoders.image.model", model, width);
            boolean sides = size.stream().allMatch(side -> side >= 1 && side <= 1024);
            String two = "height and width, each between 1 and 1024";
            Checks.require(sides && size.size() == 2, "size", size, two);
            boolean bounded = mean.stream().allMatch(one -> Math.abs(one) <= 1000);
            String three = "three numbers between -1000 and 1000";
            Checks.require(bounded && mean.size() == 3, "mean", mean, three);
            boolean divides = std.stream().allMatch(one -> one >= 1e-6 && one <= 1000);
            String above = "three numbers between 0.000001 and 1000";
            Checks.require(divides && std.size() == 3, "std", std, above);
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
            Checks.require(width == 0, "width", width, "0 as long as " + field + " is empty");
        } else {
            Checks.within("width", width, 1, WIDEST);
        }
    }
}
