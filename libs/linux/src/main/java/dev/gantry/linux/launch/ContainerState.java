package dev.gantry.linux.launch;

/**
 * What the next agent needs to take a container over; plain numbers and strings, to be written as JSON. It is true until
 * the host boots again: check the boot id ({@code /proc/sys/kernel/random/boot_id}) as well.
 *
 * @param monitor the monitor M
 * @param process the container's first process
 * @param descriptors their numbers in M, -1 where there is none
 * @param exitFile path on the host
 */
public record ContainerState(
        ProcessIdentity monitor, ProcessIdentity process, MonitorDescriptors descriptors, String exitFile) {
    /**
     * A process that cannot be taken for another one with the same number.
     *
     * @param pid in the host's pid namespace
     * @param startTime field 22 of /proc/pid/stat, in clock ticks since boot
     */
    public record ProcessIdentity(int pid, long startTime) {}

    /**
     * Descriptor numbers in the monitor.
     *
     * @param stdout read end; with a terminal its master
     * @param stderr read end; -1 with a terminal
     * @param stdin write end; -1 when not open, or with a terminal
     * @param inputClose an eventfd that makes the monitor let go of stdin; -1 without one
     * @param release an eventfd that lets the monitor exit once the container has ended and its output was read
     * @param exit read end of the exit pipe
     */
    public record MonitorDescriptors(
            int stdout, int stderr, int stdin, int inputClose, int release, int exit, boolean terminal) {}
}
