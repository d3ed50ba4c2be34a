// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kedge.jobs.documents.Documents;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The folder {@code docker} of the repository. */
final class DockerFolder {
    private static final ObjectMapper JSON = new ObjectMapper();

    private DockerFolder() {}

    static Path file(String name) {
        return Documents.file("docker").resolve(name);
    }

    static String read(String name) {
        return Documents.read(file(name));
    }

    /** The documents of a YAML file, anchors and merges resolved. */
    static List<JsonNode> documents(String name) {
        List<JsonNode> documents = new ArrayList<>();
        for (Object document :
                new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(read(name))) {
            documents.add(JSON.valueToTree(document));
        }
        return documents;
    }
}
