package dev.gantry.linux.seccomp;

import dev.gantry.linux.seccomp.BpfProgram.Instruction;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The same rules compiled by libseccomp, through a small C program that is built with gcc (libseccomp-dev). */
final class LibseccompOracle {
    /** @param unknown names that this libseccomp is too old for */
    record Answer(List<Instruction> program, Set<String> unknown) {}

    /** enum scmp_compare counts from 1 in this order. */
    private static final List<Condition.Operator> ORDER = List.of(Condition.Operator.values());

    private final Path binary;

    private LibseccompOracle(Path binary) {
        this.binary = binary;
    }

    static LibseccompOracle build(Path directory) throws IOException, InterruptedException {
        if (!Files.exists(Path.of("/usr/include/seccomp.h")) || !Files.exists(Path.of("/usr/bin/gcc"))) {
            throw new IllegalStateException(
                    "this comparison needs libseccomp and gcc: apt-get install libseccomp-dev gcc");
        }
        var source = directory.resolve("oracle.c");
        try (var resource = Objects.requireNonNull(LibseccompOracle.class.getResourceAsStream("oracle.c"))) {
            Files.copy(resource, source);
        }
        var binary = directory.resolve("oracle");
        run(new ProcessBuilder("gcc", "-O1", "-o", binary.toString(), source.toString(), "-lseccomp"), directory, "");
        return new LibseccompOracle(binary);
    }

    Answer compile(Verdict otherwise, Set<Architecture> architectures, List<Rule> rules, Path directory)
            throws IOException, InterruptedException {
        var text = new StringBuilder("default " + Integer.toUnsignedString(otherwise.value()) + "\n");
        if (architectures.contains(Architecture.X86)) {
            text.append("arch x86\n");
        }
        if (architectures.contains(Architecture.X32)) {
            text.append("arch x32\n");
        }
        for (var rule : rules) {
            for (var name : rule.names()) {
                if (!rule.verdict().equals(otherwise)) {
                    describe(text, rule, name);
                }
            }
        }
        run(new ProcessBuilder(binary.toString()), directory, text.toString());
        return new Answer(
                instructions(Files.readAllBytes(directory.resolve("out"))),
                new HashSet<>(Files.readAllLines(directory.resolve("err"))));
    }

    private static void describe(StringBuilder text, Rule rule, String name) {
        text.append("rule ")
                .append(Integer.toUnsignedString(rule.verdict().value()))
                .append(' ')
                .append(name)
                .append(' ')
                .append(rule.conditions().size());
        for (var condition : rule.conditions()) {
            text.append(' ').append(condition.argument());
            text.append(' ').append(ORDER.indexOf(condition.operator()) + 1);
            text.append(' ').append(Long.toUnsignedString(condition.value()));
            text.append(' ').append(Long.toUnsignedString(condition.masked()));
        }
        text.append('\n');
    }

    private static void run(ProcessBuilder command, Path directory, String input)
            throws IOException, InterruptedException {
        var in = directory.resolve("in");
        Files.writeString(in, input, StandardCharsets.UTF_8);
        var exit = command.redirectInput(in.toFile())
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile())
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException(
                    command.command() + " exited " + exit + ": " + Files.readString(directory.resolve("err")));
        }
    }

    private static List<Instruction> instructions(byte[] bytes) {
        var buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        var program = new ArrayList<Instruction>();
        while (buffer.hasRemaining()) {
            program.add(new Instruction(
                    Short.toUnsignedInt(buffer.getShort()),
                    Byte.toUnsignedInt(buffer.get()),
                    Byte.toUnsignedInt(buffer.get()),
                    buffer.getInt()));
        }
        return program;
    }
}
