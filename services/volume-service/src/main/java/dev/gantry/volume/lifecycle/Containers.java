package dev.gantry.volume.lifecycle;

/** What the scheduler knows. */
public interface Containers {
    /** @throws dev.gantry.contracts.error.GantryException when nobody can tell now */
    boolean exists(String container);
}
