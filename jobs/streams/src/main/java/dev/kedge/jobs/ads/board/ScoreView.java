// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.board;

import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.operators.ads.creative.CreativeDuplicates;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.ModelMetrics;
import dev.kedge.state.binary.DamagedSnapshotException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Snapshot;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A board's memory on disk: RocksDB in a folder of its own, with the newest score and the short
 * history of each creative, the models' metrics, near-duplicates, the newest scores in their order,
 * and how far the topics have been read. All that one batch of records changes, and the offsets
 * behind it, are written in one atomic batch: after a restart the board goes on where it was.
 *
 * <p>It is a view: everything in it comes from the topics, and a folder that is deleted is read
 * anew. As large as the board, and {@link #MAX_SCORES} scores. One thread writes; any may replay.
 */
public final class ScoreView implements ScoreLog, AutoCloseable {
    /** The newest scores that are kept for asking what another policy would have done. */
    public static final long MAX_SCORES = 1_000_000;

    private static final Logger LOG = LoggerFactory.getLogger(ScoreView.class);
    private static final long WRITE_BUFFER = 16L << 20;

    private final Path folder;
    private final ScoreBoard board;
    private final long maxScores;
    private final RocksDB database;
    private final Options options;
    private final WriteOptions unsynced = new WriteOptions();
    private final ViewCodec codec = new ViewCodec();
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private ViewHead head = ViewHead.EMPTY;
    private long firstScore;
    private long nextScore;
    private boolean open = true;
    private boolean complained;

    private ScoreView(
            Path folder, ScoreBoard board, long maxScores, RocksDB database, Options options) {
        this.folder = folder;
        this.board = board;
        this.maxScores = maxScores;
        this.database = database;
        this.options = options;
    }

    /**
     * Opens a folder, puts what it holds on the board, and keeps what changes there from now on.
     *
     * @param folder the folder; made if it is not there
     * @param board a board that is still empty
     * @throws ConfigurationException in one line if the folder is in use, damaged or no view
     */
    public static ScoreView open(Path folder, ScoreBoard board) {
        return open(folder, board, MAX_SCORES);
    }

    /**
     * Opens a folder that keeps fewer scores.
     *
     * @param maxScores how many, the newest
     */
    public static ScoreView open(Path folder, ScoreBoard board, long maxScores) {
        ViewFolder.prepare(folder);
        RocksDB.loadLibrary();
        Options options =
                new Options()
                        .setCreateIfMissing(true)
                        .setParanoidChecks(true)
                        .setWriteBufferSize(WRITE_BUFFER)
                        .setMaxOpenFiles(256)
                        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                        .setKeepLogFileNum(2);
        RocksDB database;
        try {
            database = RocksDB.open(options, folder.toString());
        } catch (RocksDBException e) {
            options.close();
            throw ViewFolder.unusable(folder, e);
        }
        ScoreView view = new ScoreView(folder, board, maxScores, database, options);
        board.cards().noteChanges();
        try {
            view.load();
        } catch (RocksDBException | DamagedSnapshotException e) {
            view.close();
            throw ViewFolder.unusable(folder, e);
        }
        board.noteChanges();
        return view;
    }

    /**
     * Where reading the topics goes on.
     *
     * @param topics ids of the topics by name; the view remembers them
     * @throws ConfigurationException in one line if it was read from other topics
     */
    public Map<TopicPartition, Long> offsets(Map<String, String> topics) {
        topics.forEach(this::belongs);
        SortedMap<String, String> all = new TreeMap<>(head.topics());
        all.putAll(topics);
        head = new ViewHead(all, head.offsets(), head.deadLetters());
        return head.offsets();
    }

    private void belongs(String topic, String id) {
        boolean other =
                head.topics().isEmpty()
                        ? !head.offsets().isEmpty()
                        : !head.topics().getOrDefault(topic, id).equals(id);
        if (other) {
            throw ViewFolder.ofAnother(folder, topic);
        }
    }

    /**
     * Whether it lacks the cards of what it has read: an earlier build kept none, and neither does
     * a board that wants none.
     */
    public boolean lacksCards() {
        try {
            return board.cards().isWanted() && database.get(new byte[] {ViewKey.CARDS}) == null;
        } catch (RocksDBException e) {
            throw new ViewException(e);
        }
    }

    /**
     * Keeps what changed on the board, and how far the topics are read, in one atomic batch. A
     * failure is told once in the log; the changes wait for the next call.
     *
     * @param offsets next offset of each partition
     */
    public void keep(Map<TopicPartition, Long> offsets) {
        try (Batch batch = new Batch(offsets)) {
            board.keep(batch);
            complained = false;
        } catch (ViewException e) {
            if (!complained) {
                LOG.warn("{} could not be written; it is tried again", folder, e.getCause());
            }
            complained = true;
        }
    }

    @Override
    public long replay(long most, Consumer<CreativeScore> reader) {
        lock.readLock().lock();
        try (Reading reading = new Reading()) {
            long first = reading.first(ViewKey.SCORE).map(ViewKey::number).orElse(0L);
            long next = reading.last(ViewKey.SCORE).map(key -> ViewKey.number(key) + 1).orElse(0L);
            reading.from(
                    ViewKey.of(Math.max(first, next - most)),
                    (key, value) -> reader.accept(ViewCodec.readScore(value)));
            return next - first;
        } catch (RocksDBException e) {
            throw new ViewException(e);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** What was last kept under a key of one letter. */
    Optional<byte[]> word(byte key) {
        lock.readLock().lock();
        try {
            return open ? Optional.ofNullable(database.get(new byte[] {key})) : Optional.empty();
        } catch (RocksDBException e) {
            throw new ViewException(e);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Keeps something under a key of one letter; not before the board is kept, nor once closed. */
    void keepWord(byte key, byte[] value) {
        lock.readLock().lock();
        try {
            if (open && database.get(new byte[] {ViewKey.HEAD}) != null) {
                database.put(unsynced, new byte[] {key}, value);
            }
        } catch (RocksDBException e) {
            throw new ViewException(e);
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (open) {
                open = false;
                database.close();
                unsynced.close();
                options.close();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void load() throws RocksDBException {
        byte[] own = database.get(new byte[] {ViewKey.HEAD});
        List<CreativeHistory> histories = new ArrayList<>();
        List<CreativeDuplicates> duplicates = new ArrayList<>();
        SortedMap<Long, Map<ScoreBoard.Key, CreativeCard>> cards = new TreeMap<>();
        try (Reading reading = new Reading()) {
            if (own == null) {
                if (!reading.empty()) {
                    throw new DamagedSnapshotException("it holds something else");
                }
                return;
            }
            head = ViewHead.fromBytes(own);
            reading.each(
                    ViewKey.CREATIVE, (key, value) -> histories.add(ViewCodec.readHistory(value)));
            reading.each(
                    ViewKey.DUPLICATES,
                    (key, value) -> duplicates.add(ViewCodec.readDuplicates(value)));
            reading.each(
                    ViewKey.CAMPAIGN,
                    (key, value) -> {
                        ScoreBoard.Key of = ViewKey.creative(key);
                        board.accept(of.model(), of.creative(), ViewCodec.readText(value));
                    });
            reading.each(
                    ViewKey.CARD,
                    (key, value) -> {
                        CreativeCard card = ViewCodec.readCard(value);
                        cards.computeIfAbsent(card.at(), at -> new LinkedHashMap<>())
                                .put(ViewKey.creative(key), card);
                    });
            reading.each(
                    ViewKey.METRICS, (key, value) -> board.accept(ViewCodec.readMetrics(value)));
            firstScore = reading.first(ViewKey.SCORE).map(ViewKey::number).orElse(0L);
            nextScore = reading.last(ViewKey.SCORE).map(key -> ViewKey.number(key) + 1).orElse(0L);
        }
        histories.sort(Comparator.comparingLong(history -> history.newest().at()));
        histories.forEach(board::restore);
        duplicates.sort(Comparator.comparingLong(CreativeDuplicates::at));
        duplicates.forEach(board::accept);
        cards.values().forEach(sameTime -> sameTime.forEach(board.cards()::restore));
        board.restore(head.deadLetters());
    }

    /** RocksDB did not do what it was asked to. */
    private static final class ViewException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ViewException(Throwable cause) {
            super(cause.getMessage(), cause);
        }
    }

    /** One batch on its way to the database. */
    private final class Batch implements ScoreBoard.Keeper, AutoCloseable {
        private final WriteBatch batch = new WriteBatch();
        private final Map<TopicPartition, Long> offsets;
        private long next = nextScore;

        Batch(Map<TopicPartition, Long> offsets) {
            this.offsets = offsets;
        }

        @Override
        public void creative(ScoreBoard.Key key, Optional<CreativeHistory> history) {
            put(ViewKey.of(ViewKey.CREATIVE, key), history.map(codec::write));
        }

        @Override
        public void duplicates(ScoreBoard.Key key, Optional<CreativeDuplicates> said) {
            put(ViewKey.of(ViewKey.DUPLICATES, key), said.map(codec::write));
        }

        @Override
        public void campaign(ScoreBoard.Key key, Optional<String> campaign) {
            put(ViewKey.of(ViewKey.CAMPAIGN, key), campaign.map(ViewCodec::write));
        }

        @Override
        public void card(ScoreBoard.Key key, Optional<CreativeCard> card) {
            put(ViewKey.of(ViewKey.CARD, key), card.map(ViewCodec::write));
        }

        @Override
        public void metrics(BoardChanges.Report report, Optional<ModelMetrics> metrics) {
            put(ViewKey.of(report), metrics.map(codec::write));
        }

        @Override
        public void score(CreativeScore score) {
            put(ViewKey.of(next), Optional.of(codec.write(score)));
            next++;
        }

        @Override
        public void finish(SortedMap<String, Long> deadLetters) {
            long first = Math.max(firstScore, next - maxScores);
            ViewHead now = new ViewHead(head.topics(), offsets, deadLetters);
            try {
                if (first > firstScore) {
                    batch.deleteRange(ViewKey.of(firstScore), ViewKey.of(first));
                }
                batch.put(new byte[] {ViewKey.HEAD}, now.toBytes());
                noteCards();
                database.write(unsynced, batch);
            } catch (RocksDBException e) {
                throw new ViewException(e);
            }
            head = now;
            firstScore = first;
            nextScore = next;
        }

        /** Cards that were not wanted are missing: whoever wants them later reads them anew. */
        private void noteCards() throws RocksDBException {
            byte[] key = {ViewKey.CARDS};
            if (board.cards().isWanted()) {
                batch.put(key, ViewCodec.write(""));
            } else {
                batch.delete(key);
            }
        }

        private void put(byte[] key, Optional<byte[]> value) {
            try {
                if (value.isPresent()) {
                    batch.put(key, value.get());
                } else {
                    batch.delete(key);
                }
            } catch (RocksDBException e) {
                throw new ViewException(e);
            }
        }

        @Override
        public void close() {
            batch.close();
        }
    }

    /** Takes a key and its value. */
    private interface Entry {
        void take(byte[] key, byte[] value);
    }

    /** Reads the database as it is now, whatever is written meanwhile. */
    private final class Reading implements AutoCloseable {
        private final Snapshot snapshot;
        private final ReadOptions how;
        private final RocksIterator at;

        Reading() {
            if (!open) {
                throw new IllegalStateException("The view is closed");
            }
            snapshot = database.getSnapshot();
            how = new ReadOptions().setSnapshot(snapshot);
            at = database.newIterator(how);
        }

        void each(byte kind, Entry entry) throws RocksDBException {
            from(new byte[] {kind}, entry);
        }

        void from(byte[] key, Entry entry) throws RocksDBException {
            for (at.seek(key); here(key[0]); at.next()) {
                entry.take(at.key(), at.value());
            }
            at.status();
        }

        Optional<byte[]> first(byte kind) throws RocksDBException {
            at.seek(new byte[] {kind});
            Optional<byte[]> found = here(kind) ? Optional.of(at.key()) : Optional.empty();
            at.status();
            return found;
        }

        Optional<byte[]> last(byte kind) throws RocksDBException {
            at.seekForPrev(new byte[] {(byte) (kind + 1)});
            Optional<byte[]> found = here(kind) ? Optional.of(at.key()) : Optional.empty();
            at.status();
            return found;
        }

        boolean empty() throws RocksDBException {
            at.seekToFirst();
            boolean none = !at.isValid();
            at.status();
            return none;
        }

        private boolean here(byte kind) {
            return at.isValid() && at.key()[0] == kind;
        }

        @Override
        public void close() {
            at.close();
            how.close();
            database.releaseSnapshot(snapshot);
        }
    }
}
