package dev.gantry.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Fails when a test left something of its containers on the host, and removes the empty groups of its own. */
final class Leftovers {
    private Leftovers() {}

    static void check(String cgroup, Path directory) throws IOException {
        assertThat(Files.readString(Path.of("/proc/self/mountinfo"))).doesNotContain(directory.toString());
        for (var group : groups(cgroup)) {
            // an agent that was killed left it; monitors end a moment after their containers
            Await.untilTrue("monitors to end", () -> removed(group.resolve("monitors")));
            try (var children = Files.list(group)) {
                assertThat(children.filter(Files::isDirectory))
                        .as("groups in %s", group)
                        .isEmpty();
            }
            Files.delete(group);
        }
        var containers = directory.resolve("data/agent/containers");
        try (var left = Files.walk(containers)) {
            assertThat(left.filter(Files::isRegularFile)
                            .map(p -> p.getFileName().toString()))
                    .as("files of released containers")
                    .containsOnly("journal");
        }
    }

    private static boolean removed(Path group) {
        try {
            Files.deleteIfExists(group);
            return true;
        } catch (IOException busy) {
            return false;
        }
    }

    private static List<Path> groups(String cgroup) throws IOException {
        try (Stream<Path> hierarchies = Files.list(Path.of("/sys/fs/cgroup"))) {
            return hierarchies
                    .map(h -> h.resolve(cgroup))
                    .filter(Files::isDirectory)
                    .toList();
        }
    }
}
