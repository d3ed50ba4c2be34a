// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.config;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.SettableBeanProperty;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;
import com.fasterxml.jackson.databind.deser.impl.PropertyValueBuffer;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import dev.kedge.operators.flink.CacheBudget;
import dev.kedge.state.replay.MemoryBound;
import dev.kedge.state.settings.Durations;
import dev.kedge.state.settings.Schema;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.util.TimeUtils;

/**
 * Durations as {@code 5 s}, memory sizes as {@code 256 mb}, constants as {@code exactly-once},
 * bounds of a replay memory as {@code 200} (samples) or {@code 1 mb}.
 */
final class SettingTypes extends SimpleModule {
    private static final long serialVersionUID = 1L;

    /** Of a reading, what its values were written with, by JSON pointer. */
    static final String WRITTEN = "written";

    private static final Pattern BARE = Pattern.compile("[-+]?[0-9_.]+");
    private static final Pattern ZERO = Pattern.compile("0+");
    private static final String WHOLE = "a whole number";
    private static final String NUMBER = "a number";
    private static final String TRUTH = "true or false";
    private static final Map<Class<?>, String> WORDS =
            Map.ofEntries(
                    Map.entry(
                            Duration.class,
                            "a duration with its unit, such as 500 ms, 5 s, 6 h or 1 d"),
                    Map.entry(
                            CacheBudget.class,
                            "a memory size such as 64 mb, or a share of managed memory"
                                    + " such as 30 %"),
                    Map.entry(MemorySize.class, "a memory size such as 64 mb or 1 gb"),
                    Map.entry(
                            MemoryBound.class,
                            "a number of samples such as 200, or a memory size such as 1 mb"),
                    Map.entry(int.class, WHOLE),
                    Map.entry(Integer.class, WHOLE),
                    Map.entry(long.class, WHOLE),
                    Map.entry(Long.class, WHOLE),
                    Map.entry(double.class, NUMBER),
                    Map.entry(Double.class, NUMBER),
                    Map.entry(boolean.class, TRUTH),
                    Map.entry(Boolean.class, TRUTH),
                    Map.entry(String.class, "a text"));

    SettingTypes() {
        addDeserializer(String.class, new AsWritten());
        addSerializer(Duration.class, new Text<>(Duration.class, Durations::word));
        addDeserializer(Duration.class, new Parsed<>(Duration.class, SettingTypes::duration));
        addSerializer(MemorySize.class, new Text<>(MemorySize.class, m -> m.getBytes() + " b"));
        addDeserializer(MemorySize.class, new Parsed<>(MemorySize.class, MemorySize::parse));
        addSerializer(CacheBudget.class, new Text<>(CacheBudget.class, SettingTypes::word));
        addDeserializer(CacheBudget.class, new Parsed<>(CacheBudget.class, SettingTypes::budget));
        addSerializer(new Bound());
        addDeserializer(MemoryBound.class, new Parsed<>(MemoryBound.class, SettingTypes::bound));
        addSerializer(constants());
        setDeserializerModifier(new Constants());
    }

    @Override
    public void setupModule(SetupContext context) {
        super.setupModule(context);
        context.addValueInstantiators(
                (config, description, standard) ->
                        description.getBeanClass().isRecord() ? new Bounded(standard) : standard);
    }

    static String describe(Class<?> type) {
        return WORDS.getOrDefault(
                type, Collection.class.isAssignableFrom(type) ? "a list" : type.getSimpleName());
    }

    @SuppressWarnings({"rawtypes", "unchecked"})
    private static JsonSerializer<Enum> constants() {
        return new Text<Enum>(Enum.class, SettingTypes::word);
    }

    /**
     * A duration with its unit. Flink takes a number alone for milliseconds, people for what they
     * have in mind.
     */
    static Duration duration(String text) {
        String given = text.strip();
        if (BARE.matcher(given).matches() && !ZERO.matcher(given).matches()) {
            throw new IllegalArgumentException("there is no unit");
        }
        return TimeUtils.parseDuration(given);
    }

    private static String word(CacheBudget budget) {
        return budget.share() > 0 ? 100 * budget.share() + " %" : budget.bytes() + " b";
    }

    private static CacheBudget budget(String text) {
        String given = text.strip();
        if (!given.endsWith("%")) {
            return CacheBudget.ofBytes(MemorySize.parse(given).getBytes());
        }
        String number = given.substring(0, given.length() - 1).strip();
        return CacheBudget.ofShare(Double.parseDouble(number) / 100);
    }

