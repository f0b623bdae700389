/**
 * Two certificate authorities and a certificate per service. The internal CA signs what the platform's own processes show
 * each other; the users' CA signs what clients of the public API show, and is never accepted inside. {@link
 * dev.gantry.platform.pki.Pki} is the way in.
 */
@NullMarked
package dev.gantry.platform.pki;

import org.jspecify.annotations.NullMarked;
