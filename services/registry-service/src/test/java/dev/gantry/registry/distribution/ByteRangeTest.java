package dev.gantry.registry.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 0",
        "bytes=0-, 0, 9",
        "bytes=5-99, 5, 9",
        "bytes=-3, 7, 9",
        "bytes=-99, 0, 9",
        "bytes=9-9, 9, 9"
    })
    void readsOneRange(String header, long first, long last) {
        assertThat(ByteRange.requested(header, 10)).contains(new ByteRange(first, last));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes=",
                "bytes=-",
                "bytes=5-2",
                "bytes=0-1,3-4",
                "lines=0-1",
                "bytes=a-b",
                "bytes=0-99999999999999999999"
            })
    void ignoresWhatItDoesNotTake(String header) {
        assertThat(ByteRange.requested(header, 10)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=10-", "bytes=10-20", "bytes=-0"})
    void refusesWhatHoldsNoByte(String header) {
        assertThatThrownBy(() -> ByteRange.requested(header, 10)).isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5-2", "a-b", "bytes", "-3", "3-"})
    void refusesMalformedChunks(String header) {
        assertThatThrownBy(() -> ByteRange.ofChunk(header)).isInstanceOf(Refusal.class);
    }
}
