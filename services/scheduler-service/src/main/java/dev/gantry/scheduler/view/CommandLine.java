package dev.gantry.scheduler.view;

import dev.gantry.contracts.docker.Empty;
import dev.gantry.contracts.docker.container.ContainerConfig;
import java.util.ArrayList;
import java.util.List;

/** What runs: the entrypoint and the command in one list. */
record CommandLine(List<String> words) {
    static CommandLine of(ContainerConfig config) {
        var words = new ArrayList<>(Empty.ifNull(config.entrypoint()));
        words.addAll(Empty.ifNull(config.cmd()));
        return new CommandLine(List.copyOf(words));
    }

    String path() {
        return words.isEmpty() ? "" : words.getFirst();
    }

    List<String> arguments() {
        return words.isEmpty() ? List.of() : words.subList(1, words.size());
    }

    /** As the list shows it: arguments with spaces in quotes. */
    String text() {
        var text = new StringBuilder(path());
        arguments().forEach(argument -> text.append(' ').append(quoted(argument)));
        return text.toString();
    }

    private static String quoted(String argument) {
        return argument.contains(" ") ? "'" + argument + "'" : argument;
    }
}
