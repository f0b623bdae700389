package dev.gantry.launcher;

import dev.gantry.service.instance.Port;
import java.util.List;

/** How the services are spread over processes: six in one, or each alone. The agent is always alone: it is root. */
public enum Packaging {
    TOGETHER,
    SEPARATE;

    List<Program> programs() {
        return switch (this) {
            case TOGETHER ->
                List.of(
                        new Program("control-plane", "control-plane", Port.CONTROL_PLANE_MANAGEMENT, "-Xmx256m", false),
                        Program.AGENT);
            case SEPARATE ->
                List.of(
                        new Program("scheduler", "scheduler-service", Port.SCHEDULER_MANAGEMENT, "-Xmx128m", false),
                        new Program("image", "image-service", Port.IMAGE_MANAGEMENT, "-Xmx160m", false),
                        new Program("registry", "registry-service", Port.REGISTRY_MANAGEMENT, "-Xmx128m", false),
                        new Program("network", "network-service", Port.NETWORK_MANAGEMENT, "-Xmx96m", false),
                        new Program("volume", "volume-service", Port.VOLUME_MANAGEMENT, "-Xmx96m", false),
                        new Program("gateway", "api-gateway", Port.GATEWAY_MANAGEMENT, "-Xmx160m", false),
                        Program.AGENT);
        };
    }

    /**
     * One Quarkus application.
     *
     * @param name its service, in status, logs and pid files
     * @param module its directory among the installed applications
     * @param management where it answers for its health
     * @param heap the JVM's limit
     */
    record Program(String name, String module, Port management, String heap, boolean root) {
        static final Program AGENT = new Program("agent", "node-agent", Port.AGENT_MANAGEMENT, "-Xmx192m", true);
    }
}
