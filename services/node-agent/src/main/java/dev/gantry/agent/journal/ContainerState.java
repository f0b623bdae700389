package dev.gantry.agent.journal;

import dev.gantry.contracts.rpc.Observation;
import dev.gantry.contracts.rpc.Order;
import dev.gantry.contracts.rpc.Outcome;
import dev.gantry.contracts.rpc.UpdateOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the entries of one container add up to.
 *
 * @param order the one with the highest generation
 * @param outcome of that order, once it is known
 * @param start the last start order: what a running container was made from
 * @param process the last one launched
 * @param exited whether that process's end is observed
 * @param cleaned whether what its run made is given back
 * @param sequence of the last observation
 * @param unacknowledged in order
 * @param releasedAt milliseconds since the epoch
 * @param execs its further processes by id, those that ended for a while
 * @param restart what its restart policy remembers
 */
public record ContainerState(
        Optional<Order> order,
        Optional<Outcome> outcome,
        Optional<Order> start,
        Optional<LaunchedProcess> process,
        boolean exited,
        boolean cleaned,
        long sequence,
        List<Observation> unacknowledged,
        Optional<Long> releasedAt,
        Map<String, ExecRecord> execs,
        RestartState restart) {

    /** What a crash of the host takes of a journal are seconds of it. The scheduler takes no sequence twice. */
    private static final long MORE_THAN_WAS_LOST = 1 << 20;

    public static final ContainerState EMPTY = new ContainerState(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            true,
            0,
            List.of(),
            Optional.empty(),
            Map.of(),
            RestartState.NONE);

    public ContainerState {
        unacknowledged = List.copyOf(unacknowledged);
        execs = Map.copyOf(execs);
    }

    public long generation() {
        return order.map(Order::getGeneration).orElse(0L);
    }

    public long run() {
        return process.map(LaunchedProcess::run).orElse(0L);
    }

    /** Whether a process was launched whose end is not observed yet. */
    public boolean running() {
        return process.isPresent() && !exited;
    }

    /** Whether nothing can be left of this container on the host but its journal. */
    public boolean released() {
        return releasedAt.isPresent();
    }

    ContainerState after(Entry entry) {
        return switch (entry) {
            case Entry.Accepted(var accepted) -> accept(accepted);
            case Entry.Launched(var launched) ->
                edit().process(launched)
                        .exited(false)
                        .cleaned(false)
                        .restart(restart.launched())
                        .build();
            case Entry.Answered(var answer) ->
                answer.getGeneration() == generation()
                        ? edit().outcome(Optional.of(answer)).build()
                        : this;
            case Entry.Observed(var observation) -> observe(observation);
            case Entry.Undone() -> edit().exited(true).restart(restart.undone()).build();
            case Entry.Cleaned() -> edit().cleaned(true).build();
            case Entry.Acknowledged(var upTo) ->
                edit().unacknowledged(later(upTo)).build();
            case Entry.Updated(var update) ->
                start.map(known -> edit().start(updated(known, update)).build()).orElse(this);
            case Entry.Released(var at) -> edit().released(at).build();
            case Entry.Rebooted() ->
                edit().observed(sequence + MORE_THAN_WAS_LOST, unacknowledged).build();
            case Entry.Snapshot(var state) -> state;
            case Entry.ExecCreated(var id, var request, var at) ->
                edit().execs(ExecFold.created(execs, id, request, at)).build();
            case Entry.ExecLaunched(var id, var launched) ->
                edit().execs(ExecFold.changed(execs, id, exec -> exec.launched(launched)))
                        .build();
            case Entry.ExecFailed(var id, var code, var at) ->
                edit().execs(ExecFold.changed(execs, id, exec -> exec.ended(code, at)))
                        .build();
        };
    }

    private static Order updated(Order start, UpdateOrder update) {
        return start.toBuilder()
                .setStart(start.getStart().toBuilder().setHostConfig(update.getHostConfig()))
                .build();
    }

    private ContainerState accept(Order accepted) {
        if (accepted.getGeneration() < generation()) {
            return this;
        }
        var known = accepted.getGeneration() == generation() ? outcome : Optional.<Outcome>empty();
        var next = edit().order(accepted).outcome(known).restart(restart.after(accepted));
        return accepted.hasStart() ? next.start(accepted).cleaned(false).build() : next.build();
    }

    private ContainerState observe(Observation observation) {
        var facts = new ArrayList<>(unacknowledged);
        facts.add(observation);
        var ended = exited || (observation.hasExited() && observation.getRun() == run());
        return edit().observed(observation.getSequence(), facts)
                .exited(ended)
                .execs(ExecFold.observed(execs, observation))
                .restart(restart.after(observation))
                .build();
    }

    private List<Observation> later(long upTo) {
        return unacknowledged.stream().filter(o -> o.getSequence() > upTo).toList();
    }

    private StateEdit edit() {
        return new StateEdit(this);
    }
}
