/** The whole agent against the real kernel: root, namespaces, cgroups, overlay. Every test leaves the host as it was. */
@NullMarked
package dev.gantry.agent.runtime;

import org.jspecify.annotations.NullMarked;
