package dev.gantry.linux.cgroup;

import java.util.ArrayList;
import java.util.List;

/**
 * Which devices a container may use. Rules are those of cgroup v1's {@code devices.allow}: {@code c 1:3 rwm}.
 *
 * @param allowed what may be used when {@code everything} is false
 */
public record DeviceAccess(boolean everything, List<Rule> allowed) {
    /** @param type c, b; major and minor: -1 is any; access: of r, w, m */
    public record Rule(char type, int major, int minor, String access) {
        public Rule {
            if ((type != 'c' && type != 'b') || !access.matches("[rwm]{1,3}")) {
                throw new IllegalArgumentException("device rule " + type + " " + major + ":" + minor + " " + access);
            }
        }

        @Override
        public String toString() {
            return type + " " + number(major) + ":" + number(minor) + " " + access;
        }

        private static String number(int value) {
            return value < 0 ? "*" : Integer.toString(value);
        }
    }

    /** A privileged container's. */
    public static final DeviceAccess EVERYTHING = new DeviceAccess(true, List.of());

    /**
     * Making any node, and using null, zero, full, random, urandom, tty, console, ptmx and pts: what runc allows whatever
     * the engine asks for. Fuse and the host's tty0 are not among them.
     */
    public static final DeviceAccess DOCKER_DEFAULT = new DeviceAccess(
            false,
            List.of(
                    new Rule('c', -1, -1, "m"),
                    new Rule('b', -1, -1, "m"),
                    new Rule('c', 1, 3, "rwm"),
                    new Rule('c', 1, 5, "rwm"),
                    new Rule('c', 1, 7, "rwm"),
                    new Rule('c', 1, 8, "rwm"),
                    new Rule('c', 1, 9, "rwm"),
                    new Rule('c', 5, 0, "rwm"),
                    new Rule('c', 5, 1, "rwm"),
                    new Rule('c', 5, 2, "rwm"),
                    new Rule('c', 136, -1, "rwm")));

    public DeviceAccess {
        allowed = List.copyOf(allowed);
    }

    public DeviceAccess plus(List<Rule> more) {
        var all = new ArrayList<>(allowed);
        all.addAll(more);
        return new DeviceAccess(everything, all);
    }
}
