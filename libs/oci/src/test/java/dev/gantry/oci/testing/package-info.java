/** What tests of several modules share; they find it in this module's test-jar. */
@NullMarked
package dev.gantry.oci.testing;

import org.jspecify.annotations.NullMarked;
