package dev.gantry.launcher;

import dev.gantry.launcher.api.ContainerApi;
import dev.gantry.service.instance.Instance;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import picocli.CommandLine.Command;

/** Stops all running containers through the Docker API, eight at a time. */
@Command(name = "stop-containers", description = "Stops all running containers.")
final class StopContainersCommand implements Callable<Integer> {
    private static final int AT_ONCE = 8;

    @Override
    public Integer call() throws IOException {
        var api = new ContainerApi(Instance.current().dockerSocket());
        var running = api.running();
        try (var pool = Executors.newFixedThreadPool(AT_ONCE)) {
            running.forEach(id -> pool.execute(() -> stop(api, id)));
        }
        System.out.println("stopped " + running.size() + " containers");
        return 0;
    }

    private static void stop(ContainerApi api, String id) {
        try {
            api.stop(id);
        } catch (IOException e) {
            System.err.println("cannot stop " + id + ": " + e.getMessage());
        }
    }
}
