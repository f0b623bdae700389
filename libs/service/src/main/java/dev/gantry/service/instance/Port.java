package dev.gantry.service.instance;

/** The ports of one instance: offsets into its block of 32. */
public enum Port {
    KAFKA(0),
    KAFKA_CONTROLLER(1),
    POSTGRES(2),
    SCHEDULER_RPC(3),
    IMAGE_RPC(4),
    IMAGE_HTTP(5),
    REGISTRY_RPC(6),
    REGISTRY_HTTP(7),
    NETWORK_RPC(8),
    VOLUME_RPC(9),
    AGENT_RPC(10),
    GATEWAY_TCP(11),
    CONTROL_PLANE_MANAGEMENT(12),
    GATEWAY_MANAGEMENT(13),
    SCHEDULER_MANAGEMENT(14),
    IMAGE_MANAGEMENT(15),
    REGISTRY_MANAGEMENT(16),
    NETWORK_MANAGEMENT(17),
    VOLUME_MANAGEMENT(18),
    AGENT_MANAGEMENT(19),
    LAUNCHER_MANAGEMENT(20);

    private final int offset;

    Port(int offset) {
        this.offset = offset;
    }

    int offset() {
        return offset;
    }
}
