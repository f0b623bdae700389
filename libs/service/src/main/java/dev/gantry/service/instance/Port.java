package dev.gantry.service.instance;

/** The ports of one instance. Their order is their number, so new ones go to the end; there is room for 32. */
public enum Port {
    KAFKA,
    KAFKA_CONTROLLER,
    POSTGRES,
    SCHEDULER_RPC,
    IMAGE_RPC,
    IMAGE_HTTP,
    REGISTRY_RPC,
    REGISTRY_HTTP,
    NETWORK_RPC,
    VOLUME_RPC,
    AGENT_RPC,
    GATEWAY_TCP,
    CONTROL_PLANE_MANAGEMENT,
    GATEWAY_MANAGEMENT,
    SCHEDULER_MANAGEMENT,
    IMAGE_MANAGEMENT,
    REGISTRY_MANAGEMENT,
    NETWORK_MANAGEMENT,
    VOLUME_MANAGEMENT,
    AGENT_MANAGEMENT,
    LAUNCHER_MANAGEMENT
}
