package dev.gantry.e2e.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.service.instance.Instance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a platform that is down must not have left in the kernel: mounts, cgroups, processes of its name. */
public final class Leftovers {
    private final Instance instance;

    private Leftovers(Instance instance) {
        this.instance = instance;
    }

    public static Leftovers of(Instance instance) {
        return new Leftovers(instance);
    }

    public void assertNone() {
        assertThat(mounts()).as("mounts left").isEmpty();
        assertThat(cgroups()).as("cgroups of containers left").isEmpty();
    }

    public List<String> mounts() {
        try {
            return Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
                    .filter(line -> line.contains(instance.data() + "/") || line.contains(instance.run() + "/"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<Path> cgroups() {
        var found = new ArrayList<Path>();
        try (var controllers = Files.newDirectoryStream(Path.of("/sys/fs/cgroup"))) {
            for (var controller : controllers) {
                var own = controller.resolve(instance.cgroup());
                if (Files.isDirectory(own)) {
                    try (var groups = Files.newDirectoryStream(own, "[0-9a-f]*")) {
                        groups.forEach(group -> {
                            if (Files.isDirectory(group)) {
                                found.add(group);
                            }
                        });
                    }
                }
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
