// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.ngram.NGramTokenFilter;
import org.apache.lucene.analysis.shingle.ShingleFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;

/**
 * Hashes text into rows of a table: words, pairs of words and groups of three characters, by
 * Lucene's analysers, after Unicode normalisation (NFKC). There is no vocabulary to grow. Not
 * thread-safe.
 */
final class TextHasher implements AutoCloseable {
    private static final int SEED = 0x6b656467;

    /** Longer texts are cut before they are analysed: their first tokens fill the bag anyway. */
    private static final int LONGEST = 8192;

    private final int buckets;
    private final int maxTokens;
    private final Analyzer words;
    private final Analyzer characters;

    TextHasher(int buckets, int maxTokens) {
        this.buckets = buckets;
        this.maxTokens = maxTokens;
        this.words = analyser(true);
        this.characters = analyser(false);
    }

    private static Analyzer analyser(boolean pairs) {
        return new Analyzer() {
            @Override
            protected TokenStreamComponents createComponents(String field) {
                Tokenizer source = new StandardTokenizer();
                TokenStream lower = new LowerCaseFilter(source);
                TokenStream last =
                        pairs ? new ShingleFilter(lower, 2, 2) : new NGramTokenFilter(lower, 3);
                return new TokenStreamComponents(source, last);
            }
        };
    }

    /** Rows of the table, sorted, each once; words before characters when there are too many. */
    int[] hash(String text) {
        String normal =
                Normalizer.normalize(
                        text.length() > LONGEST ? text.substring(0, LONGEST) : text,
                        Normalizer.Form.NFKC);
        TreeSet<Integer> rows = new TreeSet<>();
        collect(words, "w:", normal, rows);
        collect(characters, "c:", normal, rows);
        return rows.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The row of one value of one field. */
    static int row(String field, String value, int buckets) {
        return bucket(field + "=" + Normalizer.normalize(value, Normalizer.Form.NFKC), buckets);
    }

    private void collect(Analyzer analyser, String kind, String text, Set<Integer> rows) {
        try (TokenStream stream = analyser.tokenStream("text", text)) {
            CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (rows.size() < maxTokens && stream.incrementToken()) {
                rows.add(bucket(kind + term, buckets));
            }
            stream.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int bucket(String term, int buckets) {
        return Math.floorMod(StringHelper.murmurhash3_x86_32(new BytesRef(term), SEED), buckets);
    }

    @Override
    public void close() {
        words.close();
        characters.close();
    }
}
