package dev.gantry.contracts.docker.create;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.container.ContainerCreateBody;
import dev.gantry.contracts.docker.container.HostConfig;
import dev.gantry.contracts.docker.image.ImageConfig;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.node.NodeFacts;
import dev.gantry.contracts.node.NodeFactsBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HostRulesTest {
    private static final long SEED = 99;
    private static final NodeFacts V1 = RecordedNode.FACTS;
    private static final NodeFacts V2 = NodeFactsBuilder.builder(V1)
            .cgroupVersion(2)
            .oomKillDisable(false)
            .blkioWeight(true)
            .build();
    private static final NodeFacts BARE = DockerJson.empty(NodeFacts.class);

    @Test
    void fillsWhatIsNotAsked() {
        HostConfig host = applied("{}", V2);
        assertThat(host.networkMode()).isEqualTo("bridge");
        assertThat(host.cgroupnsMode()).isEqualTo("private");
        assertThat(host.ipcMode()).isEqualTo("private");
        assertThat(host.shmSize()).isEqualTo(64L << 20);
        assertThat(host.runtime()).isEqualTo("runc");
        assertThat(host.maskedPaths()).contains("/proc/kcore");
        assertThat(host.readonlyPaths()).contains("/proc/sys");
        assertThat(host.restartPolicy().name()).isEqualTo("no");
        assertThat(host.oomKillDisable()).isNull();
    }

    @Test
    void refusesWhatIsNoPortWithDockersWords() {
        assertRefused("{\"PortBindings\":{\"x/tcp\":[]}}", "invalid port specification: \"x\"");
        assertRefused(
                "{\"PortBindings\":{\"80\":[{\"HostPort\":\"8010-8000\"}]}}",
                "invalid port specification: \"8010-8000\"");
        assertRefused("{\"PortBindings\":{\"80\":[{\"HostIp\":\"here\"}]}}", "invalid IP address: here");
        applied("{\"PortBindings\":{\"80/udp\":[{\"HostIp\":\"::1\",\"HostPort\":\"1-9\"},{}],\"81\":null}}", V2);
    }

    private static void assertRefused(String host, String message) {
        assertThatThrownBy(() -> applied(host, V2)).hasMessage(message);
    }

    @Test
    void keepsPathsThatAreAskedForAlsoWhenThereAreNone() {
        assertThat(applied("{\"MaskedPaths\":[],\"ReadonlyPaths\":[\"/x\"]}", V1)
                        .maskedPaths())
                .isEmpty();
    }

    @Test
    void aPrivilegedContainerHasNoMasksAndNoLabels() {
        HostConfig host = applied("{\"Privileged\":true,\"SecurityOpt\":[\"seccomp=unconfined\"]}", V1);
        assertThat(host.maskedPaths()).isNull();
        assertThat(host.securityOpt()).containsExactly("seccomp=unconfined", "label=disable");
        assertThat(applied("{\"PidMode\":\"host\",\"SecurityOpt\":[\"label=type:x\"]}", V1)
                        .securityOpt())
                .containsExactly("label=type:x");
    }

    @Test
    void givesAsMuchSwapAsMemory() {
        assertThat(applied("{\"Memory\":67108864}", V1).memorySwap()).isEqualTo(134217728);
        assertThat(applied("{\"Memory\":67108864,\"MemorySwap\":-1}", V1).memorySwap())
                .isEqualTo(-1);
        assertThat(applied("{\"Memory\":9223372036854775807}", V1).memorySwap()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void discardsWithAWarningWhatTheKernelLacks() {
        List<String> warnings = new ArrayList<>();
        HostConfig host = HostRules.apply(
                host(
                        "{\"Memory\":67108864,\"PidsLimit\":5,\"CpuShares\":9,\"OomKillDisable\":true,\"CpusetCpus\":\"0\"}"),
                BARE,
                warnings);
        assertThat(host.memory()).isZero();
        assertThat(host.pidsLimit()).isNull();
        assertThat(host.cpuShares()).isZero();
        assertThat(host.cpusetCpus()).isEmpty();
        assertThat(host.oomKillDisable()).isNull();
        assertThat(warnings).hasSize(6).anyMatch(warning -> warning.contains("IPv4 forwarding"));
    }

    @Test
    void normalisesCapabilities() {
        HostConfig host = applied("{\"CapAdd\":[\"net_admin\",\"CAP_SYS_TIME\",\"all\"],\"CapDrop\":\"mknod\"}", V1);
        assertThat(host.capAdd()).containsExactly("CAP_NET_ADMIN", "CAP_SYS_TIME", "ALL");
        assertThat(host.capDrop()).containsExactly("CAP_MKNOD");
    }

    @Test
    void refusesWhatDockerRefuses() {
        Map<String, String> refusals = Map.ofEntries(
                Map.entry(
                        "{\"MemorySwap\":99999999}",
                        "You should always set the Memory limit when using Memoryswap limit, see usage"),
                Map.entry("{\"MemorySwappiness\":101}", "Invalid value: 101, valid memory swappiness range is 0-100"),
                Map.entry("{\"MemoryReservation\":5}", "Minimum memory reservation allowed is 6MB"),
                Map.entry(
                        "{\"NanoCpus\":1,\"CpuQuota\":5000}",
                        "Conflicting options: Nano CPUs and CPU Quota cannot both be set."),
                Map.entry(
                        "{\"NanoCpus\":-1}", "range of CPUs is from 0.01 to 2.00, as there are only 2 CPUs available"),
                Map.entry("{\"CpuQuota\":5}", "CPU cfs quota can not be less than 1ms (i.e. 1000)"),
                Map.entry("{\"CpusetCpus\":\"1-\"}", "Invalid value 1- for cpuset cpus"),
                Map.entry("{\"CpusetMems\":\"x\"}", "Invalid value x for cpuset mems"),
                Map.entry("{\"ShmSize\":-1}", "SHM size can not be less than 0"),
                Map.entry("{\"PidMode\":\"bogus\"}", "invalid PID mode: bogus"),
                Map.entry("{\"CgroupnsMode\":\"bogus\"}", "invalid cgroup namespace mode: bogus"),
                Map.entry(
                        "{\"OomScoreAdj\":-2147483648}",
                        "Invalid value -2147483648, range for oom score adj is [-1000, 1000]"),
                Map.entry(
                        "{\"AutoRemove\":true,\"RestartPolicy\":{\"Name\":\"always\"}}",
                        "can't create 'AutoRemove' container with restart policy"),
                Map.entry(
                        "{\"IOMaximumIOps\":1}",
                        "Invalid QoS settings: linux does not support Maximum IO Bandwidth or Maximum IO IOps"));
        refusals.forEach((asked, message) -> assertThatThrownBy(() -> applied(asked, V1))
                .as(asked)
                .isInstanceOf(GantryException.class)
                .hasMessage(message));
    }

    @Test
    void networkModesOfOtherContainersExcludeNetworkOptions() {
        Map<String, String> conflicts = Map.of(
                "{\"Image\":\"i\",\"Hostname\":\"h\",\"HostConfig\":{\"NetworkMode\":\"container:c\"}}",
                "conflicting options: hostname and the network mode",
                "{\"Image\":\"i\",\"HostConfig\":{\"NetworkMode\":\"container:c\",\"Dns\":[\"1.1.1.1\"]}}",
                "conflicting options: dns and the network mode",
                "{\"Image\":\"i\",\"HostConfig\":{\"NetworkMode\":\"container:\"}}",
                "invalid container format container:<name|id>");
        conflicts.forEach(
                (body, message) -> assertThatThrownBy(() -> plan(body)).hasMessage(message));
    }

    @Test
    void putsTheEndpointOfTheDefaultNetworkUnderItsName() {
        CreatePlan plan = plan("{\"Image\":\"i\",\"Cmd\":[\"x\"],\"NetworkingConfig\":{\"EndpointsConfig\":"
                + "{\"default\":{\"MacAddress\":\"02:42:ac:11:00:99\"}}}}");
        assertThat(plan.networkingConfig().endpointsConfig()).containsOnlyKeys("bridge");
        assertThat(plan("{\"Image\":\"i\",\"Cmd\":[\"x\"],\"HostConfig\":{\"NetworkMode\":\"none\"}}")
                        .networkingConfig()
                        .endpointsConfig())
                .containsOnlyKeys("none");
    }

    @Test
    void whatWasAcceptedIsAcceptedAgainAndStaysTheSame() {
        Random random = new Random(SEED);
        int accepted = 0;
        for (int i = 0; i < 5_000; i++) {
            HostConfig asked = host(randomHost(random));
            try {
                HostConfig once = HostRules.apply(asked, V1, new ArrayList<>());
                assertThat(HostRules.apply(once, V1, new ArrayList<>()))
                        .as("seed %d", SEED)
                        .isEqualTo(once);
                accepted++;
            } catch (GantryException refused) {
                assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_PARAMETER);
            }
        }
        assertThat(accepted).isGreaterThan(200);
    }

    private static String randomHost(Random random) {
        return "{\"Memory\":" + number(random) + ",\"MemorySwap\":" + number(random) + ",\"MemoryReservation\":"
                + number(random) + ",\"MemorySwappiness\":" + (random.nextInt(103) - 1) + ",\"PidsLimit\":"
                + (random.nextInt(4) - 1) + ",\"NanoCpus\":" + number(random) + ",\"BlkioWeight\":"
                + random.nextInt(1200)
                + ",\"Privileged\":" + random.nextBoolean() + ",\"NetworkMode\":\""
                + List.of("", "default", "host", "none", "net1").get(random.nextInt(5)) + "\"}";
    }

    private static long number(Random random) {
        return random.nextBoolean() ? 0 : random.nextLong(-5, 2_000_000_000L);
    }

    private static CreatePlan plan(String body) {
        return CreatePlan.of(
                DockerJson.read(body, ContainerCreateBody.class),
                DockerJson.empty(ImageConfig.class),
                "0123456789abcdef",
                V1);
    }

    private static HostConfig applied(String asked, NodeFacts node) {
        return HostRules.apply(host(asked), node, new ArrayList<>());
    }

    private static HostConfig host(String json) {
        return DockerJson.read(json, HostConfig.class);
    }
}
