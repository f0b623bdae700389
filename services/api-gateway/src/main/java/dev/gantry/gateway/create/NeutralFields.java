package dev.gantry.gateway.create;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Which fields of a create body have an effect, and which values of the others ask for none. A field that is in neither table must
 * be empty: null, false, 0, "", [] or {}. A client that asks for more is told so, rather than left to find out.
 */
final class NeutralFields {
    private static final Set<String> BUILT = Set.of(
            "Hostname",
            "Domainname",
            "User",
            "AttachStdin",
            "AttachStdout",
            "AttachStderr",
            "OpenStdin",
            "StdinOnce",
            "Tty",
            "Env",
            "Cmd",
            "ArgsEscaped",
            "Image",
            "Volumes",
            "WorkingDir",
            "Entrypoint",
            "Labels",
            "StopSignal",
            "StopTimeout",
            "ExposedPorts",
            "MacAddress",
            // of use to builds alone
            "OnBuild",
            "Shell",
            "HostConfig.AutoRemove",
            "HostConfig.Binds",
            "HostConfig.CapAdd",
            "HostConfig.CapDrop",
            "HostConfig.CpuPeriod",
            "HostConfig.CpuQuota",
            "HostConfig.CpuShares",
            "HostConfig.CpusetCpus",
            "HostConfig.CpusetMems",
            "HostConfig.Dns",
            "HostConfig.DnsOptions",
            "HostConfig.DnsSearch",
            "HostConfig.ExtraHosts",
            "HostConfig.GroupAdd",
            "HostConfig.MaskedPaths",
            "HostConfig.Memory",
            "HostConfig.MemoryReservation",
            "HostConfig.MemorySwap",
            "HostConfig.Mounts",
            "HostConfig.NanoCpus",
            // any: a network that is not there is told of at the start, in Docker's words
            "HostConfig.NetworkMode",
            "HostConfig.OomKillDisable",
            "HostConfig.OomScoreAdj",
            "HostConfig.PidsLimit",
            "HostConfig.PortBindings",
            "HostConfig.Privileged",
            "HostConfig.PublishAllPorts",
            "HostConfig.ReadonlyPaths",
            "HostConfig.ReadonlyRootfs",
            "HostConfig.RestartPolicy",
            "HostConfig.SecurityOpt",
            "HostConfig.ShmSize",
            "HostConfig.Sysctls",
            "HostConfig.Tmpfs",
            "HostConfig.Ulimits",
            "HostConfig.VolumeDriver",
            "HostConfig.VolumesFrom",
            // the CLI's own business
            "HostConfig.ConsoleSize",
            "HostConfig.ContainerIDFile");

    private static final Map<String, Predicate<JsonNode>> NEUTRAL = Map.ofEntries(
            Map.entry("Healthcheck", NeutralFields::noHealthcheck),
            Map.entry("HostConfig.LogConfig", NeutralFields::plainLog),
            Map.entry("HostConfig.MemorySwappiness", swappiness -> empty(swappiness) || swappiness.asLong() == -1),
            Map.entry("HostConfig.CgroupnsMode", mode -> oneOf(mode, "", "host", "private")),
            Map.entry("HostConfig.IpcMode", mode -> oneOf(mode, "", "private")),
            Map.entry("HostConfig.UsernsMode", mode -> oneOf(mode, "", "host")),
            Map.entry("HostConfig.Isolation", isolation -> oneOf(isolation, "", "default")),
            Map.entry("NetworkingConfig.EndpointsConfig", NeutralFields::plainEndpoints));

    private static final Set<String> ENDPOINT = Set.of("Aliases", "IPAMConfig", "MacAddress");

    private NeutralFields() {}

    /**
     * @param body as the codec writes it: canonical names, every field
     * @return the first field, by its path, that asks for something that is not built
     */
    static Optional<String> firstUnbuilt(JsonNode body) {
        return fields(body)
                .filter(field -> !BUILT.contains(field.getKey()))
                .filter(field -> !NEUTRAL.getOrDefault(field.getKey(), NeutralFields::empty)
                        .test(field.getValue()))
                .map(field -> description(field.getKey(), field.getValue()))
                .findFirst();
    }

    private static Stream<Map.Entry<String, JsonNode>> fields(JsonNode body) {
        var fields = new LinkedHashMap<String, JsonNode>();
        body.properties().forEach(field -> {
            var nested = field.getKey().equals("HostConfig") || field.getKey().equals("NetworkingConfig");
            if (nested) {
                field.getValue()
                        .properties()
                        .forEach(inner -> fields.put(field.getKey() + "." + inner.getKey(), inner.getValue()));
            } else {
                fields.put(field.getKey(), field.getValue());
            }
        });
        return fields.entrySet().stream();
    }

    private static String description(String path, JsonNode value) {
        return value.isTextual() ? path + " \"" + value.textValue() + "\"" : path;
    }

    private static boolean noHealthcheck(JsonNode healthcheck) {
        return blank(healthcheck) || oneOf(healthcheck.path("Test").path(0), "NONE");
    }

    private static boolean plainLog(JsonNode log) {
        return oneOf(log.path("Type"), "", "json-file", "none") && empty(log.path("Config"));
    }

    /** One network; of what can be asked there a hardware address has its effect, and an address and aliases their refusals. */
    private static boolean plainEndpoints(JsonNode endpoints) {
        return endpoints.size() <= 1
                && endpoints.properties().stream()
                        .flatMap(endpoint -> endpoint.getValue().properties().stream())
                        .allMatch(field -> ENDPOINT.contains(field.getKey())
                                || empty(field.getValue())
                                || (field.getValue().isObject() && blank(field.getValue())));
    }

    private static boolean oneOf(JsonNode text, String... words) {
        return Set.of(words).contains(text.asText());
    }

    /** An object of fields, of which none asks for anything; of a map each key would be a wish. */
    private static boolean blank(JsonNode fields) {
        return StreamSupport.stream(fields.spliterator(), false)
                .allMatch(field -> field.isObject() ? blank(field) : empty(field));
    }

    private static boolean empty(JsonNode value) {
        return switch (value.getNodeType()) {
            case NULL, MISSING -> true;
            case BOOLEAN -> !value.booleanValue();
            case NUMBER -> value.decimalValue().signum() == 0;
            case STRING -> value.textValue().isEmpty();
            case ARRAY, OBJECT -> value.isEmpty();
            case BINARY, POJO -> false;
        };
    }
}
