package dev.gantry.e2e.fault;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gantry.e2e.harness.Command.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Containers that nobody touches: one prints, one serves, one ends by itself while the victim is away. */
record IdleMoment(Stage stage, Map<String, JsonNode> before) implements Scenario {
    private static final int PATIENCE_MILLIS = 1_000;
    private static final int SERVER = 1;
    private static final int ENDING = 2;
    private static final int RESTARTING = 3;

    IdleMoment(Stage stage) {
        this(stage, new HashMap<>());
    }

    @Override
    public Moment moment() {
        return Moment.IDLE;
    }

    private String name(int number) {
        return stage.object(moment(), number);
    }

    @Override
    public void prepare() {
        stage.must(stage.make("run", name(0), List.of("-v", name(0) + ":/d"), Numbers.script(0.02)));
        stage.must(stage.make(
                "run",
                name(SERVER),
                List.of("-p", "127.0.0.1::80", "--restart", "unless-stopped"),
                "mkdir -p /w; echo here >/w/index.html; exec httpd -f -h /w -p 80"));
        stage.must(stage.make("run", name(ENDING), List.of(), "sleep 8; echo end; exit 9"));
        stage.must(stage.make(
                "run", name(RESTARTING), List.of("--restart", "always", "--network", "none"), Numbers.script(1)));
        before.putAll(World.of(stage.platform(), stage.label(), System.currentTimeMillis() / 1000)
                .containers());
    }

    @Override
    public Operation call(int round) {
        return new Operation(name(0), List.of(), 0, 0, new Result(0, "", ""));
    }

    @Override
    public int rounds() {
        return 0;
    }

    @Override
    public List<String> unsettled(World world, List<Operation> calls) {
        var problems = new ArrayList<String>();
        for (var number : List.of(0, SERVER, RESTARTING)) {
            if (stage.hostDies()) {
                problems.addAll(afterTheHost(world, number));
            } else if (!facts(world.containers().get(name(number))).equals(facts(before.get(name(number))))) {
                problems.add(name(number) + " was " + facts(before.get(name(number))) + " and is "
                        + facts(world.containers().get(name(number))));
            }
        }
        var end = world.status(name(ENDING)) + world.at(name(ENDING), "/State/ExitCode");
        if (!end.equals("exited9") && !(stage.hostDies() && end.equals("exited255"))) {
            problems.add(name(ENDING) + " is " + world.status(name(ENDING)) + " with "
                    + world.at(name(ENDING), "/State/ExitCode"));
        }
        if (!serves(world)) {
            problems.add("the published port of " + name(SERVER) + " does not answer");
        }
        if (!world.volumes().contains(name(0))) {
            problems.add("the volume " + name(0) + " is gone");
        }
        return problems;
    }

    private static List<String> facts(@org.jspecify.annotations.Nullable JsonNode container) {
        if (container == null) {
            return List.of("not there");
        }
        return List.of("/Id", "/State/Pid", "/State/StartedAt", "/RestartCount", "/NetworkSettings", "/Mounts").stream()
                .map(pointer -> container.at(pointer).toString())
                .toList();
    }

    private List<String> afterTheHost(World world, int number) {
        var expected = number == 0 ? "exited" : "running";
        var problems = new ArrayList<String>();
        if (!world.status(name(number)).equals(expected)) {
            problems.add(name(number) + " is " + world.status(name(number)));
        }
        for (var pointer : List.of("/Id", "/NetworkSettings/Ports", "/NetworkSettings/Networks/bridge/IPAddress")) {
            var was = before.get(name(number));
            var is = world.containers().get(name(number));
            if (number == SERVER
                    && was != null
                    && is != null
                    && !was.at(pointer).equals(is.at(pointer))) {
                problems.add(name(number) + " had " + was.at(pointer) + " and has " + is.at(pointer));
            }
        }
        return problems;
    }

    private boolean serves(World world) {
        var port = world.at(name(SERVER), "/NetworkSettings/Ports/80~1tcp/0/HostPort");
        if (port.isEmpty()) {
            return false;
        }
        try (var socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port)), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream()
                    .write("GET / HTTP/1.0\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII)
                    .endsWith("here\n");
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public List<String> repeat(List<Operation> calls) {
        return List.of();
    }

    @Override
    public List<String> unfinished(World world, List<Operation> calls) {
        var problems = new ArrayList<>(unsettled(world, calls));
        problems.addAll(Numbers.gapsOfRuns(name(0), stage.logs(name(0))));
        problems.addAll(Numbers.gapsOfRuns(name(RESTARTING), stage.logs(name(RESTARTING))));
        var printed = stage.logs(name(ENDING));
        if (world.at(name(ENDING), "/State/ExitCode").equals("9")
                && !printed.equals("end\n")
                // what is in a pipe is lost with the host, though the exit code may just have reached the disk
                && !(stage.hostDies() && printed.isEmpty())) {
            problems.add("the log of " + name(ENDING) + " is: " + printed);
        }
        return problems;
    }
}
