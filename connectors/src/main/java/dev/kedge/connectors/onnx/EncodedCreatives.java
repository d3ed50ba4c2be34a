// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.onnx;

import static dev.kedge.state.text.Text.format;

import ai.onnxruntime.OrtException;
import dev.kedge.connectors.ads.CreativeEventJson;
import dev.kedge.connectors.image.Thumbnail;
import dev.kedge.connectors.json.EventDecoder;
import dev.kedge.connectors.json.SentFiles;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.operators.ads.creative.CreativeContent;
import dev.kedge.operators.ads.creative.CreativeEvent;
import dev.kedge.operators.ads.creative.CreativeLaunched;
import dev.kedge.operators.stream.DeadLetter;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Creative events as {@link CreativeEventJson} reads them, with ready embeddings that frozen
 * encoders filled: what came with the event, then the text's, then the thumbnail's part, each of
 * its width. A part of which there is nothing to encode is zeros, and so is what an event's own
 * embedding lacks; what that has beyond its width is not read.
 *
 * <p>Encoding is part of decoding, because a thumbnail must not travel: it is larger than all else
 * in an event and of no use afterwards.
 */
public final class EncodedCreatives implements EventDecoder<CreativeEvent> {
    private static final long serialVersionUID = 1L;

    private final FrozenEncoderSettings settings;
    private final TreeMap<String, String> sent;
    private final CreativeEventJson json;
    private transient Optional<TextEncoder> text;
    private transient Optional<ImageEncoder> image;

    /** Encodes with these encoders, which {@link #open} loads. */
    public EncodedCreatives(FrozenEncoderSettings settings) {
        this(settings, Map.of());
    }

    /**
     * Encodes with encoders some of whose files are sent with the job.
     *
     * @param sent SHA-256 of each file that is sent, by the field that names it; the others are
     *     read where their field says
     */
    public EncodedCreatives(FrozenEncoderSettings settings, Map<String, String> sent) {
        this(settings, sent, new CreativeEventJson());
    }

    /** The same with events that are spelled in another way. */
    public EncodedCreatives(
            FrozenEncoderSettings settings, Map<String, String> sent, CreativeEventJson events) {
        json = events;
        this.settings = Objects.requireNonNull(settings, "settings");
        this.sent = new TreeMap<>(sent);
        text = Optional.empty();
        image = Optional.empty();
    }

    /**
     * Loads the encoders, tries them out and closes them again.
     *
     * @throws EncoderException if one cannot be used, in one line
     */
    public static void check(FrozenEncoderSettings settings) {
        EncodedCreatives trial = new EncodedCreatives(settings);
        trial.open();
        trial.close();
    }

    /**
     * Loads the encoders.
     *
     * @throws EncoderException if one cannot be used, in one line
     */
    @Override
    public void open() {
        load(settings);
    }

    /**
     * Loads the encoders from what was sent.
     *
     * @throws EncoderException if one cannot be used, or is not the file that was sent
     */
    @Override
    public void open(SentFiles files) {
        Map<String, String> places = new TreeMap<>();
        sent.forEach(
                (field, sum) ->
                        places.put(
                                field, SentSum.require(field, files.find(field), sum).toString()));
        load(settings.at(places));
    }

    private void load(FrozenEncoderSettings here) {
        close();
        try {
            text = here.text().on() ? Optional.of(new TextEncoder(here.text())) : text;
            image = here.image().on() ? Optional.of(new ImageEncoder(here.image())) : image;
        } catch (EncoderException e) {
            close();
            throw e;
        }
    }

    @Override
    public void close() {
        // A task's copy comes without them.
        if (text != null) {
            text.ifPresent(TextEncoder::close);
        }
        if (image != null) {
            image.ifPresent(ImageEncoder::close);
        }
        text = Optional.empty();
        image = Optional.empty();
    }

    @Override
    public CreativeEvent decode(byte[] bytes) throws UndecodableException {
        CreativeEventJson.Shown shown =
                image.isPresent()
                        ? json.show(bytes)
                        : new CreativeEventJson.Shown(json.decode(bytes), Optional.empty());
        if (shown.event() instanceof CreativeLaunched launched) {
            CreativeContent content = encoded(launched.content(), shown.image());
            return new CreativeLaunched(
                    launched.model(), launched.creative(), launched.at(), content);
        }
        return shown.event();
    }

    private CreativeContent encoded(CreativeContent content, Optional<Thumbnail> thumbnail)
            throws UndecodableException {
        float[] embedding = new float[settings.width()];
        float[] given = content.embedding();
        System.arraycopy(given, 0, embedding, 0, Math.min(given.length, settings.given()));
        int at = settings.given();
        if (text.isPresent() && !content.text().isEmpty()) {
            encode("text", text.get()::encode, content.text(), embedding, at);
        }
        at += settings.text().width();
        if (image.isPresent() && thumbnail.isPresent()) {
            encode("image", image.get()::encode, thumbnail.get(), embedding, at);
        }
        return content.withEmbedding(embedding);
    }

    private <T> void encode(String field, Encoding<T> encoding, T value, float[] out, int at)
            throws UndecodableException {
        try {
            encoding.encode(value, out, at);
        } catch (OrtException e) {
            String message =
                    format("field '%s' cannot be encoded by encoders.%s: ", field, field)
                            + FrozenEncoder.line(e);
            throw new UndecodableException(DeadLetter.Reason.UNENCODABLE, message);
        }
    }

    @FunctionalInterface
    private interface Encoding<T> {
        void encode(T value, float[] out, int at) throws OrtException;
    }
}
