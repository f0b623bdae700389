package dev.gantry.volume.view;

import dev.gantry.contracts.docker.volume.Volume;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A volume in Docker's shape. */
public final class VolumeView {
    private static final String SCOPE = "local";

    private VolumeView() {}

    public static Volume of(dev.gantry.volume.store.Volume volume) {
        return new Volume(
                Instant.ofEpochSecond(0, volume.created())
                        .truncatedTo(ChronoUnit.SECONDS)
                        .toString(),
                volume.driver(),
                volume.labels(),
                volume.mountpoint(),
                volume.name(),
                volume.options(),
                SCOPE);
    }
}
