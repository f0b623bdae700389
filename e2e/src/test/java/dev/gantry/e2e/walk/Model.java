package dev.gantry.e2e.walk;

import dev.gantry.e2e.walk.ContainerState.Status;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Everything that the clients of one walk have made, as it can be after what they were told. One client at a time per object. */
final class Model {
    private final Map<String, Possible<ContainerState, ContainerVerb>> containers = new TreeMap<>();
    private final Map<String, Possible<Boolean, ThingVerb>> volumes = new TreeMap<>();
    private final Map<String, Possible<Boolean, ThingVerb>> names = new TreeMap<>();
    private final Set<String> once = new TreeSet<>();

    synchronized Possible<ContainerState, ContainerVerb> container(String name) {
        return containers.computeIfAbsent(
                name, key -> new Possible<>(new ContainerRules(key.contains("brief")), ContainerState.NOWHERE));
    }

    synchronized Possible<Boolean, ThingVerb> volume(String name) {
        return volumes.computeIfAbsent(name, key -> new Possible<>(new ThingRules(), false));
    }

    synchronized Possible<Boolean, ThingVerb> name(String name) {
        return names.computeIfAbsent(name, key -> new Possible<>(new ThingRules(), false));
    }

    /** A container that removes itself. */
    synchronized void once(String name) {
        once.add(name);
    }

    synchronized Set<String> once() {
        return Set.copyOf(once);
    }

    synchronized Map<String, Possible<ContainerState, ContainerVerb>> containers() {
        return Map.copyOf(containers);
    }

    synchronized Map<String, Possible<Boolean, ThingVerb>> volumes() {
        return Map.copyOf(volumes);
    }

    synchronized Map<String, Possible<Boolean, ThingVerb>> names() {
        return Map.copyOf(names);
    }

    /** Whether the container is certainly not there any more. */
    boolean gone(String container) {
        return container(container).states().stream().allMatch(state -> state.is(Status.ABSENT));
    }
}
