/**
 * What kill -9 may not do: each process of the platform is killed in the middle of each verb, and afterwards what clients were told, what
 * the platform says, its log of events and the kernel must tell one story.
 */
@NullMarked
package dev.gantry.e2e.fault;

import org.jspecify.annotations.NullMarked;
