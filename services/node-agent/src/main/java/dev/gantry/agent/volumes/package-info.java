/**
 * Volumes on this host, each a directory {@code volumes/<name>/_data}; what an image has where an empty one is mounted, copied into
 * it; and what a container's mounts need of the host before it starts.
 */
@NullMarked
package dev.gantry.agent.volumes;

import org.jspecify.annotations.NullMarked;
