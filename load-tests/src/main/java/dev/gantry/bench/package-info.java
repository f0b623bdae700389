/**
 * The side-by-side benchmark: the same steps on several engines in one run, interleaved round by round so that the machine's moods
 * hit all of them alike, with warm-up rounds that do not count, medians and spread.
 */
@NullMarked
package dev.gantry.bench;

import org.jspecify.annotations.NullMarked;
