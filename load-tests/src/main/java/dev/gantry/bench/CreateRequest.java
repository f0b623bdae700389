package dev.gantry.bench;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** As much of the API's request to create a container as the scenarios need. */
record CreateRequest(
        String image, String network, List<String> command, List<Publication> published, Map<String, String> tmpfs) {
    /** By which the containers of a benchmark are known, whoever made them. */
    static final String LABEL = "dev.gantry.bench";

    /**
     * @param address of the host; empty for all of them
     * @param hostPort 0 for one that the engine chooses
     */
    record Publication(int port, String address, int hostPort) {
        private Map<String, String> json() {
            return Map.of("HostIp", address, "HostPort", hostPort == 0 ? "" : String.valueOf(hostPort));
        }
    }

    static CreateRequest of(String image, String network, String... command) {
        return new CreateRequest(image, network, List.of(command), List.of(), Map.of());
    }

    CreateRequest publishing(List<Publication> ports) {
        return new CreateRequest(image, network, command, ports, tmpfs);
    }

    CreateRequest withTmpfs(String path, String options) {
        return new CreateRequest(image, network, command, published, Map.of(path, options));
    }

    Map<String, Object> json() {
        var bindings = published.stream()
                .collect(Collectors.groupingBy(
                        publication -> publication.port() + "/tcp",
                        Collectors.mapping(Publication::json, Collectors.toList())));
        return Map.of(
                "Image",
                image,
                "Cmd",
                command,
                "Labels",
                Map.of(LABEL, ""),
                "ExposedPorts",
                bindings.keySet().stream().collect(Collectors.toMap(port -> port, _ -> Map.of())),
                "HostConfig",
                Map.of("NetworkMode", network, "PortBindings", bindings, "Tmpfs", tmpfs));
    }
}
