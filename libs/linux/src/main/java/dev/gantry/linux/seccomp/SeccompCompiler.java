package dev.gantry.linux.seccomp;

import dev.gantry.linux.capability.CapabilitySet;
import dev.gantry.linux.seccomp.Decision.Always;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns a profile into a program for one container. Calls are found by binary search over ranges of numbers with the same
 * decision, so an ordinary call costs about ten instructions.
 *
 * <p>What is not in the profile's words: a call through an architecture that the profile does not name kills the thread, and
 * a call that is newer than every one the profile names is answered ENOSYS (unless the profile permits by default), so that a
 * C library falls back to an older one. Both are as runc does it.
 */
public final class SeccompCompiler {
    private static final int NUMBER_OFFSET = 0; // seccomp_data.nr
    private static final int ARCHITECTURE_OFFSET = 4; // seccomp_data.arch

    private final SeccompProfile profile;
    private final List<Rule> rules;
    private final BpfEmitter code = new BpfEmitter();

    private SeccompCompiler(SeccompProfile profile, CapabilitySet capabilities, KernelVersion kernel) {
        this.profile = profile;
        this.rules = profile.rules().stream()
                .filter(rule -> rule.applies(capabilities, kernel))
                .toList();
    }

    /**
     * @param capabilities the container's bounding set
     * @throws SeccompException when the program is longer than the kernel takes
     */
    public static BpfProgram compile(SeccompProfile profile, CapabilitySet capabilities, KernelVersion kernel) {
        return new SeccompCompiler(profile, capabilities, kernel).compile();
    }

    private BpfProgram compile() {
        var conditions = new ConditionCode(code);
        int start = code.ret(Verdict.KILL_THREAD);
        if (profile.architectures().contains(Architecture.X86)) {
            search(ranges(Architecture.X86), conditions);
            int narrow = code.load(NUMBER_OFFSET);
            start = code.ifEqual(Architecture.X86.auditToken(), narrow, start);
        }
        int other = start;
        search(wideRanges(), conditions);
        int wide = code.load(NUMBER_OFFSET);
        code.ifEqual(Architecture.X86_64.auditToken(), wide, other);
        code.load(ARCHITECTURE_OFFSET);
        return new BpfProgram(code.program(), profile.flags());
    }

    /** x86-64 and x32 share a token and one space of numbers. */
    private List<Range> wideRanges() {
        var all = new ArrayList<>(ranges(Architecture.X86_64));
        if (profile.architectures().contains(Architecture.X32)) {
            ranges(Architecture.X32).forEach(range -> all.add(range.shifted(Architecture.X32_BIT)));
        } else {
            all.add(new Range(Architecture.X32_BIT, new Always(Verdict.KILL_THREAD)));
        }
        return Range.merged(all);
    }

    private List<Range> ranges(Architecture architecture) {
        var policy = new CallPolicy(architecture, rules, profile.defaultVerdict());
        var unnamed = new Always(profile.defaultVerdict());
        var ranges = new ArrayList<Range>();
        long next = 0;
        for (var entry : policy.decisions().entrySet()) {
            if (entry.getKey() > next) {
                ranges.add(new Range(next, unnamed));
            }
            ranges.add(new Range(entry.getKey(), entry.getValue()));
            next = entry.getKey() + 1L;
        }
        ranges.add(new Range(next, unnamed));
        if (policy.highest().isPresent()) {
            ranges.add(new Range(Math.max(policy.highest().getAsInt() + 1L, next), beyond()));
        }
        return Range.merged(ranges);
    }

    private Decision beyond() {
        return new Always(profile.defaultVerdict().permissive() ? profile.defaultVerdict() : Verdict.NO_SUCH_CALL);
    }

    private int search(List<Range> ranges, ConditionCode conditions) {
        if (ranges.size() == 1) {
            return leaf(ranges.getFirst().decision(), conditions);
        }
        int middle = ranges.size() / 2;
        int upper = search(ranges.subList(middle, ranges.size()), conditions);
        int lower = search(ranges.subList(0, middle), conditions);
        return code.ifAtLeast(ranges.get(middle).from(), upper, lower);
    }

    private int leaf(Decision decision, ConditionCode conditions) {
        return switch (decision) {
            case Always(var verdict) -> code.ret(verdict);
            case Decision.ByArguments(var clauses) -> conditions.emit(clauses, profile.defaultVerdict());
        };
    }
}
