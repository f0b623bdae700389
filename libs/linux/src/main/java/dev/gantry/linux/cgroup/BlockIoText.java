package dev.gantry.linux.cgroup;

import dev.gantry.linux.cgroup.CgroupDetail.BlockIo;
import dev.gantry.linux.cgroup.CgroupDetail.Unit;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The files that tell of block devices (blkio-controller.rst, cgroup-v2.rst). */
final class BlockIoText {
    private static final Pattern SPLIT = Pattern.compile("(?m)^([0-9]{1,9}):([0-9]{1,9}) ([A-Za-z]+) ([0-9]{1,18})$");
    private static final Pattern UNIFIED = Pattern.compile("(?m)^([0-9]{1,9}):([0-9]{1,9}) (.*)$");
    private static final Pattern COUNTER = Pattern.compile("\\b(rbytes|wbytes|rios|wios)=([0-9]{1,18})");
    private static final Map<String, String> WORDS =
            Map.of("rbytes", "read", "wbytes", "write", "rios", "read", "wios", "write");

    private BlockIoText() {}

    /** Version 1: {@code 8:0 Read 4096}, one file per unit. */
    static List<BlockIo> split(Unit unit, String text) {
        return SPLIT.matcher(text)
                .results()
                .map(line -> new BlockIo(unit, number(line, 1), number(line, 2), line.group(3), number(line, 4)))
                .toList();
    }

    /** Version 2: {@code 8:0 rbytes=4096 wbytes=0 rios=1 wios=0 dbytes=0 dios=0}. */
    static List<BlockIo> unified(String text) {
        return UNIFIED.matcher(text).results().flatMap(BlockIoText::counters).toList();
    }

    private static java.util.stream.Stream<BlockIo> counters(MatchResult line) {
        return COUNTER.matcher(line.group(3))
                .results()
                .map(counter -> new BlockIo(
                        counter.group(1).endsWith("bytes") ? Unit.BYTES : Unit.OPERATIONS,
                        number(line, 1),
                        number(line, 2),
                        WORDS.getOrDefault(counter.group(1), ""),
                        number(counter, 2)));
    }

    private static long number(MatchResult match, int group) {
        return Long.parseLong(match.group(group));
    }
}
