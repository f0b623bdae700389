package dev.gantry.launcher;

import dev.gantry.platform.os.OsUser;
import dev.gantry.platform.os.PrivateFiles;
import dev.gantry.platform.postgres.EmbeddedPostgres;
import dev.gantry.service.instance.Instance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Part of an installation, so that the first start need not do it. */
@Command(name = "unpack", description = "Unpacks PostgreSQL's programs.")
final class UnpackCommand implements Callable<Integer> {
    @Override
    public Integer call() throws IOException {
        var instance = Instance.current();
        PrivateFiles.directory(instance.data(), OsUser.current(), "rwx--x--x");
        EmbeddedPostgres.unpack(new Installation(instance, Path.of(""), "", "", false).postgresPrograms());
        return 0;
    }
}
