package dev.gantry.linux.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.linux.Kernel;
import dev.gantry.linux.Sys;
import dev.gantry.linux.launch.SyscallList.Cell;
import dev.gantry.linux.launch.SyscallList.Label;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The machine code: it is what its source says, and it walks in this very process. */
class WalkerTest {
    private static final int EBADF = 9;

    @TempDir
    Path directory;

    @Test
    void isWhatItsSourceAssemblesTo() throws Exception {
        run(
                "as",
                "-o",
                "walker.o",
                Path.of("src/main/asm/walker-x86_64.S").toAbsolutePath().toString());
        run("objcopy", "-O", "binary", "-j", ".text", "walker.o", "walker.bin");
        assertThat(Walker.code()).isEqualTo(Files.readAllBytes(directory.resolve("walker.bin")));
    }

    private void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).as(command[0] + " (package binutils)").isZero();
    }

    @Test
    void beginsAsAFunctionWhereTheSourceSays() {
        assertThat(Walker.code()[Walker.FUNCTION]).as("push %%rbx").isEqualTo((byte) 0x53);
    }

    private static final Cell FIRST = Cell.zero("first", 8);
    private static final Cell SECOND = Cell.zero("second", 8);

    /** Walks on this thread; a fatal failure goes on at the label {@code failed}, which here just returns. */
    private static Walked walk(ListWriter out) {
        Label failed = new Label("failed");
        out.end();
        out.place(failed);
        out.end();
        SyscallList list = out.list(failed);
        long[] base = new long[1];
        byte[] after = Kernel.real().walk(Walker.code(), Walker.FUNCTION, address -> {
            base[0] = address;
            return Assembler.assemble(list, address).bytes().toArray();
        });
        return new Walked(ByteBuffer.wrap(after).order(ByteOrder.nativeOrder()), Assembler.assemble(list, base[0]));
    }

    private record Walked(ByteBuffer memory, Assembler.Image image) {
        long cell(Cell cell) {
            return memory.getLong(image.offset(cell));
        }
    }

    @Test
    void makesCallsAndStoresResults() {
        ListWriter out = new ListWriter();
        out.must("", Sys.GETPID);
        out.storing(FIRST.at(0));
        out.may(SECOND.at(0), Sys.CLOSE, -1);
        Walked walked = walk(out);
        assertThat(walked.cell(FIRST)).isEqualTo(ProcessHandle.current().pid());
        assertThat(walked.cell(SECOND)).isEqualTo(-EBADF);
        assertThat(walked.cell(Cell.FAILURE)).isZero();
    }

    @Test
    void stopsAtAFatalFailureAndNamesIt() {
        ListWriter out = new ListWriter();
        out.must("close nothing", Sys.CLOSE, -1);
        out.must("", Sys.GETPID);
        out.storing(FIRST.at(0));
        out.may(SECOND.at(0), Sys.GETPID);
        Walked walked = walk(out);
        assertThat(walked.cell(FIRST)).isZero();
        assertThat(walked.image().stepAt(walked.cell(Cell.FAILURE)).purpose()).isEqualTo("close nothing");
        assertThat(walked.memory().getLong(walked.image().offset(Cell.FAILURE) + 8))
                .isEqualTo(EBADF);
    }

    @Test
    void jumpsOnZeroOnAnExpectedErrnoAndOnAnyError() {
        ListWriter out = new ListWriter();
        Label one = out.newLabel("one");
        Label two = out.newLabel("two");
        Label three = out.newLabel("three");
        out.whenZero(one, "", Sys.SCHED_YIELD);
        out.may(FIRST.at(0), Sys.GETPID);
        out.place(one);
        out.unless(EBADF, two, "", Sys.CLOSE, -1);
        out.may(FIRST.at(0), Sys.GETPID);
        out.place(two);
        out.orElse(three, Sys.CLOSE, -1);
        out.may(FIRST.at(0), Sys.GETPID);
        out.place(three);
        out.may(SECOND.at(0), Sys.GETPID);
        Walked walked = walk(out);
        assertThat(walked.cell(FIRST)).isZero();
        assertThat(walked.cell(SECOND)).isPositive();
    }

    @Test
    void takesAnotherErrnoThanTheExpectedOneForFatal() {
        ListWriter out = new ListWriter();
        Label elsewhere = out.newLabel("elsewhere");
        out.unless(EBADF + 1, elsewhere, "odd", Sys.CLOSE, -1);
        out.place(elsewhere);
        Walked walked = walk(out);
        assertThat(walked.image().stepAt(walked.cell(Cell.FAILURE)).purpose()).isEqualTo("odd");
    }
}
