package dev.gantry.launcher;

import dev.gantry.platform.testing.TestPlatform;
import dev.gantry.platform.testing.TestPlatform.Part;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * Starts and stops a Kafka of its own in a temporary directory, so that the JVM can note what a start needs (JEP 514,
 * {@code -XX:AOTCacheOutput}).
 */
@Command(name = "train", description = "Makes a start to learn from.")
final class TrainCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        TestPlatform.start(Part.KAFKA).close();
        return 0;
    }
}
