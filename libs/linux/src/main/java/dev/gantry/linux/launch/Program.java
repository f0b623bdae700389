package dev.gantry.linux.launch;

import java.util.List;

/**
 * The process a container runs.
 *
 * @param argv the first is searched in the PATH of {@code env}, inside the container, when it has no slash; not empty
 * @param env as {@code NAME=value}; the last of two equal names counts, as execve keeps both and programs differ, so pass one
 * @param cwd absolute, made (0755, root's) when missing, never left to the root's outside
 * @param identity its user and groups
 * @param capabilities the five sets
 * @param seccomp an array of struct sock_filter; empty: no filter
 * @param noNewPrivileges PR_SET_NO_NEW_PRIVS
 * @param rlimits set before the user changes; raising a hard limit needs CAP_SYS_RESOURCE of the agent
 * @param umask octal 022 in an ordinary container
 * @param oomScoreAdjust -1000 to 1000
 */
public record Program(
        List<String> argv,
        List<String> env,
        String cwd,
        Identity identity,
        Capabilities capabilities,
        Bytes seccomp,
        boolean noNewPrivileges,
        List<Rlimit> rlimits,
        int umask,
        int oomScoreAdjust) {
    public static final int DEFAULT_UMASK = 0_022;

    public Program {
        argv = List.copyOf(argv);
        env = List.copyOf(env);
        rlimits = List.copyOf(rlimits);
        if (argv.isEmpty()) {
            throw new IllegalArgumentException("no command specified");
        }
        if (!cwd.startsWith("/")) {
            throw new IllegalArgumentException("working directory is not absolute: " + cwd);
        }
    }

    /** Runs as root with the given capabilities in /, without filter and limits: what tests start from. */
    public static Program of(List<String> argv, List<String> env, Capabilities capabilities) {
        return new Program(
                argv, env, "/", Identity.ROOT, capabilities, Bytes.EMPTY, false, List.of(), DEFAULT_UMASK, 0);
    }
}
