// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.connectors.image.Preview;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CardShelfTest {
    private static CreativeCard card(long at, int bytes) {
        return new CreativeCard(at, "", Optional.of(new Preview(1, 1, new byte[bytes])));
    }

    private static CardShelf shelf(int creatives, long bytes) {
        return new CardShelf(new CardShelf.Bounds(creatives, bytes));
    }

    private static List<String> held(CardShelf shelf) {
        return Stream.of("a", "b", "c", "d")
                .filter(creative -> shelf.find("m", creative).isPresent())
                .toList();
    }

    @Test
    void whatCameFirstMakesRoomWhereThereAreTooMany() {
        CardShelf shelf = shelf(2, 1 << 20);

        shelf.put("m", "a", card(1, 10));
        shelf.put("m", "b", card(2, 10));
        shelf.put("m", "c", card(3, 10));

        assertThat(held(shelf)).containsExactly("b", "c");
    }

    @Test
    void asManyMakeRoomAsTheBytesOfANewOneNeed() {
        CardShelf shelf = shelf(100, 3000);

        shelf.put("m", "a", card(1, 800));
        shelf.put("m", "b", card(2, 800));
        shelf.put("m", "c", card(3, 800));
        shelf.put("m", "d", card(4, 1500));

        assertThat(held(shelf)).containsExactly("c", "d");
    }

    @Test
    void whatIsLargerThanTheShelfIsNotHeld() {
        CardShelf shelf = shelf(100, 1000);

        shelf.put("m", "a", card(1, 2000));

        assertThat(held(shelf)).isEmpty();
    }

    @Test
    void aLaterLaunchReplacesAnEarlierOneAndFreesItsBytes() {
        CardShelf shelf = shelf(100, 2000);

        shelf.put("m", "a", card(5, 900));
        shelf.put("m", "a", card(6, 901));
        shelf.put("m", "a", card(4, 100));
        shelf.put("m", "b", card(7, 800));

        assertThat(held(shelf)).containsExactly("a", "b");
        assertThat(shelf.find("m", "a").orElseThrow().at()).isEqualTo(6);
    }

    @Test
    void holdsNothingWhereNothingIsWanted() {
        CardShelf shelf = shelf(0, 1 << 20);

        shelf.put("m", "a", card(1, 10));

        assertThat(shelf.isWanted()).isFalse();
        assertThat(held(shelf)).isEmpty();
    }

    @Test
    void anEmptyCardIsNone() {
        CardShelf shelf = shelf(2, 1 << 20);

        shelf.put("m", "a", new CreativeCard(1, "", Optional.empty()));

        assertThat(held(shelf)).isEmpty();
    }

    @Test
    void tellsWhatCameAndWhatLeftUntilItIsKept() {
        CardShelf shelf = shelf(1, 1 << 20);
        shelf.put("m", "a", card(1, 10));
        shelf.noteChanges();
        shelf.put("m", "b", card(2, 10));

        assertThat(changes(shelf)).containsExactly("-a", "+b");
        assertThat(changes(shelf)).as("not kept yet").hasSize(2);
        shelf.kept();
        assertThat(changes(shelf)).isEmpty();
    }

    private static List<String> changes(CardShelf shelf) {
        List<String> told = new ArrayList<>();
        shelf.keep((key, card) -> told.add((card.isPresent() ? "+" : "-") + key.creative()));
        return told;
    }

    @Test
    void aLongTextIsCutBetweenItsCharacters() {
        String text = "🏖".repeat(700);

        CreativeCard card = CreativeCard.of(1, text, Optional.empty());

        assertThat(card.text()).isEqualTo("🏖".repeat(599) + "…");
        assertThat(CreativeCard.of(1, "🏖".repeat(600), Optional.empty()).text())
                .isEqualTo("🏖".repeat(600));
    }
}
