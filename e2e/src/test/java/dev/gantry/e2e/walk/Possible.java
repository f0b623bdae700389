package dev.gantry.e2e.walk;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The states that one object can be in after what was asked of it and answered. A request without an answer has happened, will still
 * happen, or never does: it stays pending in the branches in which it has not happened.
 */
final class Possible<S, V> {
    /** One of the stories that explain everything seen so far. */
    private record Branch<S, V>(S state, List<V> pending) {
        Branch<S, V> in(S other) {
            return new Branch<>(other, pending);
        }

        Branch<S, V> with(V verb) {
            var more = new ArrayList<>(pending);
            more.add(verb);
            return new Branch<>(state, List.copyOf(more));
        }

        Branch<S, V> without(int index, S other) {
            var fewer = new ArrayList<>(pending);
            fewer.remove(index);
            return new Branch<>(other, List.copyOf(fewer));
        }
    }

    private final Rules<S, V> rules;
    private Set<Branch<S, V>> branches;
    private final List<String> story = new ArrayList<>();

    Possible(Rules<S, V> rules, S first) {
        this.rules = rules;
        this.branches = Set.of(new Branch<>(first, List.of()));
    }

    /** @throws Contradiction when it cannot have been done */
    void done(V verb) {
        step(
                verb + " done",
                branch -> rules.after(branch.state(), verb).stream()
                        .map(branch::in)
                        .collect(Collectors.toSet()));
    }

    /** @throws Contradiction when it cannot have been refused */
    void refused(V verb) {
        step(verb + " refused", branch -> rules.mayRefuse(branch.state(), verb) ? Set.of(branch) : Set.of());
    }

    /** Nobody was told. */
    void unknown(V verb) {
        step(verb + " unknown", branch -> Set.of(branch.with(verb)));
    }

    /** @throws Contradiction when no possible state is like that */
    void seen(String what, Predicate<S> like) {
        step(what, branch -> like.test(branch.state()) ? Set.of(branch) : Set.of());
    }

    /**
     * As {@link #seen}, of what says nothing about the state now.
     *
     * @throws Contradiction when no possible state is like that
     */
    void mayBe(String what, Predicate<S> like) {
        if (states().stream().noneMatch(like)) {
            throw new Contradiction(what + " in " + states() + ", after " + story);
        }
    }

    /** From here on nothing happens any more that was asked before. */
    void settled() {
        step("settled", branch -> Set.of(new Branch<>(branch.state(), List.of())));
    }

    Set<S> states() {
        return reachable().stream().map(Branch::state).collect(Collectors.toSet());
    }

    /** How many requests may still take effect. */
    int pending() {
        return branches.stream()
                .mapToInt(branch -> branch.pending().size())
                .max()
                .orElse(0);
    }

    private interface Move<S, V> {
        Set<Branch<S, V>> from(Branch<S, V> branch);
    }

    private void step(String what, Move<S, V> move) {
        var next = new HashSet<Branch<S, V>>();
        reachable().forEach(branch -> next.addAll(move.from(branch)));
        if (next.isEmpty()) {
            throw new Contradiction(what + " in " + states() + ", after " + story);
        }
        story.add(what);
        branches = Set.copyOf(next);
    }

    private Set<Branch<S, V>> reachable() {
        var found = new HashSet<>(branches);
        var open = new ArrayDeque<>(branches);
        while (!open.isEmpty()) {
            for (var next : next(open.remove())) {
                if (found.add(next)) {
                    open.add(next);
                }
            }
        }
        return found;
    }

    private Set<Branch<S, V>> next(Branch<S, V> branch) {
        var next = new HashSet<Branch<S, V>>();
        rules.byItself(branch.state()).forEach(state -> next.add(branch.in(state)));
        for (var i = 0; i < branch.pending().size(); i++) {
            for (var state : rules.after(branch.state(), branch.pending().get(i))) {
                next.add(branch.without(i, state));
            }
        }
        return next;
    }

    /** What was seen cannot have come about. */
    static final class Contradiction extends RuntimeException {
        private static final long serialVersionUID = 1;

        Contradiction(String message) {
            super(message);
        }
    }
}
