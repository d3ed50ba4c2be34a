// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.kafka;

import dev.kedge.operators.stream.DeadLetter;
import dev.kedge.operators.stream.Origin;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Dead letters: the original bytes as the value, why and where from in headers, and topic,
 * partition and offset as the key. A value so long that a broker would refuse it together with its
 * headers is cut, and a header tells how long it was: the whole still lies where it came from.
 */
public final class DeadLetterSink {
    /** Kind of refusal, in lower case. */
    public static final String REASON = "kedge-reason";

    /** What exactly is wrong. */
    public static final String MESSAGE = "kedge-message";

    /** Topic of the original. */
    public static final String TOPIC = "kedge-topic";

    /** Partition of the original. */
    public static final String PARTITION = "kedge-partition";

    /** Offset of the original. */
    public static final String OFFSET = "kedge-offset";

    /** Timestamp of the original, epoch milliseconds. */
    public static final String TIMESTAMP = "kedge-timestamp";

    /** Length of the original in bytes, where the value is cut. */
    public static final String CUT_FROM = "kedge-cut-from";

    /** Longest value that is kept whole. */
    public static final int LONGEST = 1_000_000;

    private static final int LONGEST_MESSAGE = 2000;

    private DeadLetterSink() {}

    /** A sink that writes to an output. */
    public static KafkaSink<DeadLetter> to(KafkaOutput output) {
        return output.sink(DeadLetterSink::key, DeadLetterSink::value, DeadLetterSink::headers);
    }

    private static String key(DeadLetter letter) {
        Origin origin = letter.origin();
        return origin.topic() + "|" + origin.partition() + "|" + origin.offset();
    }

    static byte[] value(DeadLetter letter) {
        byte[] original = letter.original();
        return original.length <= LONGEST ? original : Arrays.copyOf(original, LONGEST);
    }

    static List<Header> headers(DeadLetter letter) {
        Origin origin = letter.origin();
        List<Header> headers = new ArrayList<>();
        headers.add(header(REASON, letter.reason().name().toLowerCase(Locale.ROOT)));
        headers.add(header(MESSAGE, shortened(letter.message())));
        headers.add(header(TOPIC, origin.topic()));
        headers.add(header(PARTITION, Integer.toString(origin.partition())));
        headers.add(header(OFFSET, Long.toString(origin.offset())));
        headers.add(header(TIMESTAMP, Long.toString(origin.timestamp())));
        if (letter.original().length > LONGEST) {
            headers.add(header(CUT_FROM, Integer.toString(letter.original().length)));
        }
        return headers;
    }

    private static String shortened(String message) {
        return message.length() <= LONGEST_MESSAGE
                ? message
                : message.substring(0, LONGEST_MESSAGE);
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
