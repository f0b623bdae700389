package dev.gantry.volume.rpc;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.volume.lifecycle.Containers;
import dev.gantry.volume.lifecycle.Disks;
import io.quarkus.test.Mock;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The disks of two nodes, which may be away, and a scheduler that knows the containers it is told of. */
@Mock
@Singleton
public class FakeDisks implements Disks, Containers {
    private final Set<String> directories = ConcurrentHashMap.newKeySet();
    private final Set<String> faulty = ConcurrentHashMap.newKeySet();
    private final Map<String, Boolean> away = new ConcurrentHashMap<>();
    private final Set<String> containers = ConcurrentHashMap.newKeySet();

    public void away(String node, boolean now) {
        away.put(node, now);
    }

    public void know(String container) {
        containers.add(container);
    }

    /** Its directory is made, and nobody hears of it: once. */
    public void loseTheAnswer(String volume) {
        faulty.add(volume);
    }

    public boolean holds(String node, String volume) {
        return directories.contains(node + "/" + volume);
    }

    private void reach(String node) {
        if (away.getOrDefault(node, false)) {
            throw ErrorCode.NODE_AWAY.with(node, "its agent is not connected");
        }
    }

    @Override
    public String anyNode() {
        return "n1";
    }

    @Override
    public String make(String node, String volume) {
        reach(node);
        directories.add(node + "/" + volume);
        if (faulty.remove(volume)) {
            throw ErrorCode.TIMED_OUT.with("the agent of " + node);
        }
        return "/" + node + "/volumes/" + volume + "/_data";
    }

    @Override
    public long remove(String node, String volume) {
        reach(node);
        return directories.remove(node + "/" + volume) ? 100 : 0;
    }

    @Override
    public boolean exists(String container) {
        return containers.contains(container);
    }
}
