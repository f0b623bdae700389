/** What the platform needs from its host before anything starts: a user, directories with owners. */
@NullMarked
package dev.gantry.launcher.host;

import org.jspecify.annotations.NullMarked;
