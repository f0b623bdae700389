package dev.gantry.agent.rootfs;

import dev.gantry.linux.Fd;
import dev.gantry.linux.Kernel;
import java.util.List;

/** Who {@code Config.User} is, asked of the files inside a container's root. */
public final class UserLookup {
    private final Kernel kernel;

    public UserLookup(Kernel kernel) {
        this.kernel = kernel;
    }

    /**
     * Reads two files of the root: call it on a platform thread.
     *
     * @param root a descriptor of the root's mount, attached or not
     * @param user {@code ""}, {@code name}, {@code uid}, {@code name:group}, {@code uid:gid}
     * @param additional HostConfig.GroupAdd
     * @throws dev.gantry.contracts.error.GantryException USER_NOT_FOUND or GROUP_NOT_FOUND, in Docker's words
     */
    public ContainerUser find(Fd root, String user, List<String> additional) {
        var files = new RootFiles(kernel, root);
        return new Accounts(
                        files.read("etc/passwd").orElse(""),
                        files.read("etc/group").orElse(""))
                .find(user, additional);
    }
}
