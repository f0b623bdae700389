/** Files of strangers on this host, handled by descriptors so that no link is ever followed. */
@NullMarked
package dev.gantry.agent.files;

import org.jspecify.annotations.NullMarked;
