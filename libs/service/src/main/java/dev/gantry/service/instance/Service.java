package dev.gantry.service.instance;

import java.util.Locale;

/** Everything that has a certificate of its own. The constant's lower case name is the certificate's CN. */
public enum Service {
    GATEWAY,
    SCHEDULER,
    IMAGE,
    REGISTRY,
    NETWORK,
    VOLUME,
    AGENT,
    LAUNCHER;

    public String certificateName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
