package dev.gantry.linux.seccomp;

import dev.gantry.linux.capability.Capability;
import dev.gantry.linux.capability.CapabilitySet;
import java.util.List;
import java.util.Optional;

/** One entry of a profile's {@code syscalls}. */
record Rule(List<String> names, Verdict verdict, List<Condition> conditions, When includes, When excludes) {
    /**
     * What a rule depends on; an empty part is no condition.
     *
     * @param caps names of capabilities, as written
     * @param arches Go's names of architectures
     */
    record When(List<String> caps, List<String> arches, Optional<KernelVersion> minKernel) {
        static final When ALWAYS = new When(List.of(), List.of(), Optional.empty());
    }

    private static final String GO_ARCHITECTURE = "amd64";

    /** Whether the rule counts for a container with these capabilities on a kernel of this version. */
    boolean applies(CapabilitySet capabilities, KernelVersion kernel) {
        return included(capabilities, kernel) && !excluded(capabilities, kernel);
    }

    private boolean included(CapabilitySet capabilities, KernelVersion kernel) {
        return includes.caps.stream().allMatch(name -> has(capabilities, name))
                && (includes.arches.isEmpty() || includes.arches.contains(GO_ARCHITECTURE))
                && includes.minKernel.stream().allMatch(least -> kernel.compareTo(least) >= 0);
    }

    private boolean excluded(CapabilitySet capabilities, KernelVersion kernel) {
        return excludes.caps.stream().anyMatch(name -> has(capabilities, name))
                || excludes.arches.contains(GO_ARCHITECTURE)
                || excludes.minKernel.stream().anyMatch(least -> kernel.compareTo(least) >= 0);
    }

    private static boolean has(CapabilitySet capabilities, String name) {
        return Capability.named(name).stream().anyMatch(capabilities::contains);
    }
}
