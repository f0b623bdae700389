package dev.gantry.launcher;

import dev.gantry.launcher.consistency.ConsistencyCommand;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The launcher's command line; people use {@code ./gantry}, which calls it. */
@Command(
        name = "launcher",
        subcommands = {
            RunCommand.class,
            StopContainersCommand.class,
            UnpackCommand.class,
            ExerciseCommand.class,
            KafkaClientCommand.class,
            ConsistencyCommand.class
        },
        description = "Starts and watches the platform on this host.")
public final class Main implements Callable<Integer> {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    @Override
    public Integer call() {
        CommandLine.usage(this, System.err);
        return CommandLine.ExitCode.USAGE;
    }
}
