package dev.gantry.agent.usage;

import dev.gantry.contracts.error.ErrorCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What {@code ps} is asked for, as Docker asks it. */
final class PsArguments {
    private static final String DEFAULT = "-ef";
    private static final int LONGEST = 4_096;

    /** A column that calls itself PID without being it would show processes of others. */
    private static final Pattern FALSE_PID = Pattern.compile("\\s([^\\s=]*)=\\s*(PID\\S*)");

    private PsArguments() {}

    /** @throws dev.gantry.contracts.error.GantryException INVALID_PARAMETER */
    static List<String> of(String given) {
        if (given.length() > LONGEST || given.indexOf('\0') >= 0) {
            throw ErrorCode.INVALID_PARAMETER.with("arguments of ps are too long or hold a NUL");
        }
        FALSE_PID
                .matcher(given)
                .results()
                .filter(column -> !column.group(1).equals("pid"))
                .findFirst()
                .ifPresent(column -> {
                    throw ErrorCode.INTERNAL.with(
                            "specifying \"" + column.group(1) + "=" + column.group(2) + "\" is not allowed");
                });
        return List.of((given.isEmpty() ? DEFAULT : given).split(" ", -1));
    }

    /** Of these processes alone, so that ps need not look at all of the host. */
    static List<String> only(List<String> arguments, Collection<Integer> pids) {
        var all = new ArrayList<>(arguments);
        all.add("-q" + pids.stream().map(String::valueOf).collect(Collectors.joining(",")));
        return all;
    }
}
