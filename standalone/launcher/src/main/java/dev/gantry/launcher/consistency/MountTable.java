package dev.gantry.launcher.consistency;

import dev.gantry.launcher.consistency.KernelFacts.InnerMount;
import java.util.List;
import java.util.regex.Pattern;

/** What {@code /proc/<pid>/mountinfo} says (proc_pid_mountinfo(5)). */
final class MountTable {
    private static final Pattern ESCAPE = Pattern.compile("\\\\([0-7]{3})");
    private static final Pattern UPPER = Pattern.compile("(?:^|,)upperdir=([^,]*)");

    private MountTable() {}

    private record Line(String source, String point, String type, String options) {}

    static List<String> pointsBelow(String mountinfo, String directory) {
        return lines(mountinfo).stream()
                .map(Line::point)
                .filter(point -> point.startsWith(directory + "/"))
                .toList();
    }

    static List<InnerMount> all(String mountinfo) {
        return lines(mountinfo).stream()
                .map(line -> new InnerMount(line.point(), line.source()))
                .toList();
    }

    static String rootType(String mountinfo) {
        return root(mountinfo).type();
    }

    /** Of an overlay that is the root; empty for others. */
    static String upper(String mountinfo) {
        var found = UPPER.matcher(root(mountinfo).options());
        return found.find() ? found.group(1) : "";
    }

    /** The topmost one. */
    private static Line root(String mountinfo) {
        return lines(mountinfo).reversed().stream()
                .filter(line -> line.point().equals("/"))
                .findFirst()
                .orElse(new Line("", "/", "", ""));
    }

    private static List<Line> lines(String mountinfo) {
        return mountinfo.lines().map(MountTable::line).toList();
    }

    /** Optional fields end at a lone dash. */
    private static Line line(String text) {
        var halves = text.split(" - ", 2);
        var first = halves[0].split(" ", -1);
        var second = halves.length == 2 ? halves[1].split(" ", -1) : new String[0];
        return new Line(
                first.length > 4 ? unescaped(first[3]) : "",
                first.length > 4 ? unescaped(first[4]) : "",
                second.length > 0 ? second[0] : "",
                second.length > 2 ? unescaped(second[2]) : "");
    }

    private static String unescaped(String text) {
        return ESCAPE.matcher(text)
                .replaceAll(octal -> java.util.regex.Matcher.quoteReplacement(
                        String.valueOf((char) Integer.parseInt(octal.group(1), 8))));
    }
}
