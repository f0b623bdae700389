/**
 * The root of a container: a detached overlay over its image's layers, the files an engine puts into it (hosts, hostname,
 * resolv.conf), the standard mounts, and who its user is. {@link dev.gantry.agent.rootfs.RootFilesystems} is the way in.
 * Whatever is read or made inside a root is resolved by the kernel with that root as {@code /}.
 */
@NullMarked
package dev.gantry.agent.rootfs;

import org.jspecify.annotations.NullMarked;
