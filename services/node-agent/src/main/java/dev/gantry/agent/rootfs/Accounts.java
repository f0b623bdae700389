package dev.gantry.agent.rootfs;

import dev.gantry.contracts.error.ErrorCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Finds a user in the text of /etc/passwd and /etc/group by the rules of github.com/moby/sys/user, messages included. Pure.
 */
final class Accounts {
    private record User(String name, int uid, int gid, String home) {}

    private record Group(String name, int gid, List<String> members) {}

    private static final int ROOT = 0;

    private final List<User> users;
    private final List<Group> groups;

    Accounts(String passwd, String group) {
        users = passwd.lines().flatMap(line -> user(line).stream()).toList();
        groups = group.lines().flatMap(line -> group(line).stream()).toList();
    }

    /**
     * @param spec empty, or user or uid, with {@code :group} or {@code :gid}
     * @param additional names or numbers of further groups
     */
    ContainerUser find(String spec, List<String> additional) {
        int colon = spec.indexOf(':');
        var userPart = colon < 0 ? spec : spec.substring(0, colon);
        var groupPart = colon < 0 ? "" : spec.substring(colon + 1);
        var known = knownUser(userPart);
        int uid = known.map(User::uid).orElseGet(() -> unknownUser(userPart));
        int gid = groupPart.isEmpty() ? known.map(User::gid).orElse(ROOT) : gid(groupPart);
        var all = new ArrayList<Integer>();
        all.add(gid);
        if (groupPart.isEmpty()) {
            known.ifPresent(user -> all.addAll(memberships(user.name())));
        }
        additional.forEach(name -> all.add(gid(name)));
        var home = known.map(User::home).filter(path -> !path.isEmpty()).orElse("/");
        return new ContainerUser(uid, gid, all.stream().distinct().toList(), home);
    }

    /** By name or by number, the first line that fits. */
    private Optional<User> knownUser(String part) {
        var number = part.isEmpty() ? OptionalInt.of(ROOT) : number(part);
        return users.stream()
                .filter(user -> user.name().equals(part) || (number.isPresent() && number.getAsInt() == user.uid()))
                .findFirst();
    }

    private static int unknownUser(String part) {
        if (part.isEmpty()) {
            return ROOT;
        }
        requireInRange(part);
        return number(part).orElseThrow(() -> ErrorCode.USER_NOT_FOUND.with(part));
    }

    private int gid(String part) {
        var number = number(part);
        return groups.stream()
                .filter(group -> group.name().equals(part) || (number.isPresent() && number.getAsInt() == group.gid()))
                .findFirst()
                .map(Group::gid)
                .orElseGet(() -> unknownGroup(part));
    }

    private static int unknownGroup(String part) {
        requireInRange(part);
        return number(part).orElseThrow(() -> ErrorCode.GROUP_NOT_FOUND.with(part));
    }

    private List<Integer> memberships(String user) {
        return groups.stream()
                .filter(group -> group.members().contains(user))
                .map(Group::gid)
                .toList();
    }

    private static void requireInRange(String part) {
        if (part.matches("-?\\d+") && number(part).isEmpty()) {
            throw ErrorCode.INVALID_PARAMETER.with("uids and gids must be in range 0-2147483647");
        }
    }

    private static OptionalInt number(String text) {
        if (!text.matches("\\d{1,10}")) {
            return OptionalInt.empty();
        }
        long value = Long.parseLong(text);
        return value <= Integer.MAX_VALUE ? OptionalInt.of((int) value) : OptionalInt.empty();
    }

    private static Optional<User> user(String line) {
        var field = line.strip().split(":", -1);
        if (field.length < 4 || field[0].startsWith("#")) {
            return Optional.empty();
        }
        var uid = number(field[2]);
        var gid = number(field[3]);
        return uid.isEmpty() || gid.isEmpty()
                ? Optional.empty()
                : Optional.of(new User(field[0], uid.getAsInt(), gid.getAsInt(), field.length > 5 ? field[5] : ""));
    }

    private static Optional<Group> group(String line) {
        var field = line.strip().split(":", -1);
        if (field.length < 3 || field[0].startsWith("#")) {
            return Optional.empty();
        }
        var members = field.length > 3 ? Arrays.asList(field[3].split(",")) : List.<String>of();
        var gid = number(field[2]);
        return gid.isEmpty() ? Optional.empty() : Optional.of(new Group(field[0], gid.getAsInt(), members));
    }
}
