package dev.gantry.scheduler.container;

/** What an order tells an agent. The constants' names are stored. */
public enum Verb {
    START,
    STOP,
    KILL,
    RELEASE,
    PAUSE,
    UNPAUSE,
    UPDATE
}
