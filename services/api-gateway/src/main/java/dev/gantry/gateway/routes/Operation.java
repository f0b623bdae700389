package dev.gantry.gateway.routes;

import dev.gantry.contracts.api.ApiVersion;
import dev.gantry.gateway.api.Work;

/**
 * One operation of the Engine API.
 *
 * @param id its name in the API description
 * @param since the first version that has it; what is older than {@link ApiVersion#MINIMUM} counts as that
 */
public record Operation(String id, String method, PathPattern path, ApiVersion since, Work work) {
    public boolean built() {
        return !(work instanceof Work.Unbuilt);
    }

    /** What it is in words, for an error: {@code ContainerStats} is "container stats". */
    public String words() {
        return id.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(java.util.Locale.ROOT);
    }
}
