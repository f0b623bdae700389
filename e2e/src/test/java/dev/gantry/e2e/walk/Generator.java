package dev.gantry.e2e.walk;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Decides what a client does next; the same seed decides the same. Every client has names of its own. */
final class Generator {
    /** So few that steps meet the same objects again and again. */
    private static final int CONTAINERS_AT_ONCE = 4;

    private static final int THINGS = 2;
    private static final int WEIGHTS = 100;

    private final Random random;
    private final String prefix;
    private final List<String> containers = new ArrayList<>();
    private int made;

    Generator(long seed, String prefix) {
        this.random = new Random(seed);
        this.prefix = prefix;
    }

    Step next() {
        var draw = random.nextInt(WEIGHTS);
        if (containers.size() < CONTAINERS_AT_ONCE && draw < 40) {
            return create();
        }
        if (draw < 55 && !containers.isEmpty()) {
            return new Step.OfContainer(container(), verb());
        }
        if (draw < 70 && !containers.isEmpty()) {
            return new Step.Look(container());
        }
        if (draw < 80) {
            return new Step.RunOnce(fresh("once"));
        }
        return thing(draw);
    }

    private Step.OfContainer create() {
        var name = fresh(random.nextInt(4) == 0 ? "brief" : "long");
        containers.add(name);
        return new Step.OfContainer(name, ContainerVerb.CREATE);
    }

    private String fresh(String kind) {
        return prefix + kind + made++;
    }

    private String container() {
        return containers.get(random.nextInt(containers.size()));
    }

    private ContainerVerb verb() {
        var verbs = List.of(
                ContainerVerb.START,
                ContainerVerb.START,
                ContainerVerb.START,
                ContainerVerb.STOP,
                ContainerVerb.KILL,
                ContainerVerb.EXEC,
                ContainerVerb.EXEC,
                ContainerVerb.REMOVE,
                ContainerVerb.FORCE_REMOVE);
        return verbs.get(random.nextInt(verbs.size()));
    }

    private Step thing(int draw) {
        var verb = random.nextBoolean() ? ThingVerb.MAKE : ThingVerb.REMOVE;
        var number = random.nextInt(THINGS);
        if (draw < 88) {
            return new Step.OfVolume(prefix + "volume" + number, verb);
        }
        return draw < 97
                ? new Step.OfName(prefix + "image" + number + ":1", verb)
                : new Step.Import(fresh("import") + ":1");
    }

    /** No more of this one: its name is never used again, so that a late request for it harms nobody. */
    void gone(String container) {
        containers.remove(container);
    }
}
