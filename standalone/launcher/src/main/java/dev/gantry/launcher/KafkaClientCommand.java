package dev.gantry.launcher;

import dev.gantry.platform.kafka.Integrator;
import dev.gantry.platform.os.OsUser;
import dev.gantry.platform.pki.Pki;
import dev.gantry.service.instance.Instance;
import dev.gantry.service.instance.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What somebody needs who reads the events from Kafka. */
@Command(name = "kafka-client", description = "Writes credentials of a reader of events.")
final class KafkaClientCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "A new or empty directory.")
    private Path directory = Path.of("");

    @Override
    public Integer call() {
        var instance = Instance.current();
        var tls = instance.data().resolve("tls");
        try {
            if (!Files.exists(tls.resolve("ca"))) {
                throw new IOException("the platform " + instance.name() + " was never started");
            }
            var file = Integrator.write(
                    Pki.in(tls, Clock.systemUTC()), directory, instance.port(Port.KAFKA), OsUser.current());
            System.out.println(file);
            return 0;
        } catch (IOException e) {
            System.err.println("gantry: " + e.getMessage());
            return 1;
        }
    }
}
