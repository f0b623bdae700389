package dev.gantry.scheduler.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class PlacementTest {
    private static final List<String> PLATFORMS = List.of("linux/amd64", "linux/arm64", "");

    @RepeatedTest(200)
    void aChosenNodeIsReadyAbleAndNoFullerThanAnyOther() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        var nodes = new ArrayList<Candidate>();
        for (var i = 0; i < random.nextInt(6); i++) {
            nodes.add(new Candidate(
                    "n" + i,
                    random.nextBoolean(),
                    PLATFORMS.get(random.nextInt(3)),
                    random.nextInt(4),
                    random.nextInt(3) * 1_000L));
        }
        var request = new Placement.Request(random.nextBoolean() ? "linux/amd64" : "", random.nextInt(3) * 900L);
        var able = nodes.stream().filter(node -> fits(node, request)).toList();
        try {
            var chosen = Placement.choose(nodes, request);
            var node = nodes.stream()
                    .filter(n -> n.node().equals(chosen))
                    .findFirst()
                    .orElseThrow();
            assertThat(able).as("seed %d", seed).contains(node);
            assertThat(able).allSatisfy(other -> assertThat(node.containers()).isLessThanOrEqualTo(other.containers()));
            Collections.shuffle(nodes, random);
            assertThat(Placement.choose(nodes, request)).as("seed %d", seed).isEqualTo(chosen);
        } catch (GantryException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.NO_NODE);
            assertThat(able).as("seed %d", seed).isEmpty();
        }
    }

    private static boolean fits(Candidate node, Placement.Request request) {
        var platform = request.platform().isEmpty()
                || node.platform().isEmpty()
                || node.platform().equals(request.platform());
        return node.ready() && platform && (node.memoryBytes() == 0 || request.memoryBytes() <= node.memoryBytes());
    }

    @Test
    void saysWhyThereIsNone() {
        var request = new Placement.Request("linux/s390x", 0);
        assertThatThrownBy(() -> Placement.choose(List.of(), request)).hasMessageContaining("no node has joined yet");
        assertThatThrownBy(() -> Placement.choose(List.of(new Candidate("n1", true, "linux/amd64", 0, 0)), request))
                .hasMessageContaining("none is linux/s390x");
    }
}
