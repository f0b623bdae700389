package dev.gantry.agent.usage;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.rpc.ProcessTable;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** The lines of {@code ps} that tell of a container's processes, as Docker picks them. */
final class PsOutput {
    private PsOutput() {}

    /** @throws dev.gantry.contracts.error.GantryException when no column says which process a line is about */
    static ProcessTable of(String text, Collection<Integer> pids) {
        var lines = text.lines().toList();
        var titles = lines.isEmpty() ? List.<String>of() : fields(lines.getFirst());
        var column = titles.indexOf("PID");
        if (column < 0) {
            throw ErrorCode.INTERNAL.with("Couldn't find PID field in ps output");
        }
        var table = ProcessTable.newBuilder().addAllTitles(titles);
        var threads = false; // lines without a pid are threads of the process above
        for (var line : lines.subList(1, lines.size())) {
            var fields = fields(line);
            if (fields.size() > column) {
                threads = fields.get(column).equals("-") ? threads : pids.contains(pid(fields.get(column)));
                if (threads) {
                    table.addProcessesBuilder().addAllFields(merged(fields, titles.size()));
                }
            }
        }
        return table.build();
    }

    private static int pid(String field) {
        try {
            return Integer.parseInt(field);
        } catch (NumberFormatException e) {
            throw ErrorCode.INTERNAL
                    .with("Unexpected pid '" + field + "': not a number")
                    .causedBy(e);
        }
    }

    /** The last column may hold blanks: a command line. */
    private static List<String> merged(List<String> fields, int count) {
        return fields.size() <= count
                ? fields
                : Stream.concat(
                                fields.subList(0, count - 1).stream(),
                                Stream.of(String.join(" ", fields.subList(count - 1, fields.size()))))
                        .toList();
    }

    private static List<String> fields(String line) {
        return Stream.of(line.split("[ \\t]+", -1))
                .filter(field -> !field.isEmpty())
                .toList();
    }
}
