package dev.gantry.launcher;

import dev.gantry.launcher.api.ContainerApi;
import dev.gantry.launcher.api.SmallestImage;
import dev.gantry.service.instance.Instance;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Makes containers run and end, so that the JVMs of the platform can note which of their code is worth compiling (JEP 515). A
 * cache of that makes the first containers after the next start about as fast as the thousandth.
 */
@Command(name = "exercise", description = "Runs small containers, one after the other.")
final class ExerciseCommand implements Callable<Integer> {
    private static final String IMAGE = "gantry-exercise";

    @Option(names = "--rounds", defaultValue = "400", description = "how many (default: ${DEFAULT-VALUE})")
    private int rounds;

    @Override
    public Integer call() throws IOException {
        var api = new ContainerApi(Instance.current().dockerSocket());
        api.importImage(IMAGE, SmallestImage.tar());
        for (var round = 0; round < rounds; round++) {
            run(api, round % 2 == 0);
        }
        api.removeImage(IMAGE);
        return 0;
    }

    /** As {@code docker run --rm} does it, and as a program does that looks what has become of its container. */
    private static void run(ContainerApi api, boolean autoRemove) throws IOException {
        var id = api.create("{\"Image\":\"" + IMAGE
                + "\",\"Cmd\":[\"/true\"],\"HostConfig\":{\"NetworkMode\":\"none\",\"AutoRemove\":" + autoRemove
                + "}}");
        api.start(id);
        if (!autoRemove) {
            api.await(id);
            api.inspect(id);
            api.logs(id);
            api.remove(id);
        }
    }
}
