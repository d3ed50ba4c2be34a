// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.board;

import static dev.kedge.jobs.ads.board.Samples.metrics;
import static dev.kedge.jobs.ads.board.Samples.same;
import static dev.kedge.jobs.ads.board.Samples.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.CreativeScore.Action;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreViewTest {
    private static final Map<String, String> TOPICS = Map.of("scores", "id-1", "metrics", "id-2");
    private static final TopicPartition FIRST = new TopicPartition("scores", 0);
    private static final TopicPartition SECOND = new TopicPartition("scores", 1);

    @TempDir private Path folder;

    private static ScoreBoard board() {
        return new ScoreBoard(Clock.systemUTC(), 3);
    }

    @Test
    void aRestartedBoardShowsWhatItShowedAndReadsOnWhereItWas() {
        ScoreBoard before = board();
        try (ScoreView view = ScoreView.open(folder, before)) {
            view.offsets(TOPICS);
            before.accept(score("a", 1, -5, Action.KEEP));
            before.accept(score("a", 2, -4, Action.STOP));
            before.accept(score("b", 3, -1));
            before.accept(same("b", 3, "a"));
            before.accept("search", "a", "Été");
            before.accept(metrics("search", 1, 0.5));
            before.accept(metrics("search", 2, 0.6));
            before.deadLetter("not JSON");
            view.keep(Map.of(FIRST, 7L, SECOND, 11L));
        }

        ScoreBoard after = board();
        try (ScoreView view = ScoreView.open(folder, after)) {
            assertThat(view.offsets(TOPICS)).isEqualTo(Map.of(FIRST, 7L, SECOND, 11L));
        }
        assertThat(ranked(after)).isEqualTo(ranked(before));
        assertThat(shown(after)).isEqualTo(shown(before)).contains("\"action\":\"keep\"", "Été");
        assertThat(after.duplicates("search", "b")).isEqualTo(before.duplicates("search", "b"));
        assertThat(after.metrics("search")).isEqualTo(before.metrics("search"));
        assertThat(after.summary().deadLetters()).isEqualTo(Map.of("not JSON", 1L));
        assertThat(after.summary().eventTime()).isEqualTo(before.summary().eventTime());
    }

    @Test
    void whatWasToldIsKeptWithTheBoardAndNotBeforeIt() {
        byte[] told = {1, 2, 3};
        ScoreBoard before = board();
        try (ScoreView view = ScoreView.open(folder, before)) {
            new ViewMemory(view).save(new byte[] {9});
        }
        try (ScoreView view = ScoreView.open(folder, board())) {
            assertThat(new ViewMemory(view).load()).isEmpty();
            view.keep(Map.of(FIRST, 1L));
            new ViewMemory(view).save(told);
        }
        ScoreView closed = ScoreView.open(folder, board());
        assertThat(new ViewMemory(closed).load()).contains(told);
        closed.close();
        new ViewMemory(closed).save(new byte[] {4});
        assertThat(new ViewMemory(closed).load()).isEmpty();
    }

    @Test
    void whatWasNotKeptIsReadAgain() {
        ScoreBoard before = board();
        try (ScoreView view = ScoreView.open(folder, before)) {
            before.accept(score("a", 1, -5));
            view.keep(Map.of(FIRST, 1L));
            before.accept(score("a", 2, -4));
        }

        ScoreBoard after = board();
        try (ScoreView view = ScoreView.open(folder, after)) {
            assertThat(view.offsets(Map.of())).isEqualTo(Map.of(FIRST, 1L));
            assertThat(after.accept(score("a", 2, -4))).isTrue();
            assertThat(after.accept(score("a", 1, -5))).isFalse();
        }
    }

    @Test
    void whatLeavesTheBoardLeavesTheView() {
        ScoreBoard before = board();
        try (ScoreView view = ScoreView.open(folder, before)) {
            for (String creative : List.of("a", "b", "c")) {
                before.accept(score(creative, 1, -5));
                before.accept(same(creative, 1, creative));
            }
            view.keep(Map.of(FIRST, 3L));
            before.accept(score("d", 2, -4));
            before.accept(same("d", 2, "d"));
            view.keep(Map.of(FIRST, 4L));
        }

        ScoreBoard after = board();
        try (ScoreView view = ScoreView.open(folder, after)) {
            assertThat(ranked(after)).containsExactly("d", "b", "c");
            assertThat(after.duplicates("search", "a")).isEmpty();
            assertThat(after.duplicates("search", "d")).isPresent();
        }
    }

    @Test
    void replaysTheNewestScoresInTheirOrderAlsoAfterARestart() {
        try (ScoreView view = opened(4)) {
            assertThat(moments(view)).containsExactly(3L, 4L, 5L, 6L);
        }
        ScoreBoard board = board();
        try (ScoreView view = ScoreView.open(folder, board, 4)) {
            board.accept(score("a", 9, -5));
            view.keep(Map.of());
            assertThat(moments(view)).containsExactly(4L, 5L, 6L, 9L);
        }
    }

    private ScoreView opened(long most) {
        ScoreBoard board = board();
        ScoreView view = ScoreView.open(folder, board, most);
        IntStream.range(0, 7)
                .forEach(
                        at -> {
                            board.accept(score("a", at, -5));
                            view.keep(Map.of());
                        });
        return view;
    }

    @Test
    void cardsStayAsManyAsThereIsRoomForInTheNextLife() {
        ScoreBoard before = board();
        try (ScoreView view = ScoreView.open(folder, before)) {
            before.cards().put("search", "b", card(2));
            before.cards().put("search", "a", card(1));
            before.cards().put("search", "c", card(3));
            view.keep(Map.of(FIRST, 3L));
        }

        ScoreBoard after = new ScoreBoard(Clock.systemUTC(), 3, 7, new CardShelf.Bounds(2, 9999));
        try (ScoreView view = ScoreView.open(folder, after)) {
            assertThat(after.cards().find("search", "a")).as("launched first").isEmpty();
            assertThat(after.cards().find("search", "b")).contains(card(2));
            assertThat(view.lacksCards()).isFalse();
            view.keep(Map.of(FIRST, 3L));
        }
        ScoreBoard again = board();
        try (ScoreView view = ScoreView.open(folder, again)) {
            assertThat(again.cards().find("search", "a")).as("left the view").isEmpty();
            assertThat(again.cards().find("search", "c")).contains(card(3));
            assertThat(view.lacksCards()).isFalse();
        }
    }

    @Test
    void aViewThatKeptNoCardsSaysThatItLacksThem() {
        ScoreBoard without = new ScoreBoard(Clock.systemUTC(), 3, 7, new CardShelf.Bounds(0, 0));
        try (ScoreView view = ScoreView.open(folder, without)) {
            assertThat(view.lacksCards()).as("none are wanted").isFalse();
            view.keep(Map.of(FIRST, 3L));
        }

        try (ScoreView view = ScoreView.open(folder, board())) {
            assertThat(view.lacksCards()).isTrue();
            view.keep(Map.of(FIRST, 3L));
            assertThat(view.lacksCards()).isFalse();
        }
    }

    private static CreativeCard card(long at) {
        return CreativeCard.of(at, "Text of " + at, Optional.empty());
    }

    @Test
    void refusesAFolderThatHoldsOtherFiles() throws IOException {
        Files.writeString(folder.resolve("notes.txt"), "mine");

        assertRefused("holds other files and is no view; name another folder");
        assertThat(folder.resolve("notes.txt")).hasContent("mine");
        assertThat(folder).isDirectoryNotContaining("glob:**CURRENT");
    }

    @Test
    void refusesWhatWasReadFromTopicsThatAreNoMore() {
        try (ScoreView view = ScoreView.open(folder, board())) {
            view.offsets(TOPICS);
            view.keep(Map.of(FIRST, 7L));
        }

        try (ScoreView view = ScoreView.open(folder, board())) {
            assertThatThrownBy(() -> view.offsets(Map.of("scores", "id-3")))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("dashboard.view: " + folder + " was read from another")
                    .hasMessageContaining("topic scores; delete the folder")
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void refusesAFolderThatAnotherDashboardUses() {
        try (ScoreView view = ScoreView.open(folder, board())) {
            assertRefused("is in use by another dashboard");
        }
    }

    @Test
    void refusesADamagedFolderAndTellsHowToRebuildIt() throws IOException {
        try (ScoreView view = opened(100)) {
            assertThat(moments(view)).hasSize(7);
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(f -> f.getFileName().toString().startsWith("MANIFEST")).toList()) {
                Files.write(
                        file,
                        ByteBuffer.allocate(64).array(),
                        StandardOpenOption.TRUNCATE_EXISTING);
            }
        }

        assertRefused("cannot be read", "delete the folder to have it read from the topics anew");
    }

    private void assertRefused(String... parts) {
        assertThatThrownBy(() -> ScoreView.open(folder, board()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("dashboard.view: " + folder)
                .hasMessageContainingAll(parts)
                .hasMessageNotContaining("\n");
    }

    private static String shown(ScoreBoard board) {
        return DashboardJson.detail(board.find("search", "a").orElseThrow(), board).toString();
    }

    private static List<String> ranked(ScoreBoard board) {
        return board.rank(Ranking.BY_RISK).scores().stream().map(CreativeScore::creative).toList();
    }

    private static List<Long> moments(ScoreView view) {
        List<Long> moments = new ArrayList<>();
        view.replay(Long.MAX_VALUE, score -> moments.add(score.at() - Samples.LAUNCH));
        return moments;
    }
}
