package dev.gantry.linux.launch;

import dev.gantry.linux.Errno;
import dev.gantry.linux.launch.LaunchFailure.Reason;
import java.util.List;
import java.util.Set;

/** Says in Docker's words why no program could be executed. */
final class ExecFailure {
    /** In a search these mean: look further. */
    private static final Set<Integer> NOT_HERE = Set.of(Errno.ENOENT, Errno.EACCES, Errno.ENOTDIR);

    private ExecFailure() {}

    /**
     * The failure.
     *
     * @param directory whether the name is that of a directory
     * @param results what each execve returned, in the order of the candidates; negative errnos
     */
    static LaunchFailure of(Program program, boolean directory, List<Long> results) {
        String name = program.argv().getFirst();
        if (name.isEmpty() || name.indexOf('/') < 0) {
            return results.stream()
                    .map(result -> (int) -result)
                    .filter(errno -> !NOT_HERE.contains(errno))
                    .findFirst()
                    .map(errno -> failure(Reason.OTHER, name, errno, Errno.text(errno)))
                    .orElseGet(
                            () -> failure(Reason.NOT_FOUND, name, Errno.ENOENT, "executable file not found in $PATH"));
        }
        int errno = (int) -results.getFirst();
        String text = (directory ? "is a directory: " : "") + Errno.text(errno);
        return failure(reason(errno), name, errno, text);
    }

    /** The working directory cannot be entered. */
    static LaunchFailure directory(String purpose, int errno) {
        return new LaunchFailure(reason(errno), purpose, errno, purpose + ": " + Errno.text(errno));
    }

    private static Reason reason(int errno) {
        return switch (errno) {
            case Errno.ENOENT, Errno.ENOTDIR -> Reason.NOT_FOUND;
            case Errno.EACCES -> Reason.NOT_EXECUTABLE;
            default -> Reason.OTHER;
        };
    }

    private static LaunchFailure failure(Reason reason, String name, int errno, String text) {
        return new LaunchFailure(reason, "execve", errno, "exec: \"" + name + "\": " + text);
    }
}
