/** Another service's objects as they are now, read from its compacted state topic into memory. */
@NullMarked
package dev.gantry.events.state;

import org.jspecify.annotations.NullMarked;
