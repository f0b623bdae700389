package dev.gantry.linux.launch;

import static dev.gantry.linux.FileCalls.CLOSE_RANGE_CLOEXEC;

import dev.gantry.linux.Sys;
import java.util.List;

/** Makes descriptors 0 to 2 the program's own and closes all others. Pure. */
record StdioList(ListWriter out, Identity identity) {
    private static final int TIOCSCTTY = 0x540e;
    private static final int FIRST_OTHER = 3;

    /**
     * The calls.
     *
     * @param own which of 0 to 2 were made for this program; the host's /dev/null is not among them
     * @param status the pipe that stays open until the program is executed
     * @param last the highest descriptor
     */
    void write(boolean terminal, List<Integer> own, int status, int last) {
        if (terminal) {
            control();
        }
        giveToUser(own);
        // All gone before anything is looked up for the program: an inherited directory would be a way out. The status
        // pipe closes by itself when the program is executed.
        out.must("close descriptors", Sys.CLOSE_RANGE, FIRST_OTHER, status - 1, 0);
        out.must("close descriptors", Sys.CLOSE_RANGE, status + 1, 0xffffffffL, 0);
        out.must("close descriptors", Sys.CLOSE_RANGE, status, status, CLOSE_RANGE_CLOEXEC);
        out.closed(FIRST_OTHER, last);
        out.opened(status);
    }

    /** The leader of a session takes the terminal that is its input. */
    void control() {
        out.must("make the terminal the controlling one", Sys.IOCTL, 0, TIOCSCTTY, 0);
    }

    /** So that a program without root's rights can open /dev/stdout. */
    void giveToUser(List<Integer> own) {
        if (identity.uid() != 0) {
            for (int fd : own) {
                out.must("give stdio to the user", Sys.FCHOWN, fd, identity.uid(), identity.gid());
            }
        }
    }
}
