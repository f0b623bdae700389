package dev.gantry.linux.launch;

import dev.gantry.linux.Sys;
import dev.gantry.linux.cgroup.CgroupEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The descriptor numbers in a monitor, known before any is opened: three for the container's stdio, then those the monitor
 * keeps, then those that only the way to the program needs. Small numbers keep the monitor's table small.
 *
 * @param names what each number is, from 0 on without gaps
 * @param kept how many, from {@link #FIRST_KEPT} on, the monitor keeps
 */
record Descriptors(List<String> names, int kept) {
    static final int FIRST_KEPT = 3;

    static final String EXIT_FILE = "exit file";
    static final String EXIT_WRITE = "exit pipe (write)";
    static final String EXIT_READ = "exit pipe (read)";
    static final String OUTPUT = "output (read)";
    static final String ERRORS = "errors (read)";
    static final String INPUT = "input (write)";
    static final String INPUT_CLOSE = "close the input";
    static final String RELEASE = "release";
    static final String STATUS = "status";
    static final String GO = "go";
    static final String CONTAINER = "container";
    static final String ROOT = "root";
    static final String NETWORK = "network namespace";
    static final String DEVPTS = "devpts";
    static final String CGROUP = "cgroup ";
    static final String MONITOR_CGROUP = "cgroup of the monitor ";

    Descriptors {
        names = List.copyOf(names);
    }

    static Descriptors of(LaunchSpec spec) {
        List<String> names =
                new ArrayList<>(List.of("stdin", "stdout", "stderr", EXIT_FILE, EXIT_WRITE, EXIT_READ, OUTPUT));
        if (spec.stdio() instanceof Stdio.Pipes(boolean stdinOpen)) {
            names.add(ERRORS);
            if (stdinOpen) {
                names.addAll(List.of(INPUT, INPUT_CLOSE));
            }
        }
        names.add(RELEASE);
        int kept = names.size() - FIRST_KEPT;
        names.addAll(List.of(STATUS, GO, ROOT));
        if (!(spec.namespaces().network() instanceof NetworkNamespace.Host)) {
            names.add(NETWORK);
        }
        names.addAll(entries(CGROUP, spec.cgroup()));
        names.addAll(entries(MONITOR_CGROUP, spec.monitorCgroup()));
        for (int i = 0; i < spec.mounts().size(); i++) {
            switch (spec.mounts().get(i)) {
                case Mount.Bind bind -> names.add(bind(i, bind));
                case Mount.Devices _ -> names.add(DEVPTS);
                case Mount.Filesystem _ -> {}
            }
        }
        return new Descriptors(names, kept);
    }

    /**
     * Those of a process that joins a container; nothing of it is kept for a monitor. From {@link #CONTAINER} on they are for its first half
     * alone: a directory among them would lead out of the container.
     */
    static Descriptors of(ExecSpec spec) {
        List<String> names = new ArrayList<>(List.of("stdin", "stdout", "stderr", GO, STATUS));
        names.addAll(entries(CGROUP, spec.cgroup().filter(CgroupEntry.Tasks.class::isInstance)));
        names.add(CONTAINER);
        names.addAll(entries(CGROUP, spec.cgroup().filter(CgroupEntry.Directory.class::isInstance)));
        names.addAll(entries(MONITOR_CGROUP, spec.birth()));
        return new Descriptors(names, 0);
    }

    /** The number of a version 2 group's directory, -1 when there is none. */
    int groupDirectory(String prefix, Optional<CgroupEntry> entry) {
        return entry.filter(CgroupEntry.Directory.class::isInstance)
                .map(one -> number(entries(prefix, Optional.of(one)).getFirst()))
                .orElse(-1);
    }

    /** Writes the calls by which the process that makes them joins a version 1 group. */
    void enter(ListWriter out, String prefix, Optional<CgroupEntry> entry) {
        if (entry.isPresent() && entry.get() instanceof CgroupEntry.Tasks(var files)) {
            for (Path file : files) {
                out.must("join " + file, Sys.WRITE, number(prefix + file), "0", 1);
            }
        }
    }

    /** The names of a group's descriptors: the files or the directory by path. */
    static List<String> entries(String prefix, Optional<CgroupEntry> entry) {
        return entry.map(Descriptors::paths).orElse(List.of()).stream()
                .map(path -> prefix + path)
                .toList();
    }

    static List<Path> paths(CgroupEntry entry) {
        return switch (entry) {
            case CgroupEntry.Tasks(List<Path> files) -> files;
            case CgroupEntry.Directory(Path path) -> List.of(path);
        };
    }

    /** The name of a bind's source. */
    static String bind(int index, Mount.Bind bind) {
        return "bind " + index + " " + bind.target();
    }

    boolean has(String name) {
        return names.contains(name);
    }

    /** The number, or -1 when there is none. */
    int number(String name) {
        return names.indexOf(name);
    }

    int lastKept() {
        return FIRST_KEPT + kept - 1;
    }

    int last() {
        return names.size() - 1;
    }
}