    private static MemoryBound bound(String text) {
        String given = text.strip();
        return given.matches("-?\\d+")
                ? MemoryBound.ofSamples(Integer.parseInt(given))
                : MemoryBound.ofBytes(MemorySize.parse(given).getBytes());
    }

    private static String word(Enum<?> constant) {
        return constant.toString().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The characters of a value that is no text, if they are known. */
    private static Optional<String> written(JsonParser in, DeserializationContext context) {
        return context.getAttribute(WRITTEN) instanceof Map<?, ?> written
                ? Optional.ofNullable(
                                written.get(in.getParsingContext().pathAsPointer().toString()))
                        .map(Object::toString)
                : Optional.empty();
    }

    /** Makes a record of values that its annotations allow. */
    private static final class Bounded extends ValueInstantiator.Delegating {
        private static final long serialVersionUID = 1L;

        private Bounded(ValueInstantiator standard) {
            super(standard);
        }

        @Override
        public Object createFromObjectWith(
                DeserializationContext context,
                SettableBeanProperty[] components,
                PropertyValueBuffer buffer)
                throws IOException {
            Object[] values = buffer.getParameters(components);
            try {
                Schema.check(getValueClass(), values);
            } catch (IllegalArgumentException e) {
                return context.handleInstantiationProblem(getValueClass(), values, e);
            }
            return super.createFromObjectWith(context, values);
        }
    }

    private interface Form<T> {
        String of(T value);
    }

    private interface Parser<T> {
        T of(String text);
    }

    private static final class Text<T> extends StdScalarSerializer<T> {
        private static final long serialVersionUID = 1L;
        private final transient Form<T> form;

        private Text(Class<T> type, Form<T> form) {
            super(type);
            this.form = form;
        }

        @Override
        public void serialize(T value, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            out.writeString(form.of(value));
        }
    }

    /** A number of samples as a number, bytes as a text. */
    private static final class Bound extends StdScalarSerializer<MemoryBound> {
        private static final long serialVersionUID = 1L;

        private Bound() {
            super(MemoryBound.class);
        }

        @Override
        public void serialize(MemoryBound value, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            if (value.bytes() == Long.MAX_VALUE) {
                out.writeNumber(value.samples());
            } else {
                out.writeString(value.bytes() + " b");
            }
        }
    }

    private static final class Parsed<T> extends StdScalarDeserializer<T> {
        private static final long serialVersionUID = 1L;
        private final transient Parser<T> parser;

        private Parsed(Class<T> type, Parser<T> parser) {
            super(type);
            this.parser = parser;
        }

        @Override
        @SuppressWarnings("unchecked")
        public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
            if (!in.currentToken().isScalarValue()) {
                return (T) context.handleUnexpectedToken(handledType(), in);
            }
            String text = written(in, context).orElse(in.getText());
            try {
                return parser.of(text);
            } catch (IllegalArgumentException | ArithmeticException e) {
                return (T) context.handleWeirdStringValue(handledType(), text, e.getMessage());
            }
        }
    }

    /** A text, or what stands where one is wanted: {@code no} and {@code 0x1F} are texts then. */
    private static final class AsWritten extends StdScalarDeserializer<String> {
        private static final long serialVersionUID = 1L;

        private AsWritten() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser in, DeserializationContext context)
                throws IOException {
            if (in.currentToken() == JsonToken.VALUE_STRING) {
                return in.getText();
            }
            Optional<String> written =
                    in.currentToken().isScalarValue() ? written(in, context) : Optional.empty();
            return written.isPresent()
                    ? written.get()
                    : (String) context.handleUnexpectedToken(handledType(), in);
        }
    }

    private static final class Constants extends BeanDeserializerModifier {
        private static final long serialVersionUID = 1L;

        @Override
        public JsonDeserializer<?> modifyEnumDeserializer(
                DeserializationConfig config,
                JavaType type,
                BeanDescription description,
                JsonDeserializer<?> standard) {
            return new ConstantReader(type.getRawClass());
        }
    }

    private static final class ConstantReader extends StdScalarDeserializer<Object> {
        private static final long serialVersionUID = 1L;

        private ConstantReader(Class<?> type) {
            super(type);
        }

        @Override
        public Object deserialize(JsonParser in, DeserializationContext context)
                throws IOException {
            if (in.currentToken() == JsonToken.VALUE_STRING) {
                for (Object constant : handledType().getEnumConstants()) {
                    if (word((Enum<?>) constant).equals(in.getText())) {
                        return constant;
                    }
                }
            }
            return context.handleWeirdStringValue(
                    handledType(), in.getText(), "not one of the constants");
        }
    }
}
