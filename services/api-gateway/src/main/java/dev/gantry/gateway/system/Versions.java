package dev.gantry.gateway.system;

import dev.gantry.contracts.api.ApiVersion;
import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.system.ComponentVersion;
import dev.gantry.contracts.docker.system.PlatformName;
import dev.gantry.contracts.docker.system.SystemVersion;
import dev.gantry.contracts.docker.system.SystemVersionBuilder;
import dev.gantry.gateway.api.Answer;
import dev.gantry.gateway.api.Call;
import java.util.List;
import java.util.Map;

/** What runs here. The gateway knows it by itself, so it answers also while everything else is away. */
public final class Versions {
    private final SystemVersion version;

    public Versions() {
        this(System.getProperty("os.version", ""), System.getProperty("os.arch", ""));
    }

    Versions(String kernel, String arch) {
        this.version = SystemVersionBuilder.builder(DockerJson.empty(SystemVersion.class))
                .platform(new PlatformName("Gantry"))
                .components(List.of(
                        new ComponentVersion("Engine", EngineVersion.ENGINE, details(kernel, arch)),
                        new ComponentVersion("Gantry", EngineVersion.GANTRY, Map.of("JavaVersion", javaVersion()))))
                .version(EngineVersion.ENGINE)
                .apiVersion(ApiVersion.CURRENT.toString())
                .minApiVersion(ApiVersion.MINIMUM.toString())
                .goVersion(javaVersion())
                .os("linux")
                .arch(arch)
                .kernelVersion(kernel)
                .build();
    }

    public Answer get(Call call) {
        return Answer.object(200, version);
    }

    private static Map<String, String> details(String kernel, String arch) {
        return Map.of(
                "ApiVersion",
                ApiVersion.CURRENT.toString(),
                "Arch",
                arch,
                "Experimental",
                "false",
                "GoVersion",
                javaVersion(),
                "KernelVersion",
                kernel,
                "MinAPIVersion",
                ApiVersion.MINIMUM.toString(),
                "Os",
                "linux");
    }

    /** The CLI prints it as the Go version; there is none, and this is what stands in its place. */
    private static String javaVersion() {
        return "java" + Runtime.version().feature();
    }
}
