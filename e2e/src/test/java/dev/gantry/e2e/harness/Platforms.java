package dev.gantry.e2e.harness;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** Keeps one platform per packaging for the whole run; JUnit closes them at its end, failed or not. */
public final class Platforms implements BeforeAllCallback {
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
        return store.computeIfAbsent(packaging, Platform::up, Platform.class);
    }
}
