package dev.gantry.contracts.docker.create;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.container.HostConfig;
import dev.gantry.contracts.docker.container.HostConfigBuilder;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class UpdatePlanTest {
    private static final long MEGABYTE = 1L << 20;

    private static HostConfig host(UnaryOperator<HostConfigBuilder> fields) {
        return fields.apply(HostConfigBuilder.builder(DockerJson.empty(HostConfig.class)))
                .build();
    }

    private static HostConfig updated(HostConfig now, HostConfig wish) {
        return UpdatePlan.of("id", now, wish, RecordedNode.FACTS).hostConfig();
    }

    @Test
    void whatIsNotNamedStays() {
        var now = host(h ->
                h.memory(100 * MEGABYTE).memorySwap(200 * MEGABYTE).cpuShares(5).cpusetCpus("0"));
        var next = updated(now, host(h -> h.memory(50 * MEGABYTE)));
        assertThat(next)
                .isEqualTo(HostConfigBuilder.builder(now).memory(50 * MEGABYTE).build());
    }

    @Test
    void moreMemoryThanMemoryAndSwapWantsAWordOnSwap() {
        var now = host(h -> h.memory(100 * MEGABYTE).memorySwap(200 * MEGABYTE));
        assertThatThrownBy(() -> updated(now, host(h -> h.memory(300 * MEGABYTE))))
                .hasMessage("Cannot update container id: Memory limit should be smaller than already set memoryswap"
                        + " limit, update the memoryswap at the same time");
        assertThat(updated(now, host(h -> h.memory(300 * MEGABYTE).memorySwap(-1)))
                        .memorySwap())
                .isEqualTo(-1);
    }

    @Test
    void cpusAndQuotasDoNotMix() {
        var quota = host(h -> h.cpuQuota(50_000));
        assertThatThrownBy(() -> updated(quota, host(h -> h.nanoCpus(1_000_000_000))))
                .hasMessageContaining("Nano CPUs cannot be updated as CPU Quota has already been set");
        var cpus = host(h -> h.nanoCpus(1_000_000_000));
        assertThatThrownBy(() -> updated(cpus, host(h -> h.cpuPeriod(50_000))))
                .hasMessageContaining("CPU Period cannot be updated as NanoCPUs has already been set");
    }

    @Test
    void noLimitOfProcessesIsALimitToo() {
        var now = host(h -> h.pidsLimit(20L));
        assertThat(updated(now, host(h -> h)).pidsLimit()).isEqualTo(20);
        assertThat(updated(now, host(h -> h.pidsLimit(0L))).pidsLimit()).isEqualTo(-1);
        assertThat(updated(now, host(h -> h.pidsLimit(30L))).pidsLimit()).isEqualTo(30);
    }
}
