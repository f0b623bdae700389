package dev.gantry.e2e.fault;

import java.util.ArrayList;
import java.util.List;

/** A container with a published port that prints {@code begin} once and goes on. */
final class Running {
    private Running() {}

    static List<String> flaws(Stage stage, World world, String name) {
        var problems = new ArrayList<String>(unstarted(world, name));
        var log = stage.logs(name);
        if (stage.hostDies() ? !log.matches("(begin\n)+") : !log.equals("begin\n")) {
            problems.add("the log of " + name + " is: " + log);
        }
        return problems;
    }

    /** Without a look at its log. */
    static List<String> unstarted(World world, String name) {
        var problems = new ArrayList<String>();
        if (!world.status(name).equals("running")) {
            problems.add(name + " is " + world.status(name) + " " + world.at(name, "/State/Error"));
        }
        if (world.at(name, "/NetworkSettings/Networks/bridge/IPAddress").isEmpty()) {
            problems.add(name + " has no address");
        }
        if (world.at(name, "/NetworkSettings/Ports/80~1tcp/0/HostPort").isEmpty()) {
            problems.add(name + " has no port of the host");
        }
        return problems;
    }
}
