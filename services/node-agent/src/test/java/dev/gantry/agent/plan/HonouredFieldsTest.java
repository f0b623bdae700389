package dev.gantry.agent.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.contracts.docker.container.ContainerConfig;
import dev.gantry.contracts.docker.container.HostConfig;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class HonouredFieldsTest {
    @Test
    void namesFieldsOfTheEngineApi() {
        assertThat(fields(ContainerConfig.class)).containsAll(HonouredFields.CONTAINER_CONFIG);
        assertThat(fields(HostConfig.class)).containsAll(HonouredFields.HOST_CONFIG);
    }

    private static Set<String> fields(Class<? extends Record> type) {
        var names = new TreeSet<String>();
        for (var component : type.getRecordComponents()) {
            var property = component.getAccessor().getAnnotation(JsonProperty.class);
            names.add(property == null ? component.getName() : property.value());
        }
        return names;
    }
}
