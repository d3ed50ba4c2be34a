// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The body of a request: JSON, of a bounded size, and within a bounded time. */
public final class JsonBody {
    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private JsonBody() {}

    /** Refuses what is not said to be JSON, or to be far too long, before a byte of it is read. */
    static void require(Context request) {
        String type = Optional.ofNullable(request.header("Content-Type")).orElse("");
        String essence = type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
        if (!essence.equals("application/json")) {
            throw refusal(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body must be of type application/json");
        }
        if (request.req().getContentLengthLong() > ServerLimits.READ_BYTES) {
            throw tooLong();
        }
    }

    /**
     * Reads a body. One that is a little too long is read to its end, and not kept: whoever is
     * still sending when the answer comes sees a broken connection instead of the answer.
     */
    static byte[] read(Context request, Duration within) {
        long start = System.nanoTime();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] part = new byte[1024];
        int length = 0;
        try {
            InputStream in = request.req().getInputStream();
            for (int n = in.read(part); n >= 0; n = in.read(part)) {
                length += n;
                if (length <= ServerLimits.BODY_BYTES) {
                    bytes.write(part, 0, n);
                } else if (length > ServerLimits.READ_BYTES) {
                    throw tooLong();
                }
                if (System.nanoTime() - start > within.toNanos()) {
                    throw tooSlow();
                }
            }
        } catch (IOException e) {
            HttpResponseException slow = tooSlow();
            slow.initCause(e);
            throw slow;
        }
        if (length > ServerLimits.BODY_BYTES) {
            throw tooLong();
        }
        return bytes.toByteArray();
    }

    /**
     * What a body says.
     *
     * @param name what it is; begins every message
     * @throws BadRequestException in one line if it is no JSON
     */
    public static JsonNode parse(byte[] body, String name) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw wrong(name, e, e.getOriginalMessage());
        } catch (IOException e) {
            throw wrong(name, e, e.getMessage());
        }
    }

    private static BadRequestException wrong(String name, IOException e, String reason) {
        String line = String.valueOf(reason).lines().findFirst().orElse("");
        BadRequestException wrong = new BadRequestException(name + ": not JSON: " + line);
        wrong.initCause(e);
        return wrong;
    }

    private static HttpResponseException tooLong() {
        return refusal(
                HttpStatus.CONTENT_TOO_LARGE,
                "The body is longer than " + ServerLimits.BODY_BYTES + " bytes");
    }

    private static HttpResponseException tooSlow() {
        return refusal(HttpStatus.REQUEST_TIMEOUT, "The body did not come in time");
    }

    private static HttpResponseException refusal(HttpStatus status, String message) {
        return new HttpResponseException(status.getCode(), message, Map.of());
    }
}
