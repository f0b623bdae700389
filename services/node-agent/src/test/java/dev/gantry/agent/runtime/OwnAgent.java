package dev.gantry.agent.runtime;

import dev.gantry.agent.files.Trees;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** An agent of a test class' own, with an image and a directory. Fails the class when something of its containers is left at the end. */
final class OwnAgent implements BeforeAllCallback, AfterAllCallback {
    private final String cgroup;
    private @Nullable Running running;

    private record Running(Path directory, TestImage image, TestAgent agent) {}

    /** @param prefix of its groups' name: no two classes that may run at once have the same */
    OwnAgent(String prefix) {
        this.cgroup = prefix + ProcessHandle.current().pid();
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        var directory = Files.createTempDirectory(cgroup);
        var image = TestImage.build(Files.createDirectory(directory.resolve("image")));
        running = new Running(directory, image, TestAgent.here(directory.resolve("data"), cgroup, image));
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        agent().close();
        Leftovers.check(cgroup, directory());
        Trees.delete(directory()); // after the check: nothing is mounted there any more
    }

    private Running running() {
        if (running == null) {
            throw new IllegalStateException("the class has not begun");
        }
        return running;
    }

    String cgroup() {
        return cgroup;
    }

    Path directory() {
        return running().directory();
    }

    TestImage image() {
        return running().image();
    }

    TestAgent agent() {
        return running().agent();
    }
}
