package dev.gantry.agent.files;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a class whose tests would fail one by one, for a reason that is hard to read. */
public final class NeedsRoot implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
        if (!"root".equals(System.getProperty("user.name"))) {
            throw new IllegalStateException("this test mounts and changes owners: run it as root");
        }
    }
}
