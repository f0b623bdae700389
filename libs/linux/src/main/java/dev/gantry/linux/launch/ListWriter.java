package dev.gantry.linux.launch;

import dev.gantry.linux.Sys;
import dev.gantry.linux.launch.SyscallList.Label;
import dev.gantry.linux.launch.SyscallList.Line;
import dev.gantry.linux.launch.SyscallList.OnError;
import dev.gantry.linux.launch.SyscallList.Return;
import dev.gantry.linux.launch.SyscallList.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Writes a list line by line. It also keeps the book of open descriptors: a new one always gets the lowest free number, so
 * numbers are known while the list is written and need not be passed from one call to the next.
 */
final class ListWriter {
    private final List<Line> lines = new ArrayList<>();
    private BitSet open = new BitSet();
    private int labels;

    /** Names a place that has not been written yet. */
    Label newLabel(String name) {
        return new Label(name + " " + ++labels);
    }

    void place(Label label) {
        lines.add(label);
    }

    void end() {
        lines.add(new Return());
    }

    /** A call whose failure is fatal; an empty purpose names the call itself. */
    void must(String purpose, Sys sys, Object... arguments) {
        lines.add(step(purpose, sys, arguments, new OnError.Fatal(), Optional.empty()));
    }

    /** A call that may fail. */
    void may(Sys sys, Object... arguments) {
        lines.add(step("", sys, arguments, new OnError.Ignore(), Optional.empty()));
    }

    /** A call that may fail, and whose result is kept. */
    void may(Argument.Address result, Sys sys, Object... arguments) {
        lines.add(
                step("", sys, arguments, new OnError.Ignore(), Optional.empty()).storing(result));
    }

    /** A call with one errno that is no failure but leads elsewhere. */
    void unless(int errno, Label elsewhere, String purpose, Sys sys, Object... arguments) {
        lines.add(step(purpose, sys, arguments, new OnError.Expect(errno, elsewhere), Optional.empty()));
    }

    /** A call of which any failure leads elsewhere. */
    void orElse(Label elsewhere, Sys sys, Object... arguments) {
        lines.add(step("", sys, arguments, new OnError.Jump(elsewhere), Optional.empty()));
    }

    /** A call that leads elsewhere when it returns 0; its failure is fatal. */
    void whenZero(Label elsewhere, String purpose, Sys sys, Object... arguments) {
        lines.add(step(purpose, sys, arguments, new OnError.Fatal(), Optional.of(elsewhere)));
    }

    /** The same for a call that may fail. */
    void mayWhenZero(Label elsewhere, Sys sys, Object... arguments) {
        lines.add(step("", sys, arguments, new OnError.Ignore(), Optional.of(elsewhere)));
    }

    /** Stores the result of the line written last. */
    void storing(Argument.Address result) {
        lines.set(lines.size() - 1, ((Step) lines.getLast()).storing(result));
    }

    /** Goes on elsewhere. */
    void jump(Label elsewhere) {
        lines.add(step("", Sys.SCHED_YIELD, new Object[0], new OnError.Jump(elsewhere), Optional.of(elsewhere)));
    }

    private static Step step(String purpose, Sys sys, Object[] arguments, OnError onError, Optional<Label> whenZero) {
        List<Argument> read = Arrays.stream(arguments).map(Argument::of).toList();
        return new Step(purpose, sys, read, onError, whenZero, Optional.empty());
    }

    /** Says which descriptors are open at this point. */
    void descriptors(int first, int last) {
        open = new BitSet();
        open.set(first, last + 1);
    }

    /** The number that the next call that opens one gets. */
    int opens() {
        int number = open.nextClearBit(0);
        open.set(number);
        return number;
    }

    void close(int fd) {
        may(Sys.CLOSE, fd);
        open.clear(fd);
    }

    void opened(int fd) {
        open.set(fd);
    }

    void closed(int first, int last) {
        open.clear(first, last + 1);
    }

    SyscallList list(Label failure) {
        return new SyscallList(lines, failure);
    }
}
