// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.settings;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the annotations of a record of settings say: {@link Range}, {@link Lasting}, {@link Count}
 * and {@link Matching} are kept here, {@link Meaning} is read by the reference page, {@link Group}
 * by the reader of files.
 *
 * <p>Bounds are kept where settings come in, before the record is made, so that its own rules
 * between fields may rely on them: by the reader of files, with {@link #check}, and by {@link
 * #with}. They are not kept by constructors, which would have to name every component once more.
 * Settings that code puts together are therefore checked where a learner takes them, with {@link
 * #checked}. Records of settings are public, so that they can be read here.
 */
public final class Schema {
    private Schema() {}

    /**
     * Refuses what the annotations of a record's components do not allow, before there is one.
     *
     * @param type the record
     * @param values of its components, in order
     * @throws IllegalArgumentException in one line that names field, value and what is allowed
     */
    public static void check(Class<?> type, Object... values) {
        check("", type.getRecordComponents(), values);
    }

    /**
     * Refuses settings of which some, in whatever depth, are not allowed.
     *
     * @return the settings
     * @throws IllegalArgumentException in one line that names path, value and what is allowed
     */
    public static <R extends Record> R checked(R settings) {
        walk("", settings);
        return settings;
    }

    private static void walk(String path, Record settings) {
        RecordComponent[] components = settings.getClass().getRecordComponents();
        Object[] values = values(settings, components);
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof Record inner) {
                boolean group = isGroup(components[i]);
                walk(group ? path : path + name(components[i]) + ".", inner);
            }
        }
        check(path, components, values);
    }

    private static void check(String path, RecordComponent[] components, Object[] values) {
        for (int i = 0; i < values.length; i++) {
            check(path + name(components[i]), components[i], values[i]);
        }
    }

    private static void check(String field, RecordComponent component, Object value) {
        Count count = component.getAnnotation(Count.class);
        if (count != null) {
            Bounds.check(count, field, (List<?>) value);
        }
        Range range = component.getAnnotation(Range.class);
        if (range != null) {
            List<?> numbers = value instanceof List<?> list ? list : List.of(value);
            numbers.forEach(number -> Bounds.check(range, field, (Number) number));
        }
        Lasting lasting = component.getAnnotation(Lasting.class);
        if (lasting != null) {
            Bounds.check(lasting, field, (Duration) value);
        }
        Matching matching = component.getAnnotation(Matching.class);
        if (matching != null) {
            Bounds.check(matching, field, value.toString());
        }
    }

    /** A component as a file has it: lower case, hyphens between words. */
    public static String name(RecordComponent component) {
        return component.getName().replaceAll("(\\p{Upper})", "-$1").toLowerCase(Locale.ROOT);
    }

    /** Whether a component's fields stand among those of the record around it. */
    public static boolean isGroup(RecordComponent component) {
        return component.isAnnotationPresent(Group.class);
    }

    /**
     * What a component says of itself, or of a setting inside of it.
     *
     * @param at path below the component; empty for the component
     */
    public static Optional<String> meaning(RecordComponent component, String at) {
        return Arrays.stream(component.getAnnotationsByType(Meaning.class))
                .filter(meaning -> meaning.at().equals(at))
                .map(Meaning::value)
                .findFirst();
    }

    /**
     * The same settings, one of them with another value.
     *
     * @param path the setting as a file has it, with dots: {@code learning.batch}
     * @throws IllegalArgumentException if there is none, or the value is not allowed there
     */
    public static <R extends Record> R with(R settings, String path, Object value) {
        RecordComponent[] components = settings.getClass().getRecordComponents();
        Object[] values = values(settings, components);
        boolean found = false;
        for (int i = 0; i < values.length; i++) {
            if (holds(components[i], path)) {
                found = true;
                values[i] = changed(components[i], values[i], path, value);
            }
        }
        if (!found) {
            throw new IllegalArgumentException(path + ": there is no such setting");
        }
        check("", components, values);
        return make(settings, components, values);
    }

    private static boolean holds(RecordComponent component, String path) {
        return isGroup(component)
                ? Arrays.stream(component.getType().getRecordComponents())
                        .anyMatch(inner -> holds(inner, path))
                : path.equals(name(component)) || path.startsWith(name(component) + ".");
    }

    private static Object changed(
            RecordComponent component, Object now, String path, Object value) {
        String name = name(component);
        if (isGroup(component)) {
            return with((Record) now, path, value);
        }
        if (path.equals(name)) {
            return value;
        }
        try {
            return with((Record) now, path.substring(name.length() + 1), value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + "." + e.getMessage(), e);
        }
    }

    private static Object[] values(Record settings, RecordComponent[] components) {
        Object[] values = new Object[components.length];
        try {
            for (int i = 0; i < values.length; i++) {
                values[i] = components[i].getAccessor().invoke(settings);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
        return values;
    }

    @SuppressWarnings("unchecked")
    private static <R extends Record> R make(
            R settings, RecordComponent[] components, Object[] values) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return (R) settings.getClass().getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refusal) {
                throw refusal;
            }
            throw new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
