package dev.gantry.volume.lifecycle;

/** What the scheduler knows. */
public interface Containers {
    /**
     * Whether it is there, or its create is under way.
     *
     * @throws dev.gantry.contracts.error.GantryException when nobody can tell now
     */
    boolean exists(String container);
}
