package dev.gantry.platform.kafka;

import dev.gantry.platform.os.OsUser;
import dev.gantry.platform.os.PrivateFiles;
import dev.gantry.platform.pki.Pki;
import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A reader of events from outside: may read {@code gantry.*.events} under consumer groups whose names begin with {@value
 * #COMMON_NAME}, and nothing else. Its certificate is good for no other service, and no server can show it.
 */
public final class Integrator {
    public static final String COMMON_NAME = "integrator";

    private Integrator() {}

    /**
     * Writes a certificate and {@code client.properties}, which Kafka's own tools and clients take as it is.
     *
     * @param directory is made; if it is there it must be empty
     * @return the properties' file
     */
    public static Path write(Pki pki, Path directory, int port, OsUser owner) throws IOException {
        var home = directory.toAbsolutePath().normalize();
        pki.client(COMMON_NAME, home, owner);
        var properties = new TreeMap<>(ClientSecurity.of(home));
        properties.put("bootstrap.servers", "127.0.0.1:" + port);
        properties.put("group.id", COMMON_NAME);
        properties.put("auto.offset.reset", "earliest");
        var file = home.resolve("client.properties");
        PrivateFiles.write(
                file,
                properties.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                        .collect(Collectors.joining()),
                owner);
        return file;
    }
}
