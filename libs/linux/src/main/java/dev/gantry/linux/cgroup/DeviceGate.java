package dev.gantry.linux.cgroup;

import java.nio.file.Path;

/** Closes a version 2 group to devices that are not allowed; there is no file for it. */
@FunctionalInterface
interface DeviceGate {
    void close(Path group, DeviceAccess access);
}
