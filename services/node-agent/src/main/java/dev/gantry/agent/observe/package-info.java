/**
 * The one stream to the scheduler: hello with the node's facts, then every observation that is not acknowledged yet, in order, and those
 * that come. It is made anew, with back-off, for as long as the agent lives.
 */
@NullMarked
package dev.gantry.agent.observe;

import org.jspecify.annotations.NullMarked;
