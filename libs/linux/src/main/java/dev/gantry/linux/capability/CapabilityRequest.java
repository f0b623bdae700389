package dev.gantry.linux.capability;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a container asks for. The rules and messages are those of Docker's engine: names in any case, with or without
 * {@code CAP_}; {@code ALL}; an addition wins over a drop unless ALL is added.
 *
 * @param add HostConfig.CapAdd
 * @param drop HostConfig.CapDrop
 */
public record CapabilityRequest(List<String> add, List<String> drop, boolean privileged) {
    public static final CapabilityRequest NOTHING = new CapabilityRequest(List.of(), List.of(), false);
    private static final String ALL = "ALL";

    public CapabilityRequest {
        add = List.copyOf(add);
        drop = List.copyOf(drop);
    }

    /**
     * This request with each name as an inspect shows it: upper case, prefixed.
     *
     * @throws InvalidCapabilityException naming the field and the capability, in Docker's words
     */
    public CapabilityRequest normalised() {
        return new CapabilityRequest(normalise("CapAdd", add), normalise("CapDrop", drop), privileged);
    }

    /**
     * The container's set, on a host whose agent has {@code available}: nobody can give what he has not. What is in
     * Docker's default set and missing here is left out in silence, what was asked for by name and is missing is refused.
     *
     * @throws InvalidCapabilityException as {@link #normalised}, or when this host lacks an added capability
     */
    public CapabilitySet resolve(CapabilitySet available) {
        var asked = normalised();
        if (privileged) {
            return available.within(CapabilitySet.ALL);
        }
        var dropped = named("CapDrop", asked.drop, CapabilitySet.ALL);
        if (asked.add.contains(ALL)) {
            return CapabilitySet.ALL.within(available).minus(dropped);
        }
        var added = named("CapAdd", asked.add, available);
        var kept = asked.drop.contains(ALL)
                ? CapabilitySet.NONE
                : CapabilitySet.DOCKER_DEFAULT.within(available).minus(dropped);
        return kept.plus(added);
    }

    private static List<String> normalise(String field, List<String> names) {
        return names.stream().map(name -> normalise(field, name)).toList();
    }

    private static String normalise(String field, String name) {
        var upper = name.toUpperCase(Locale.ROOT);
        if (upper.equals(ALL)) {
            return upper;
        }
        var full = upper.startsWith(Capability.PREFIX) ? upper : Capability.PREFIX + upper;
        if (Capability.named(full).isEmpty()) {
            throw new InvalidCapabilityException(
                    "invalid " + field + ": unknown capability: \"" + printable(full) + "\"");
        }
        return full;
    }

    private static CapabilitySet named(String field, List<String> names, CapabilitySet available) {
        var found = new ArrayList<Capability>();
        for (var name : names) {
            Capability.named(name).ifPresent(found::add);
        }
        var missing = CapabilitySet.of(found).minus(available).toList();
        if (!missing.isEmpty()) {
            throw new InvalidCapabilityException("invalid " + field
                    + ": capability not supported by your kernel or not available in the current environment: \""
                    + missing.getFirst().fullName() + "\"");
        }
        return CapabilitySet.of(found);
    }

    /** A name that goes into a message is a client's bytes. */
    private static String printable(String name) {
        var bounded = name.length() > 64 ? name.substring(0, 64) + "..." : name;
        return bounded.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
