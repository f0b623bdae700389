package dev.gantry.linux.seccomp;

import java.util.List;

/** What is to happen with one system call. */
sealed interface Decision {
    record Always(Verdict verdict) implements Decision {}

    /** The first clause that holds decides; none: the default. */
    record ByArguments(List<Clause> clauses) implements Decision {}

    /** @param all every one must hold */
    record Clause(List<Condition> all, Verdict verdict) {}
}
