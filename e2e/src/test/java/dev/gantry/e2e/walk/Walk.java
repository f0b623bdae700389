package dev.gantry.e2e.walk;

import dev.gantry.e2e.fault.Victim;
import dev.gantry.e2e.fault.World;
import dev.gantry.e2e.harness.Await;
import dev.gantry.e2e.harness.Packaging;
import dev.gantry.e2e.harness.Platform;
import dev.gantry.e2e.walk.ContainerState.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** One walk: clients, somebody who kills, and the comparison at the end. */
final class Walk {
    private static final int CLIENTS = 4;
    private static final int STEPS = 50;
    private static final int LEAST_PAUSE_MILLIS = 2_000;
    private static final int MOST_PAUSE_MILLIS = 5_000;
    private static final Duration BACK = Duration.ofSeconds(90);
    private static final long AGREED = TimeUnit.SECONDS.toNanos(10);
    private static final long STEP = TimeUnit.MILLISECONDS.toNanos(300);

    private final Platform platform;
    private final String name;
    private final Random random;
    private final Model model = new Model();
    private final List<Client> clients;
    private final List<String> kills = new ArrayList<>();
    private final long since = System.currentTimeMillis() / 1000;

    Walk(Platform platform, long seed) {
        this.platform = platform;
        this.name = "walk" + Long.toUnsignedString(seed, 36) + "-";
        this.random = new Random(seed);
        this.clients = IntStream.range(0, CLIENTS)
                .mapToObj(
                        i -> new Client(platform, model, new Generator(random.nextLong(), name + "c" + i + "-"), name))
                .toList();
    }

    /** What was wrong. */
    List<String> run() {
        try {
            var walking = CompletableFuture.allOf(clients.stream()
                    .map(client -> CompletableFuture.runAsync(() -> client.walk(STEPS), Thread::startVirtualThread))
                    .toArray(CompletableFuture[]::new));
            while (!pausedUntil(walking)) {
                kill();
            }
            walking.join();
            awaitAll();
            return found();
        } finally {
            cleanUp();
        }
    }

    private boolean pausedUntil(CompletableFuture<Void> walking) {
        try {
            walking.get(
                    LEAST_PAUSE_MILLIS + random.nextInt(MOST_PAUSE_MILLIS - LEAST_PAUSE_MILLIS), TimeUnit.MILLISECONDS);
            return true;
        } catch (java.util.concurrent.TimeoutException goOn) {
            return false;
        } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One that is there; another's absence is no reason to wait. */
    private void kill() {
        var victims = victims().stream()
                .filter(victim -> platform.isBack(victim.process(), 0))
                .toList();
        if (!victims.isEmpty()) {
            var victim = victims.get(random.nextInt(victims.size()));
            kills.add(victim.process());
            platform.running(victim.process()).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private static List<Victim> victims() {
        return Victim.of(Packaging.SEPARATE_PROCESSES, true).stream()
                .filter(victim -> !victim.process().isEmpty())
                .toList();
    }

    private void awaitAll() {
        victims()
                .forEach(victim ->
                        Await.until(victim.words() + " is there", BACK, () -> platform.isBack(victim.process(), 0)));
    }

    private List<String> found() {
        var begin = System.nanoTime();
        var disagreements = disagreements();
        while (!disagreements.isEmpty() && System.nanoTime() - begin < AGREED) {
            LockSupport.parkNanos(STEP);
            disagreements = disagreements();
        }
        System.out.println(name + ": killed " + kills);
        var found = new ArrayList<>(disagreements);
        clients.forEach(client -> found.addAll(client.complaints()));
        return found;
    }

    private List<String> disagreements() {
        try {
            var world = World.of(platform, name, since);
            var found = new ArrayList<>(world.contradictions(name));
            model.containers().forEach((container, possible) -> {
                if (possible.states().stream().noneMatch(state -> agrees(world, container, state))) {
                    found.add(container + " is " + world.status(container) + " "
                            + world.at(container, "/State/ExitCode") + ", it can be " + possible.states());
                }
            });
            model.volumes().forEach((volume, possible) -> {
                if (!possible.states().contains(world.volumes().contains(volume))) {
                    found.add("volume " + volume + " should be there: " + possible.states());
                }
            });
            model.names().forEach((image, possible) -> {
                if (!possible.states().contains(world.images().contains(image))) {
                    found.add("image " + image + " should be there: " + possible.states());
                }
            });
            // one that was never started waits for its start, as Docker leaves it
            model.once().stream()
                    .filter(world::has)
                    .filter(once -> !world.status(once).equals("created"))
                    .forEach(once -> found.add(once + " should have removed itself and is " + world.status(once)));
            return found;
        } catch (AssertionError noAnswer) {
            return List.of(String.valueOf(noAnswer.getMessage()));
        }
    }

    private boolean agrees(World world, String container, ContainerState state) {
        if (!world.has(container)) {
            return state.is(Status.ABSENT);
        }
        var seen = new Seen(world.status(container), Integer.parseInt(world.at(container, "/State/ExitCode")));
        return seen.fits(state) && platform.docker("logs", container).out().equals("begin\n".repeat(state.runs()));
    }

    private void cleanUp() {
        platform.shell("docker ps -aq --filter label=" + name + " | xargs -r docker rm -fv >/dev/null"
                + "; docker volume ls -q | grep '^" + name + "' | xargs -r docker volume rm >/dev/null"
                + "; docker images --format '{{.Repository}}:{{.Tag}}' | grep '^" + name
                + "' | xargs -r docker rmi >/dev/null; true");
    }
}
