package dev.gantry.contracts.docker.mount;

import dev.gantry.contracts.error.ErrorCode;

/** {@code HostConfig.VolumesFrom}: {@code container[:mode]} (moby's {@code ParseVolumesFrom}). */
record VolumesFrom(String container, boolean writable) {
    static VolumesFrom parse(String text) {
        if (text.isEmpty()) {
            throw ErrorCode.INVALID_PARAMETER.with("volumes-from specification cannot be an empty string");
        }
        int colon = text.indexOf(':');
        if (colon < 0) {
            return new VolumesFrom(text, true);
        }
        String written = text.substring(colon + 1);
        boolean valid = MountMode.valid(written);
        MountMode mode = MountMode.parse(valid ? written : "");
        if (!valid || mode.propagation().isPresent() || mode.noCopy()) {
            throw ErrorCode.INVALID_PARAMETER.with("invalid mode: " + written);
        }
        return new VolumesFrom(text.substring(0, colon), !mode.readOnly());
    }
}
