package dev.gantry.linux.seccomp;

import dev.gantry.linux.seccomp.Decision.Always;
import dev.gantry.linux.seccomp.Decision.ByArguments;
import dev.gantry.linux.seccomp.Decision.Clause;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The rules that concern one way into the kernel, by system call number. As in libseccomp, an unconditional rule beats
 * conditional ones wherever it stands, and of two the first counts; names this architecture does not have are left out.
 */
final class CallPolicy {
    private final Architecture architecture;
    private final Verdict otherwise;
    private final SortedMap<Integer, Decision> decisions = new TreeMap<>();
    private int highest = -1;

    CallPolicy(Architecture architecture, List<Rule> rules, Verdict otherwise) {
        this.architecture = architecture;
        this.otherwise = otherwise;
        rules.forEach(this::add);
    }

    /** Calls that no rule names are not in it. */
    SortedMap<Integer, Decision> decisions() {
        return decisions;
    }

    /** The highest number that any rule names: what is above did not exist for whoever wrote the profile. */
    OptionalInt highest() {
        return highest < 0 ? OptionalInt.empty() : OptionalInt.of(highest);
    }

    private void add(Rule rule) {
        for (var name : rule.names()) {
            SyscallTable.x86().number(architecture, name).ifPresent(number -> add(number, rule));
            if (architecture == Architecture.X86) {
                MultiplexedCall.named(name).ifPresent(call -> addMultiplexed(call, rule));
            }
        }
    }

    private void add(int number, Rule rule) {
        highest = Math.max(highest, number);
        // A rule that says what holds anyway is no rule, in runc as well.
        if (!rule.verdict().equals(otherwise)) {
            decide(number, clauses(rule));
        }
    }

    private void decide(int number, List<Clause> clauses) {
        if (clauses.getFirst().all().isEmpty()) {
            if (!(decisions.get(number) instanceof Always)) {
                decisions.put(number, new Always(clauses.getFirst().verdict()));
            }
            return;
        }
        decisions.merge(number, new ByArguments(clauses), CallPolicy::both);
    }

    /** An unconditional decision that was there first stays. */
    private static Decision both(Decision before, Decision more) {
        if (before instanceof ByArguments(var first) && more instanceof ByArguments(var second)) {
            var all = new ArrayList<>(first);
            all.addAll(second);
            return new ByArguments(List.copyOf(all));
        }
        return before;
    }

    /** Conditions on the same argument twice are alternatives; otherwise all must hold. */
    private List<Clause> clauses(Rule rule) {
        var conditions = architecture.wide()
                ? rule.conditions()
                : rule.conditions().stream().map(Condition::narrow).toList();
        var arguments = new HashSet<Integer>();
        if (conditions.stream().allMatch(condition -> arguments.add(condition.argument()))) {
            return List.of(new Clause(conditions, rule.verdict()));
        }
        return conditions.stream()
                .map(condition -> new Clause(List.of(condition), rule.verdict()))
                .toList();
    }

    /**
     * The old way to some calls passes their arguments where a filter cannot see them: a rule with conditions on them cannot
     * permit it, and denies it whole.
     */
    private void addMultiplexed(MultiplexedCall call, Rule rule) {
        if (rule.verdict().equals(otherwise)
                || (!rule.conditions().isEmpty() && rule.verdict().permissive())) {
            return;
        }
        SyscallTable.x86()
                .number(architecture, call.through())
                .ifPresent(number -> decide(number, List.of(new Clause(List.of(call.which()), rule.verdict()))));
    }
}
