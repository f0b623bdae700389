/**
 * Conversations of real clients (docker CLI 28.2.2, curl) with a real engine (dockerd 28.5.2, API 1.51), recorded by a proxy on
 * its socket; in contracts' test jar, so that every module can replay them.
 */
@NullMarked
package dev.gantry.contracts.recording;

import org.jspecify.annotations.NullMarked;
