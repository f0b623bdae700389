/** The platform's own Docker API, as its launcher uses it: to stop the containers when asked to, and to train the JVMs' caches. */
@NullMarked
package dev.gantry.launcher.api;

import org.jspecify.annotations.NullMarked;
