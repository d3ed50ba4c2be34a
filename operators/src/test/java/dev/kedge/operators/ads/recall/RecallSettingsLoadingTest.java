// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.recall;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The defaults of the parts are made while the class of the whole is, or the other way round: which
 * of them is asked for first must not matter. Each case reads the classes anew.
 */
class RecallSettingsLoadingTest {
    private static final String SETTINGS = RecallSettings.class.getName();

    @ParameterizedTest
    @ValueSource(strings = {"", "$Views", "$Clip", "$Bank", "$Answers"})
    void theDefaultsAreMadeWhicheverIsAskedForFirst(String first) throws Exception {
        URL classes = RecallSettings.class.getProtectionDomain().getCodeSource().getLocation();
        try (Anew loader = new Anew(classes)) {
            Object touched = standard(loader, first);
            Object whole = standard(loader, "");

            assertThat(whole).hasToString(RecallSettings.DEFAULT.toString());
            assertThat(whole.getClass()).isNotEqualTo(RecallSettings.class);
            assertThat(part(whole, first)).isSameAs(touched);
        }
    }

    private static Object standard(ClassLoader loader, String part) throws Exception {
        return Class.forName(SETTINGS + part, true, loader).getField("DEFAULT").get(null);
    }

    private static Object part(Object whole, String part) throws Exception {
        if (part.isEmpty()) {
            return whole;
        }
        return whole.getClass().getMethod(part.substring(1).toLowerCase(Locale.ROOT)).invoke(whole);
    }

    /** Loads the settings itself, whoever has loaded them before. */
    private static final class Anew extends URLClassLoader {
        Anew(URL classes) {
            super(new URL[] {classes}, RecallSettings.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(SETTINGS)) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                return known == null ? findClass(name) : known;
            }
        }
    }
}
