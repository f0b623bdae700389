package dev.gantry.agent.exec;

import dev.gantry.agent.output.ByteSink;
import dev.gantry.agent.output.Frames;
import dev.gantry.agent.output.Stream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jboss.logging.Logger;

/**
 * Carries what an exec writes to whoever started it, one virtual thread for each stream, as fast as that one reads. When he is gone the rest is
 * read and thrown away, so that the process does not notice.
 */
final class ExecOutput {
    private static final Logger LOG = Logger.getLogger(ExecOutput.class);

    private final String exec;
    private final boolean raw;
    private final List<Thread> threads = new ArrayList<>();
    private final List<PipeReader> readers = new ArrayList<>();
    private volatile ByteSink client;

    /** @param raw without frames */
    ExecOutput(String exec, boolean raw, ByteSink client) {
        this.exec = exec;
        this.raw = raw;
        this.client = client;
    }

    void carry(Stream stream, PipeReader reader) {
        readers.add(reader);
        threads.add(Thread.ofVirtual().name("exec-out").start(() -> carryAll(stream, reader)));
    }

    private void carryAll(Stream stream, PipeReader reader) {
        try (reader) {
            for (var bytes = reader.read(); bytes.length > 0; bytes = reader.read()) {
                deliver(Frames.of(stream, bytes, raw));
            }
        } catch (InterruptedException e) {
            // the agent is closing
        } catch (RuntimeException e) {
            LOG.errorf(e, "exec %s: its output cannot be read", exec);
        }
    }

    private void deliver(byte[] bytes) throws InterruptedException {
        try {
            client.write(bytes);
        } catch (CancellationException left) {
            client = _ -> {};
        }
    }

    void processEnded() {
        readers.forEach(PipeReader::processEnded);
    }

    /** Returns when everything is read and delivered or thrown away. */
    void await() throws InterruptedException {
        for (var thread : threads) {
            thread.join();
        }
    }

    void interrupt() {
        threads.forEach(Thread::interrupt);
    }
}
