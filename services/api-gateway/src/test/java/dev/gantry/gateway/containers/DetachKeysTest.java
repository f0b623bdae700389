package dev.gantry.gateway.containers;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DetachKeysTest {
    private static DetachKeys keys(String text) {
        return DetachKeys.parse(text).orElseThrow();
    }

    @Test
    void keysAreReadAsTheEngineReadsThem() {
        assertThat(keys("").bytes().toByteArray()).containsExactly(16, 17);
        assertThat(keys("ctrl-a,a,DEL,ctrl-@,ctrl-_,ctrl-\\").bytes().toByteArray())
                .containsExactly(1, 'a', 127, 0, 31, 28);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bogus-x", "ctrl-A", "ctrl-", "a,,b", ",", "ctrl-ab", "del", "é", "ctrl-1"})
    void whatIsNoKeyIsRefused(String text) {
        assertThat(DetachKeys.parse(text)).isEmpty();
    }

    @Test
    void theSequenceIsFoundAcrossReadsAndGoesNoFurther() {
        var scan = new DetachScan(keys("a,b"));
        assertThat(text(scan.pass(bytes("echo a")))).isEqualTo("echo ");
        assertThat(text(scan.pass(bytes("c")))).isEqualTo("ac");
        assertThat(text(scan.pass(bytes("abx")))).isEmpty();
        assertThat(scan.found()).isTrue();
        assertThat(scan.rest()).isEqualTo(ByteString.EMPTY);
    }

    @Test
    void whatWasHeldBackIsThereInTheEnd() {
        var scan = new DetachScan(keys("a,b,c"));
        assertThat(text(scan.pass(bytes("xab")))).isEqualTo("x");
        assertThat(scan.found()).isFalse();
        assertThat(text(scan.rest())).isEqualTo("ab");
    }

    /** The model searches the whole text at once. */
    @RepeatedTest(300)
    void anyTextInAnyPiecesIsCutBeforeTheFirstSequence() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        var sequence = word(random, 1 + random.nextInt(4));
        var typed = word(random, random.nextInt(40));
        var scan = new DetachScan(keys(sequence.replaceAll("(.)(?=.)", "$1,")));
        var passed = new StringBuilder();
        for (var from = 0; from < typed.length(); ) {
            var to = Math.min(typed.length(), from + 1 + random.nextInt(5));
            passed.append(text(scan.pass(bytes(typed.substring(from, to)))));
            from = to;
        }
        var end = typed.indexOf(sequence);
        assertThat(scan.found()).as("seed %d", seed).isEqualTo(end >= 0);
        assertThat(passed + text(scan.rest()))
                .as("seed %d: %s in %s", seed, sequence, typed)
                .isEqualTo(end < 0 ? typed : typed.substring(0, end));
    }

    private static String word(Random random, int length) {
        var word = new StringBuilder();
        for (var i = 0; i < length; i++) {
            word.append((char) ('a' + random.nextInt(2)));
        }
        return word.toString();
    }

    private static ByteString bytes(String text) {
        return ByteString.copyFromUtf8(text);
    }

    private static String text(ByteString bytes) {
        return bytes.toStringUtf8();
    }
}
