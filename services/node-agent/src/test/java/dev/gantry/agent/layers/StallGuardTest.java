package dev.gantry.agent.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class StallGuardTest {
    /** As the JDK's HTTP client does it: a close from another thread wakes the reader. */
    private static final class Silent extends InputStream {
        private final CountDownLatch closed = new CountDownLatch(1);

        @Override
        public int read() throws IOException {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new IOException("closed");
        }

        @Override
        public int read(byte[] target, int start, int length) throws IOException {
            return read();
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }

    @Test
    void aPeerThatFallsSilentIsGivenUp() throws IOException {
        try (var guarded = new StallGuard(new Silent(), Duration.ofMillis(40))) {
            assertThatThrownBy(guarded::read).isInstanceOf(IOException.class);
        }
    }

    @Test
    void whatFlowsIsLeftAlone() throws IOException {
        try (var guarded = new StallGuard(new ByteArrayInputStream(new byte[] {1, 2}), Duration.ofMillis(40))) {
            assertThat(guarded.readAllBytes()).containsExactly(1, 2);
        }
    }
}
