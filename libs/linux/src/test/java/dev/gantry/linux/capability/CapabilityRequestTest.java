package dev.gantry.linux.capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CapabilityRequestTest {
    private static final CapabilitySet WITHOUT_SYS_RESOURCE =
            CapabilitySet.ALL.minus(CapabilitySet.of(Capability.SYS_RESOURCE));

    private static CapabilityRequest request(List<String> add, List<String> drop) {
        return new CapabilityRequest(add, drop, false);
    }

    @Test
    void bitsAreThoseOfTheKernelHeader() {
        assertThat(Capability.SYS_ADMIN.bit()).isEqualTo(21);
        assertThat(Capability.AUDIT_READ.bit()).isEqualTo(37);
        assertThat(Capability.CHECKPOINT_RESTORE.bit()).isEqualTo(40);
        assertThat(CapabilitySet.ALL.bits()).isEqualTo(0x1ff_ffff_ffffL);
    }

    @Test
    void askingForNothingGivesDockersFourteen() {
        assertThat(CapabilityRequest.NOTHING.resolve(CapabilitySet.ALL).bits()).isEqualTo(0xa80425fbL);
        assertThat(CapabilitySet.DOCKER_DEFAULT.toList()).hasSize(14);
    }

    @Test
    void namesAreTakenInAnyCaseWithOrWithoutPrefix() {
        var asked = request(List.of("net_admin", "CAP_SYS_TIME", "all"), List.of("cap_mknod"));
        assertThat(asked.normalised())
                .isEqualTo(request(List.of("CAP_NET_ADMIN", "CAP_SYS_TIME", "ALL"), List.of("CAP_MKNOD")));
    }

    @Test
    void anUnknownNameIsRefusedInDockersWords() {
        assertThatThrownBy(() -> request(List.of("bogus"), List.of()).normalised())
                .isInstanceOf(InvalidCapabilityException.class)
                .hasMessage("invalid CapAdd: unknown capability: \"CAP_BOGUS\"");
        assertThatThrownBy(() -> request(List.of(), List.of("CAP_X\u0000")).normalised())
                .hasMessage("invalid CapDrop: unknown capability: \"CAP_X?\"");
    }

    @Test
    void addingAndDroppingChangesTheDefault() {
        var set = request(List.of("NET_ADMIN"), List.of("MKNOD")).resolve(CapabilitySet.ALL);
        assertThat(set)
                .isEqualTo(CapabilitySet.DOCKER_DEFAULT
                        .plus(CapabilitySet.of(Capability.NET_ADMIN))
                        .minus(CapabilitySet.of(Capability.MKNOD)));
    }

    @Test
    void addingAllSparesWhatIsDropped() {
        assertThat(request(List.of("ALL"), List.of("SYS_ADMIN")).resolve(CapabilitySet.ALL))
                .isEqualTo(CapabilitySet.ALL.minus(CapabilitySet.of(Capability.SYS_ADMIN)));
    }

    @Test
    void droppingAllLeavesWhatIsAdded() {
        assertThat(request(List.of("CHOWN"), List.of("ALL")).resolve(CapabilitySet.ALL))
                .isEqualTo(CapabilitySet.of(Capability.CHOWN));
        assertThat(request(List.of(), List.of("ALL")).resolve(CapabilitySet.ALL))
                .isEqualTo(CapabilitySet.NONE);
    }

    @Test
    void privilegedIsAllThatTheHostHas() {
        assertThat(new CapabilityRequest(List.of(), List.of("ALL"), true).resolve(WITHOUT_SYS_RESOURCE))
                .isEqualTo(WITHOUT_SYS_RESOURCE);
    }

    @Test
    void anAdditionThatTheHostLacksIsRefused() {
        assertThatThrownBy(() -> request(List.of("SYS_RESOURCE"), List.of()).resolve(WITHOUT_SYS_RESOURCE))
                .hasMessage(
                        "invalid CapAdd: capability not supported by your kernel or not available in the current environment:"
                                + " \"CAP_SYS_RESOURCE\"");
    }

    @Test
    void nothingExceedsTheHostWhateverIsAsked() {
        var seed = System.nanoTime();
        System.out.println("seed " + seed);
        var random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            var host = new CapabilitySet(random.nextLong()).within(CapabilitySet.ALL);
            var asked = new CapabilityRequest(names(random), names(random), random.nextBoolean());
            try {
                assertThat(host.containsAll(asked.resolve(host))).isTrue();
            } catch (InvalidCapabilityException e) {
                assertThat(e).hasMessageContaining("not available");
            }
        }
    }

    private static List<String> names(Random random) {
        var names = new ArrayList<>(
                CapabilitySet.ALL.toList().stream().map(Capability::fullName).toList());
        names.add("ALL");
        Collections.shuffle(names, random);
        return names.subList(0, random.nextInt(4));
    }

    @Test
    void readsTheEffectiveSetOfAProcess() {
        assertThat(CapabilitySet.effective("Name:\tx\nCapEff:\t000001fffeffffff\nCapBnd:\t0\n"))
                .isEqualTo(WITHOUT_SYS_RESOURCE);
        assertThatThrownBy(() -> CapabilitySet.effective("")).hasMessageContaining("CapEff");
    }
}
