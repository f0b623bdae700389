package dev.gantry.agent.orders;

import dev.gantry.agent.plan.LaunchPlan;
import dev.gantry.contracts.rpc.NetworkPlan;
import dev.gantry.linux.launch.Mount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The three files that an engine puts into every container: hostname, hosts, resolv.conf; kept in the container's directory. */
final class EngineFiles {
    private static final String LOCALHOST =
            """
            127.0.0.1	localhost
            ::1	localhost ip6-localhost ip6-loopback
            fe00::	ip6-localnet
            ff00::	ip6-mcastprefix
            ff02::1	ip6-allnodes
            ff02::2	ip6-allrouters
            """;

    private EngineFiles() {}

    /** Writes them anew and answers how they are mounted. */
    static List<Mount> write(Path directory, LaunchPlan plan) {
        try {
            return List.of(
                    file(directory, "resolv.conf", resolvConf(plan)),
                    file(directory, "hostname", plan.containerHostname() + "\n"),
                    file(directory, "hosts", hosts(plan)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the engine's files in " + directory, e);
        }
    }

    private static Mount file(Path directory, String name, String content) throws IOException {
        var file = directory.resolve(name);
        Files.writeString(file, content);
        return new Mount.Bind(file, "/etc/" + name, false, false);
    }

    private static String hosts(LaunchPlan plan) throws IOException {
        var base = plan.network().getMode() == NetworkPlan.Mode.HOST ? host("/etc/hosts") : LOCALHOST;
        var lines = new StringBuilder(base);
        for (var extra : list(plan.host().extraHosts())) {
            var colon = extra.indexOf(':');
            lines.append(extra.substring(colon + 1)).append('\t').append(extra, 0, Math.max(0, colon)).append('\n');
        }
        return lines.toString();
    }

    private static String resolvConf(LaunchPlan plan) throws IOException {
        var host = plan.host();
        var servers = list(host.dns());
        var search = list(host.dnsSearch());
        var options = list(host.dnsOptions());
        if (servers.isEmpty() && search.isEmpty() && options.isEmpty()) {
            return host("/etc/resolv.conf");
        }
        var lines = new ArrayList<String>();
        servers.forEach(server -> lines.add("nameserver " + server));
        if (servers.isEmpty()) {
            host("/etc/resolv.conf").lines().filter(line -> line.startsWith("nameserver")).forEach(lines::add);
        }
        if (!search.isEmpty() && !search.equals(List.of("."))) {
            lines.add("search " + String.join(" ", search));
        }
        if (!options.isEmpty()) {
            lines.add("options " + String.join(" ", options));
        }
        return String.join("\n", lines) + "\n";
    }

    private static String host(String file) throws IOException {
        var path = Path.of(file);
        return Files.isReadable(path) ? Files.readString(path) : "";
    }

    private static List<String> list(@Nullable List<String> list) {
        return Optional.ofNullable(list).orElse(List.of());
    }
}
