/** Mounts made by descriptor (fsopen, fsmount, open_tree), so no path of the host is looked up twice. */
@NullMarked
package dev.gantry.linux.mount;

import org.jspecify.annotations.NullMarked;
