package dev.gantry.platform.os;

/** What a process can be told (signal(7)). */
public enum Signal {
    TERM,
    INT,
    QUIT,
    KILL
}
