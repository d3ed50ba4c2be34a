// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.math.device;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.nd4j.linalg.factory.Nd4jBackend;

/**
 * A class loader that shows ND4J one of the backends on the class path. ND4J asks them all in the
 * order of their priorities, which only environment variables move; a card's comes first, and it
 * prints a stack trace where there is none.
 */
final class OneBackend extends ClassLoader {
    private static final String LISTED = "META-INF/services/" + Nd4jBackend.class.getName();

    private final Backend backend;

    OneBackend(ClassLoader all, Backend backend) {
        super(all);
        this.backend = backend;
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        Enumeration<URL> all = super.getResources(name);
        if (!name.equals(LISTED)) {
            return all;
        }
        List<URL> shown = new ArrayList<>();
        while (all.hasMoreElements()) {
            URL list = all.nextElement();
            if (lists(list)) {
                shown.add(list);
            }
        }
        return Collections.enumeration(shown);
    }

    private boolean lists(URL list) throws IOException {
        try (InputStream in = list.openStream()) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().anyMatch(line -> line.strip().equals(backend.type()));
        }
    }
}
