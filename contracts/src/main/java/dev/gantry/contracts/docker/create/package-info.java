/**
 * From a create request to what is stored: the image's defaults merged in, everything checked, every default filled, in Docker's
 * order and words. Pure functions; {@link dev.gantry.contracts.docker.create.CreatePlan} is the way in. The rules are those of
 * moby's {@code daemon/create.go}, {@code daemon/commit.go} (merge) and {@code daemon/daemon_unix.go}.
 */
@NullMarked
package dev.gantry.contracts.docker.create;

import org.jspecify.annotations.NullMarked;
