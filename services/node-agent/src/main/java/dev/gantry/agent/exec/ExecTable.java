package dev.gantry.agent.exec;

import dev.gantry.agent.container.Container;
import dev.gantry.agent.container.Containers;
import dev.gantry.agent.container.Run;
import dev.gantry.agent.journal.ExecRecord;
import dev.gantry.contracts.error.ErrorCode;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The execs of this host: all that the journals know, and which of them live in this process. */
final class ExecTable {
    private final Containers containers;
    private final Map<String, LiveExec> live = new ConcurrentHashMap<>();

    ExecTable(Containers containers) {
        this.containers = containers;
    }

    /** An exec as its container's journal has it at this moment. */
    record Known(Container container, ExecRecord exec) {}

    /** @throws dev.gantry.contracts.error.GantryException NO_SUCH_CONTAINER */
    Container container(String id) {
        return containers
                .find(id)
                .filter(one -> !one.journal().state().released())
                .orElseThrow(() -> ErrorCode.NO_SUCH_CONTAINER.with(id));
    }

    /** @throws dev.gantry.contracts.error.GantryException NO_SUCH_EXEC */
    Known find(String id) {
        if (!ExecId.valid(id)) {
            throw ErrorCode.NO_SUCH_EXEC.with(id);
        }
        var prefix = id.substring(0, ExecId.OF_CONTAINER);
        return containers.all().stream()
                .filter(one -> one.id().startsWith(prefix))
                .flatMap(
                        one -> Optional.ofNullable(one.journal().state().execs().get(id)).stream()
                                .map(exec -> new Known(one, exec)))
                .findAny()
                .orElseThrow(() -> ErrorCode.NO_SUCH_EXEC.with(id));
    }

    /** @throws dev.gantry.contracts.error.GantryException NOT_RUNNING */
    static Run running(Container container) {
        return container
                .run()
                .filter(_ -> container.journal().state().running())
                .orElseThrow(() -> ErrorCode.NOT_RUNNING.with(container.id()));
    }

    Optional<LiveExec> live(String id) {
        return Optional.ofNullable(live.get(id));
    }

    /** Whoever comes second gets false. */
    boolean add(LiveExec one) {
        if (live.putIfAbsent(one.id(), one) != null) {
            return false;
        }
        one.container().execs().put(one.id(), one.recorded());
        return true;
    }

    void remove(LiveExec one) {
        live.remove(one.id());
        one.container().execs().remove(one.id());
        one.finished().complete(null);
    }
}
