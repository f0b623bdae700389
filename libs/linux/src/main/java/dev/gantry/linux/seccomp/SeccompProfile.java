package dev.gantry.linux.seccomp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** A profile that was read and is sound; what it means depends on the container, see {@link SeccompCompiler}. */
public final class SeccompProfile {
    private static final String DOCKER_RESOURCE = "docker-default.json";

    private final Verdict defaultVerdict;
    private final Set<Architecture> architectures;
    private final List<Rule> rules;
    private final int flags;

    SeccompProfile(Verdict defaultVerdict, Set<Architecture> architectures, List<Rule> rules, int flags) {
        this.defaultVerdict = defaultVerdict;
        this.architectures = Set.copyOf(architectures);
        this.rules = List.copyOf(rules);
        this.flags = flags;
    }

    private static final class Docker {
        private static final SeccompProfile DEFAULT = parse(resource());

        private static String resource() {
            try (var resource = Objects.requireNonNull(
                    SeccompProfile.class.getResourceAsStream(DOCKER_RESOURCE), DOCKER_RESOURCE)) {
                return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException("read " + DOCKER_RESOURCE, e);
            }
        }
    }

    /** The profile that every container gets unless it asks for another. */
    public static SeccompProfile dockerDefault() {
        return Docker.DEFAULT;
    }

    /**
     * Reads a profile in Docker's format (github.com/moby/profiles, seccomp) or the OCI runtime's.
     *
     * @throws SeccompException naming what is wrong; the profile is a user's
     */
    public static SeccompProfile parse(String json) {
        return ProfileReader.read(json);
    }

    Verdict defaultVerdict() {
        return defaultVerdict;
    }

    Set<Architecture> architectures() {
        return architectures;
    }

    List<Rule> rules() {
        return rules;
    }

    int flags() {
        return flags;
    }
}
