package dev.gantry.service.instance;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One platform on a host. Every path, socket, port, bridge, nftables table, cgroup and network namespace is named
 * after the instance, so several platforms, and tests, live side by side.
 *
 * <p>The name comes from {@code GANTRY_INSTANCE} (default {@code gantry}), the one directory that holds everything from
 * {@code GANTRY_DATA} (default {@code /var/lib/<name>}), sockets and pid files from {@code GANTRY_RUN} (default
 * {@code /run/<name>}).
 *
 * @param name 1 to 11 of {@code [a-z0-9-]}, beginning with a letter: a bridge's name is it and one digit, and IFNAMSIZ is 16
 */
public record Instance(String name, Path data, Path run) {
    public static final String DEFAULT = "gantry";
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,10}");
    private static final int DEFAULT_BASE_PORT = 17_600;
    private static final int FIRST_BASE_PORT = 18_000;
    private static final int BLOCKS = 400;

    public Instance {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("instance name \"" + name + "\" must match " + NAME);
        }
        data = data.toAbsolutePath().normalize();
        run = run.toAbsolutePath().normalize();
    }

    public static Instance named(String name) {
        return new Instance(name, Path.of("/var/lib", name), Path.of("/run", name));
    }

    /** The instance that a process's environment names. */
    public static Instance from(Map<String, String> environment) {
        var byName = named(environment.getOrDefault("GANTRY_INSTANCE", DEFAULT));
        return new Instance(
                byName.name(),
                Optional.ofNullable(environment.get("GANTRY_DATA"))
                        .map(Path::of)
                        .orElse(byName.data()),
                Optional.ofNullable(environment.get("GANTRY_RUN")).map(Path::of).orElse(byName.run()));
    }

    public static Instance current() {
        return from(System.getenv());
    }

    public Path dockerSocket() {
        return run.resolve("docker.sock");
    }

    public Path logs() {
        return data.resolve("logs");
    }

    /** Certificate, key and CA of one service, readable by its user alone. */
    public Path tls(String service) {
        return data.resolve("tls").resolve(service);
    }

    /** Below each cgroup hierarchy's root: containers live in {@code <this>/<container id>}. */
    public String cgroup() {
        return name;
    }

    public String bridge() {
        return name + "0";
    }

    public String nftablesTable() {
        return name;
    }

    public String netnsPrefix() {
        return name + "-";
    }

    /** A loopback port. Other instances than the default get a block of 32 by a hash of their name, below the ephemeral ports. */
    public int port(Port port) {
        var base = name.equals(DEFAULT)
                ? DEFAULT_BASE_PORT
                : FIRST_BASE_PORT + Math.floorMod(name.hashCode(), BLOCKS) * 32;
        return base + port.offset();
    }
}
