// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.configuration.MemorySize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictYamlTest {
    @TempDir private Path folder;

    enum Colour {
        DARK_RED,
        BLUE
    }

    record Inner(int wholeNumber, List<Double> numbers, SortedMap<String, String> properties) {
        Inner {
            if (wholeNumber < 0) {
                throw new IllegalArgumentException("whole-number: must not be below 0");
            }
        }
    }

    record Outer(
            String text, Duration time, MemorySize size, Colour colour, boolean flag, Inner inner) {
        static final Outer DEFAULT =
                new Outer(
                        "t",
                        Duration.ofSeconds(90),
                        MemorySize.ofMebiBytes(1),
                        Colour.DARK_RED,
                        true,
                        new Inner(3, List.of(1.0, 2.5), new TreeMap<>(Map.of("a", "b"))));
    }

    private static Outer parse(String yaml) {
        return StrictYaml.parse(yaml, Outer.DEFAULT, Outer.class, "job.yaml");
    }

    @ParameterizedTest
    @CsvSource({"''", "'# only a comment'", "'---'", "'{}'", "'inner: {}'"})
    void whatAFileDoesNotSayKeepsItsDefault(String yaml) {
        assertThat(parse(yaml)).isEqualTo(Outer.DEFAULT);
    }

    @Test
    void aFileThatIsTooLargeIsRefusedUnread() throws IOException {
        Path file = folder.resolve("job.yaml");
        Files.write(file, new byte[(3 << 20) + 1]);

        assertThatThrownBy(() -> StrictYaml.read(file, Outer.DEFAULT, Outer.class))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(file + ": has 3145729 bytes; a file of settings may have 3145728");
    }

    @Test
    void everyTypeIsReadTheWayPeopleWriteIt() {
        Outer read =
                parse(
                        """
                        text: hello
                        time: 5 min
                        size: 2 gb
                        colour: blue
                        flag: false
                        inner:
                          whole-number: 4
                          numbers: [1, 0.5]
                          properties: {security.protocol: SSL}
                        """);

        assertThat(read)
                .isEqualTo(
                        new Outer(
                                "hello",
                                Duration.ofMinutes(5),
                                MemorySize.parse("2 gb"),
                                Colour.BLUE,
                                false,
                                new Inner(
                                        4,
                                        List.of(1.0, 0.5),
                                        new TreeMap<>(Map.of("security.protocol", "SSL")))));
    }

    @Test
    void whatIsWrittenIsReadBack() {
        assertThat(parse(StrictYaml.write(Outer.DEFAULT))).isEqualTo(Outer.DEFAULT);
        assertThat(StrictYaml.write(Outer.DEFAULT))
                .contains("time: \"90 s\"")
                .contains("size: \"1048576 b\"")
                .contains("colour: \"dark-red\"")
                .contains("whole-number: 3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "txt: a | txt: unknown field; allowed here: colour, flag, inner, size, text, time",
                "inner: {whole: 1} | inner.whole: unknown field; allowed here: numbers,"
                        + " properties, whole-number",
                "inner: 3 | inner: 3 is not allowed; it must have fields: numbers, properties,"
                        + " whole-number",
                "inner: {whole-number: x} | inner.whole-number: 'x' is not allowed; it must be a"
                        + " whole number",
                "inner: {whole-number: 1.5} | inner.whole-number: 1.5 is not allowed; it must be a"
                        + " whole number",
                "inner: {whole-number: } | inner.whole-number: null is not allowed; it must be a"
                        + " whole number",
                "inner: {whole-number: 99999999999} | inner.whole-number: 99999999999 is not"
                        + " allowed; it must be a whole number",
                "inner: {numbers: 3} | inner.numbers: 3 is not allowed; it must be a list",
                "inner: {numbers: [1, x]} | inner.numbers: 'x' is not allowed; it must be a number",
                "time: soon | time: 'soon' is not allowed; it must be a duration with its unit, such as 500 ms,"
                        + " 5 s, 6 h or 1 d",
                "time: 5 | time: 5 is not allowed; it must be a duration with its unit, such as"
                        + " 500 ms, 5 s, 6 h or 1 d",
                "time: '1.5' | time: '1.5' is not allowed; it must be a duration with its unit,"
                        + " such as 500 ms, 5 s, 6 h or 1 d",
                "time: [1] | time: [1] is not allowed; it must be a duration with its unit, such as 500 ms, 5 s,"
                        + " 6 h or 1 d",
                "time: | time: null is not allowed; it must be a duration with its unit, such as 500 ms, 5 s,"
                        + " 6 h or 1 d",
                "size: big | size: 'big' is not allowed; it must be a memory size such as 64 mb or"
                        + " 1 gb",
                "colour: green | colour: 'green' is not allowed; it must be one of dark-red, blue",
                "flag: 1 | flag: 1 is not allowed; it must be true or false",
                "flag: 'yes' | flag: 'yes' is not allowed; it must be true or false",
                "text: {a: b} | text: {\"a\":\"b\"} is not allowed; it must be a text",
                "text: | text: null is not allowed; it must be a text",
                "inner: {whole-number: -1} | inner.whole-number: must not be below 0"
            })
    void aMistakeIsAnsweredWithFieldValueAndWhatIsAllowed(String yaml, String answer) {
        assertThatThrownBy(() -> parse(yaml))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("job.yaml: " + answer);
    }

    @Test
    void aKeyThatIsThereTwiceIsRefusedWithItsNameAndLine() {
        assertThatThrownBy(() -> parse("text: a\nflag: true\ntext: b\n"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("job.yaml: not YAML at line 3: ")
                .hasMessageContaining("'text'");
    }

    @Test
    void whatIsNotYamlIsRefusedWithItsLineInOneLine() {
        assertThatThrownBy(() -> parse("text: a\nflag: [1\n"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("job.yaml: not YAML at line ")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void aListOrAWordIsNoMappingOfFields() {
        assertThatThrownBy(() -> parse("- a")).hasMessage("job.yaml: must be a mapping of fields");
        assertThatThrownBy(() -> parse("hello"))
                .hasMessage("job.yaml: must be a mapping of fields");
    }

    @Test
    void anAbsentFileAndAFolderAreNamed() {
        Path absent = folder.resolve("absent.yaml");

        assertThatThrownBy(() -> StrictYaml.read(absent, Outer.DEFAULT, Outer.class))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(absent + ": there is no such file");
        assertThatThrownBy(() -> StrictYaml.read(folder, Outer.DEFAULT, Outer.class))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(folder + ": cannot be read");
    }

    @Test
    void aFileIsReadLikeItsText() throws IOException {
        Path file = Files.writeString(folder.resolve("job.yaml"), "text: größer");

        assertThat(StrictYaml.read(file, Outer.DEFAULT, Outer.class).text()).isEqualTo("größer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no",
                "yes",
                "on",
                "off",
                "true",
                "False",
                "0123456",
                "010",
                "1e3",
                "1E3",
                "0x1F",
                "0b11",
                "1_000",
                "12:30:00",
                ".inf",
                "-.Inf",
                ".nan",
                "1.10",
                "1.0",
                "+5",
                "5",
                "-0",
                "12345678901234567890",
                "0.1000000000000000055511",
                "2024-01-01",
                "2024-01-01T00:00:00Z",
                "=",
                "0o17",
                "1."
            })
    void aFieldForATextTakesTheCharactersAsTheyStand(String text) {
        Words read = words("one: %s\nsome: [a, %<s]\nproperties: {key: %<s, b: x}", text);

        assertThat(read)
                .isEqualTo(
                        new Words(
                                text,
                                List.of("a", text),
                                new TreeMap<>(Map.of("key", text, "b", "x"))));
        assertThat(words("one: '%s'", text).one()).isEqualTo(text);
        assertThat(StrictYaml.field("job: " + text, "job", "job.yaml")).contains(text);
    }

    record Words(String one, List<String> some, SortedMap<String, String> properties) {
        static final Words DEFAULT = new Words("d", List.of(), new TreeMap<>());
    }

    private static Words words(String yaml, String text) {
        return StrictYaml.parse(
                String.format(Locale.ROOT, yaml, text), Words.DEFAULT, Words.class, "job.yaml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"~", "null", "", "Null"})
    void nothingIsNoText(String text) {
        assertThatThrownBy(() -> words("one: %s", text))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("job.yaml: one: null is not allowed; it must be a text");
    }

    @Test
    void aNumberThatSomeReadersTakeForOctalIsNoNumber() {
        assertThatThrownBy(() -> parse("inner: {whole-number: 010}"))
                .hasMessage(
                        "job.yaml: inner.whole-number: '010' is not allowed; it must be a whole"
                                + " number");
        assertThat(parse("inner: {whole-number: 1_000}").inner().wholeNumber()).isEqualTo(1000);
        assertThat(parse("inner: {whole-number: 0}").inner().wholeNumber()).isZero();
    }

    @Test
    void aMistakeShowsTheValueAsItIsWritten() {
        assertThatThrownBy(() -> parse("inner: {whole-number: 1.50}"))
                .hasMessageContaining("inner.whole-number: 1.50 is not allowed");
        assertThatThrownBy(() -> parse("colour: no"))
                .hasMessageContaining("no")
                .hasMessageContaining("one of dark-red, blue");
    }

    @Test
    void whatIsChangedByJsonMustBeATextWhereATextIsWanted() {
        assertThatThrownBy(
                        () ->
                                StrictYaml.change(
                                        Words.DEFAULT,
                                        JsonNodeFactory.instance.objectNode().put("one", 42798),
                                        Words.class,
                                        "body"))
                .hasMessage("body: one: 42798 is not allowed; it must be a text");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text: &n a;time: *n | line 2: an alias (*n) is not allowed; write the value itself",
                "text: a;inner: {properties: {a: &t b, token: *t}} | line 2: an alias (*t) is not"
                        + " allowed; write the value itself",
                "inner:;  numbers:;  - &one 1;  - *one | line 4: an alias (*one) is not allowed;"
                        + " write the value itself",
                "inner: {properties: {<<: {a: b}}} | line 1: a merge key (<<) is not allowed; write"
                        + " the fields themselves",
                "text: a;;inner:;  <<: *base | line 4: a merge key (<<) is not allowed; write the"
                        + " fields themselves",
                "text: !secret a | line 1: a tag (secret) is not allowed; write a plain value",
                "text: !!binary aGVsbG8= | line 1: a tag (binary) is not allowed; write a plain"
                        + " value",
                "flag: true;inner: !inner {} | line 2: a tag (inner) is not allowed; write a plain"
                        + " value",
                "text: a;---;text: b;no-such: 1 | line 2: a second document begins here; a file of"
                        + " settings is one document",
                "--- # first;text: a;...;--- # second;;flag: true | line 4: a second document"
                        + " begins here; a file of settings is one document",
                "text: a;--- {} | line 2: a second document begins here; a file of settings is one"
                        + " document",
                "---;---;text: a | line 2: a second document begins here; a file of settings is one"
                        + " document",
            })
    void whatWouldBeReadAsSomethingElseIsRefusedWithItsLine(String yaml, String answer) {
        assertThatThrownBy(() -> parse(yaml.replace(';', '\n')))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("job.yaml: " + answer);
    }

    @Test
    void anAnchorThatNobodyNamesAndStandardTagsAreHarmless() {
        assertThat(parse("text: &n cameras").text()).isEqualTo("cameras");
        assertThat(parse("text: !!str 0123").text()).isEqualTo("0123");
        assertThat(parse("---\ntext: a\n...\n# the end\n").text()).isEqualTo("a");
    }

    @Test
    void aByteOrderMarkIsNoPartOfAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("job.yaml"), "\uFEFFtext: a\nflag: false\n");

        assertThat(StrictYaml.read(file, Outer.DEFAULT, Outer.class).text()).isEqualTo("a");
        assertThat(StrictYaml.text(file)).startsWith("text");
    }

    @Test
    void whatIsWrittenIsTheSameInEveryLanguageOfTheJvm() {
        String written = StrictYaml.write(Outer.DEFAULT);
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG"));
            assertThat("%d".formatted(7))
                    .as("this language has digits of its own")
                    .isNotEqualTo("7");

            assertThat(StrictYaml.write(Outer.DEFAULT)).isEqualTo(written).contains("\"90 s\"");
            assertThat(parse(written)).isEqualTo(Outer.DEFAULT);
            assertThatThrownBy(() -> parse("text: a\ntext: b"))
                    .hasMessageStartingWith("job.yaml: not YAML at line 2: ");
        } finally {
            Locale.setDefault(before);
        }
    }
}
