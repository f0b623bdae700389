package dev.gantry.contracts.docker.create;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.container.ContainerCreateBody;
import dev.gantry.contracts.docker.container.ContainerCreated;
import dev.gantry.contracts.docker.container.ContainerInspect;
import dev.gantry.contracts.docker.container.HostConfig;
import dev.gantry.contracts.docker.image.ImageConfig;
import dev.gantry.contracts.docker.image.ImageInspect;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.recording.Exchange;
import dev.gantry.contracts.recording.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Create requests of real clients come to what the engine stored, warned of and refused. */
class RecordedCreatesTest {
    private static final ImageConfig BUSYBOX = Objects.requireNonNull(
            DockerJson.from(Recording.numbered(132).exchange(2).response().json(), ImageInspect.class)
                    .config());

    @Test
    void storesWhatTheEngineStored() {
        List<String> differences = new ArrayList<>();
        int compared = 0;
        for (Recording recording : Recording.all()) {
            for (Exchange create :
                    recording.exchanges("POST", "/containers/create").toList()) {
                Optional<ContainerInspect> inspected = inspected(recording, create);
                if (inspected.isPresent() && ofBusybox(create)) {
                    compared++;
                    compare(recording, create, inspected.get(), differences);
                }
            }
        }
        assertThat(differences).isEmpty();
        assertThat(compared).isGreaterThan(25);
    }

    @Test
    void warnsAsTheEngineWarned() {
        assertThat(plan(create(39, 2)).warnings())
                .isEqualTo(created(create(39, 2)).warnings());
        assertThat(plan(create(33, 9)).warnings())
                .isEqualTo(created(create(33, 9)).warnings());
    }

    @Test
    void refusesWhatTheEngineRefusedInItsWords() {
        assertThat(RecordedNode.REFUSALS).allSatisfy(refusal -> {
            Exchange create = create(refusal.recording(), refusal.exchange());
            GantryException refused = catchThrowableOfType(GantryException.class, () -> plan(create));
            assertThat(refused).as(create.response().message()).isNotNull();
            assertThat(refused).hasMessage(create.response().message());
            assertThat(refused.code().httpStatus()).isEqualTo(create.status());
        });
    }

    private static void compare(
            Recording recording, Exchange create, ContainerInspect inspected, List<String> differences) {
        CreatePlan plan = plan(create, inspected.id());
        if (!plan.config().equals(inspected.config())) {
            differences.add(recording + " " + create.number() + "\n" + plan.config() + "\n" + inspected.config());
        }
        HostConfig recorded = inspected.hostConfig();
        if (!plan.hostConfig().equals(recorded)) {
            differences.add(recording + " " + create.number() + "\n" + plan.hostConfig() + "\n" + recorded);
        }
    }

    private static Optional<ContainerInspect> inspected(Recording recording, Exchange create) {
        if (create.status() != 201) {
            return Optional.empty();
        }
        String id = created(create).id();
        return recording
                .exchanges("GET", "/containers/[^/]+/json")
                .filter(exchange -> exchange.number() > create.number() && exchange.status() == 200)
                .map(exchange -> exchange.response().json())
                .filter(body -> body.path("Id").asText().equals(id))
                .map(body -> DockerJson.from(body, ContainerInspect.class))
                .findFirst();
    }

    private static boolean ofBusybox(Exchange create) {
        JsonNode image = create.request().json().path("Image");
        return image.asText().equals("busybox");
    }

    private static Exchange create(int recording, int exchange) {
        return Recording.numbered(recording).exchange(exchange);
    }

    private static ContainerCreated created(Exchange create) {
        return DockerJson.from(create.response().json(), ContainerCreated.class);
    }

    private static CreatePlan plan(Exchange create) {
        return plan(create, "0123456789abcdef");
    }

    private static CreatePlan plan(Exchange create, String id) {
        ContainerCreateBody body = DockerJson.from(create.request().json(), ContainerCreateBody.class);
        return CreatePlan.of(body, BUSYBOX, id, RecordedNode.FACTS);
    }
}
