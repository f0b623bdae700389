package dev.gantry.linux.seccomp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.linux.capability.Capability;
import dev.gantry.linux.capability.CapabilitySet;
import dev.gantry.linux.seccomp.BpfInterpreter.Call;
import dev.gantry.linux.seccomp.Rule.When;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every decision for every call of every architecture is libseccomp's. */
class LibseccompComparisonTest {
    private static final KernelVersion KERNEL = new KernelVersion(6, 18);
    private static final List<Architecture> ARCHITECTURES = List.of(Architecture.values());
    private static final List<Condition.Operator> OPERATORS = List.of(Condition.Operator.values());
    private static final List<String> NAMES =
            SyscallTable.x86().names().stream().sorted().toList();

    @TempDir
    private Path directory;

    private LibseccompOracle oracle;

    @BeforeEach
    void buildOracle() throws IOException, InterruptedException {
        oracle = LibseccompOracle.build(directory);
    }

    @Test
    void dockersProfileMeansTheSame() throws IOException, InterruptedException {
        for (var capabilities : List.of(
                CapabilitySet.DOCKER_DEFAULT,
                CapabilitySet.NONE,
                CapabilitySet.ALL,
                CapabilitySet.of(Capability.SYS_PTRACE, Capability.BPF))) {
            compare(SeccompProfile.dockerDefault(), capabilities);
        }
    }

    @Test
    void madeUpProfilesMeanTheSame() throws IOException, InterruptedException {
        var seed = System.nanoTime();
        System.out.println("seed " + seed);
        var random = new Random(seed);
        for (int round = 0; round < 40; round++) {
            compare(profile(random), CapabilitySet.NONE);
        }
    }

    private void compare(SeccompProfile profile, CapabilitySet capabilities) throws IOException, InterruptedException {
        var ours = SeccompCompiler.compile(profile, capabilities, KERNEL).instructions();
        var rules = profile.rules().stream()
                .filter(rule -> rule.applies(capabilities, KERNEL))
                .toList();
        var theirs = oracle.compile(profile.defaultVerdict(), profile.architectures(), rules, directory);
        for (var architecture : profile.architectures()) {
            for (var name : NAMES) {
                var number = SyscallTable.x86().number(architecture, name);
                if (number.isPresent()
                        && !theirs.unknown().contains(name)
                        && named(rules, architecture, number.getAsInt())) {
                    compare(architecture, name, number.getAsInt(), values(rules, name), ours, theirs.program());
                }
            }
        }
    }

    /** Above the highest that the rules name we answer ENOSYS, as runc adds it to what libseccomp makes. */
    private static boolean named(List<Rule> rules, Architecture architecture, int number) {
        var highest = rules.stream()
                .flatMap(rule -> rule.names().stream())
                .flatMapToInt(name -> SyscallTable.x86().number(architecture, name).stream())
                .max();
        return highest.isPresent() && number <= highest.getAsInt();
    }

    private static void compare(
            Architecture architecture,
            String name,
            int number,
            List<Long> values,
            List<BpfProgram.Instruction> ours,
            List<BpfProgram.Instruction> theirs) {
        int full = architecture == Architecture.X32 ? number | (int) Architecture.X32_BIT : number;
        for (var first : values) {
            for (var second : values) {
                long mask = architecture.wide() ? -1 : 0xffff_ffffL;
                var call = new Call(
                        architecture.auditToken(),
                        full,
                        first & mask,
                        second & mask,
                        first & mask,
                        second & mask,
                        0,
                        0);
                assertThat(BpfInterpreter.run(ours, call).verdict())
                        .as("%s %s(%x, %x)", architecture, name, first, second)
                        .isEqualTo(BpfInterpreter.run(theirs, call).verdict());
            }
        }
    }

    /** Around everything that the rules compare with. */
    private static List<Long> values(List<Rule> rules, String name) {
        var values = new TreeSet<>(Set.of(0L, 1L, -1L, 1L << 32));
        for (var rule : rules) {
            for (var condition : rule.names().contains(name) ? rule.conditions() : List.<Condition>of()) {
                values.addAll(Set.of(condition.value()));
                values.add(condition.value() + 1);
                values.add(condition.value() - 1);
                values.add(condition.value() | 1L << 33);
                values.add(condition.masked());
            }
        }
        return List.copyOf(values);
    }

    private static SeccompProfile profile(Random random) {
        var otherwise = random.nextBoolean() ? Verdict.errno(1) : Verdict.ALLOW;
        var rules = new ArrayList<Rule>();
        var used = new TreeSet<String>();
        for (int i = 0; i < 40; i++) {
            var name = NAMES.get(random.nextInt(NAMES.size()));
            // One condition-bearing rule per name: with several, overlapping and differing, libseccomp picks by an
            // order of its own.
            if (used.add(name)
                    && MultiplexedCall.named(name).isEmpty()
                    && !name.equals("ipc")
                    && !name.equals("socketcall")) {
                var verdict = random.nextInt(3) == 0 ? Verdict.errno(38) : Verdict.LOG;
                rules.add(new Rule(List.of(name), verdict, conditions(random), When.ALWAYS, When.ALWAYS));
            }
        }
        var architectures = EnumSet.of(Architecture.X86_64, ARCHITECTURES.get(random.nextInt(ARCHITECTURES.size())));
        return new SeccompProfile(otherwise, architectures, rules, 0);
    }

    private static List<Condition> conditions(Random random) {
        var conditions = new ArrayList<Condition>();
        for (int argument = 0; argument < 2; argument++) {
            if (random.nextInt(3) == 0) {
                conditions.add(new Condition(
                        argument, OPERATORS.get(random.nextInt(OPERATORS.size())), value(random), value(random)));
            }
        }
        return conditions;
    }

    private static long value(Random random) {
        return random.nextLong() >>> random.nextInt(64);
    }
}
