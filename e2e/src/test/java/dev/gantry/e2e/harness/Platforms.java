package dev.gantry.e2e.harness;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** Keeps one platform per packaging for the whole run; JUnit closes them at its end, failed or not. */
public final class Platforms implements BeforeAllCallback {
    /** Tried once: a platform that did not come up does not come up for the next test either, and each try takes its time. */
    private record Start(Optional<Platform> up, Optional<Throwable> failure) implements AutoCloseable {
        static Start of(Packaging packaging) {
            try {
                return new Start(Optional.of(Platform.up(packaging)), Optional.empty());
            } catch (RuntimeException | AssertionError e) {
                return new Start(Optional.empty(), Optional.of(e));
            }
        }

        Platform platform() {
            return up.orElseThrow(() -> new AssertionError("the platform did not come up", failure.orElseThrow()));
        }

        @Override
        public void close() {
            up.ifPresent(Platform::close);
        }
    }

    private static ExtensionContext.@Nullable Store store;

    @Override
    public void beforeAll(ExtensionContext context) {
        store = context.getRoot().getStore(Namespace.create(Platforms.class));
    }

    /** The running platform of that packaging, started at first use. */
    public static Platform of(Packaging packaging) {
        if (store == null) {
            throw new IllegalStateException("annotate the test class with @OnPlatform");
        }
        return store.computeIfAbsent(packaging, Start::of, Start.class).platform();
    }
}
