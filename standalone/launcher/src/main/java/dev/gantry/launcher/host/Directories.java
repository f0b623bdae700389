package dev.gantry.launcher.host;

import dev.gantry.platform.os.OsUser;
import dev.gantry.platform.os.PrivateFiles;
import dev.gantry.service.instance.Instance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The instance's directories, each its user's alone. */
public final class Directories {
    /** Sticky: services make their sockets here, but cannot replace what root has put here. */
    private static final int STICKY_GROUP_WRITABLE = 01775;

    private Directories() {}

    public static void prepare(Instance instance, OsUser services) throws IOException {
        var root = OsUser.current();
        var data = instance.data();
        PrivateFiles.directory(data, root, "rwx--x--x");
        for (var name : List.of("registry", "image", "volume", "network", "scheduler", "gateway", "traces")) {
            PrivateFiles.directory(data.resolve(name), services);
        }
        PrivateFiles.directory(data.resolve("agent"), root);
        PrivateFiles.directory(instance.logs(), root);
        PrivateFiles.directory(data.resolve("postgres"), root, "rwxr-xr-x");
        run(instance, services);
        PrivateFiles.directory(pids(instance), root);
    }

    private static void run(Instance instance, OsUser services) throws IOException {
        PrivateFiles.directory(instance.run(), OsUser.current(), "rwxrwxr-x");
        Files.setAttribute(instance.run(), "unix:gid", services.gid());
        Files.setAttribute(instance.run(), "unix:mode", STICKY_GROUP_WRITABLE);
    }

    public static Path pids(Instance instance) {
        return instance.run().resolve("pids");
    }

    /** What {@code gantry status} reads. */
    public static Path status(Instance instance) {
        return pids(instance).resolve("status");
    }
}
