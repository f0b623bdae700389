package dev.gantry.launcher;

import dev.gantry.launcher.host.Directories;
import dev.gantry.platform.os.OsUser;
import dev.gantry.platform.os.PrivateFiles;
import dev.gantry.platform.os.ProcessId;
import dev.gantry.service.instance.Instance;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.common.utils.Exit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Starts the platform and stays. SIGTERM and SIGINT stop everything in order; SIGKILL leaves the processes running for the next
 * launcher to adopt.
 */
@Command(name = "run", description = "Starts the platform and watches it until told to stop.")
final class RunCommand implements Callable<Integer> {
    private static final Logger LOG = Logger.getLogger(RunCommand.class.getName());
    private static final Duration TENDING = Duration.ofSeconds(1);
    /** For the loop around: do not start it again. Not 3, which is how a JVM ends that is out of memory. */
    private static final int RUNS_ALREADY = 75;

    private static final int BROKEN = 70;

    @Option(names = "--applications", required = true, description = "directory of the installed applications")
    private Path applications = Path.of("");

    @Option(names = "--packaging", description = "TOGETHER: six services in one process; SEPARATE: each alone")
    private Packaging packaging = Packaging.TOGETHER;

    @Option(names = "--user", description = "system user of everything that need not be root; made where missing")
    private String user = "gantry";

    @Option(names = "--node", required = true, description = "this host's name in the cluster")
    private String node = "";

    @Option(names = "--training", description = "the processes note what their start needs, in <data>/trained")
    private boolean training;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var instance = Instance.current();
        var pids = Directories.pids(instance);
        PrivateFiles.directory(pids, OsUser.current());
        try (var file = FileChannel.open(
                        pids.resolve("launcher.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = file.tryLock()) {
            if (lock == null) {
                LOG.info(() -> "the platform " + instance.name() + " runs already");
                return RUNS_ALREADY;
            }
            return runLocked(instance, pids);
        }
    }

    private int runLocked(Instance instance, Path pids) throws IOException, InterruptedException {
        var begin = System.nanoTime();
        var self = ProcessId.of(ProcessHandle.current().pid()).orElseThrow();
        PrivateFiles.write(pids.resolve("launcher.pid"), self + "\n", OsUser.current());
        var platform = new Platform(new Installation(instance, applications, user, node, training), packaging);
        var stopping = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(platform, stopping, pids), "stop"));
        // Kafka ends the JVM when its disk fails: that must not look like an order to stop everything
        Exit.setExitProcedure((code, message) -> Runtime.getRuntime().halt(BROKEN));
        try {
            platform.start();
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.SEVERE, "the platform did not start; what runs is left running", e);
            Runtime.getRuntime().halt(BROKEN);
        }
        tend(platform, stopping, begin);
        return 0;
    }

    private static void tend(Platform platform, CountDownLatch stopping, long begin) throws InterruptedException {
        var announced = false;
        while (!stopping.await(announced ? TENDING.toMillis() : 50, TimeUnit.MILLISECONDS)) {
            platform.tend();
            if (!announced && platform.allReady()) {
                announced = true;
                LOG.info(() -> "ready after "
                        + Duration.ofNanos(System.nanoTime() - begin).toMillis() + " ms");
            }
        }
    }

    private static void stop(Platform platform, CountDownLatch stopping, Path pids) {
        stopping.countDown();
        platform.stop();
        try {
            Files.deleteIfExists(pids.resolve("launcher.pid"));
        } catch (IOException e) {
            LOG.warning(() -> "cannot delete the pid file: " + e.getMessage());
        }
        // an orderly end: without this the JVM would report the signal, and the loop around it would start it again
        Runtime.getRuntime().halt(0);
    }
}
