/**
 * What the agent must not forget: per container one append-only file of checksummed entries. The state of a container is the fold of its
 * entries, so a restart after kill -9 reads the file and knows the highest generation, its outcome, the running process and every
 * observation that the scheduler has not acknowledged.
 */
@NullMarked
package dev.gantry.agent.journal;

import org.jspecify.annotations.NullMarked;
