package dev.gantry.launcher.host;

import dev.gantry.platform.os.Command;
import dev.gantry.platform.os.OsUser;
import java.io.IOException;
import java.util.List;

/** The system user that everything runs as which need not be root. */
public final class ServiceUser {
    private ServiceUser() {}

    /** Finds the user, or makes it (useradd(8)), with no home, no password and no shell. */
    public static OsUser ensure(String name) throws IOException {
        var found = OsUser.named(name);
        if (found.isPresent()) {
            return found.get();
        }
        Command.run(
                List.of(
                        "useradd",
                        "--system",
                        "--user-group",
                        "--no-create-home",
                        "--shell",
                        "/usr/sbin/nologin",
                        name),
                "");
        return OsUser.named(name).orElseThrow(() -> new IOException("useradd made no user " + name));
    }
}
