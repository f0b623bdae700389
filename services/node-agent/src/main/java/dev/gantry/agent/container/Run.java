package dev.gantry.agent.container;

import dev.gantry.linux.launch.LaunchedContainer;
import java.util.concurrent.CompletableFuture;

/**
 * One life of a container's process.
 *
 * @param drained completes when all its output is in the spool
 * @param ended completes when its end is journalled and what it used is given back
 */
public record Run(
        long number,
        long generation,
        LaunchedContainer process,
        CompletableFuture<Void> drained,
        CompletableFuture<Void> ended) {}
