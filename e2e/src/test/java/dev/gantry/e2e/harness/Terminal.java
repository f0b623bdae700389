package dev.gantry.e2e.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A person at a terminal of 30 rows and 100 columns: the pseudo terminal is made by util-linux's {@code script}. */
public final class Terminal implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern DEVICE = Pattern.compile("(/dev/pts/[0-9]+)\r\n");

    private final Process script;
    private final StringBuilder shown = new StringBuilder();

    Terminal(Process script) {
        this.script = script;
        Thread.ofVirtual().start(() -> show(script.getInputStream()));
    }

    /** The words of the program that runs {@code command} at a terminal and ends as it ends. */
    static String[] words(String command) {
        return new String[] {"script", "-qefc", "tty; stty rows 30 cols 100; " + command, "/dev/null"};
    }

    private void show(InputStream in) {
        var buffer = new byte[4096];
        try {
            for (var count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                add(new String(buffer, 0, count, StandardCharsets.UTF_8));
            }
        } catch (IOException closed) {
            add("[the terminal is closed]");
        }
    }

    private void add(String text) {
        synchronized (shown) {
            shown.append(text);
        }
    }

    public Terminal type(String keys) {
        try {
            script.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
            script.getOutputStream().flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("nobody reads any more; so far: " + shown(), e);
        }
    }

    public Terminal awaitText(String text) {
        return awaitText(text, () -> {});
    }

    /** @param meanwhile done before each look */
    public Terminal awaitText(String text, Runnable meanwhile) {
        try {
            Await.until(text, PATIENCE, () -> {
                meanwhile.run();
                return shown().contains(text);
            });
            return this;
        } catch (AssertionError late) {
            throw new AssertionError(late.getMessage() + "; shown: " + shown(), late);
        }
    }

    /** As a person who pulls at the window's corner. */
    public Terminal resize(int rows, int columns) {
        awaitText("/dev/pts/");
        var device = DEVICE.matcher(shown());
        if (!device.find()) {
            throw new AssertionError("no terminal is named: " + shown());
        }
        var words = new String[] {"stty", "-F", device.group(1), "rows", "" + rows, "cols", "" + columns};
        var stty = new Command(java.util.List.of(words), java.util.Map.of(), new byte[0], PATIENCE).run();
        if (stty.exit() != 0) {
            throw new AssertionError("stty: " + stty.err());
        }
        return this;
    }

    public String shown() {
        synchronized (shown) {
            return shown.toString();
        }
    }

    /** The exit code of what runs here. */
    public int exit() {
        try {
            if (!script.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("it does not end; shown: " + shown());
            }
            return script.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        script.descendants().forEach(ProcessHandle::destroyForcibly);
        script.destroyForcibly();
    }
}
