package dev.gantry.volume;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RequestedMountsTest {
    private static void refuseAny(String json) {
        RequestedMounts.refuseAny(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void nothingIsNoReasonToRefuse() {
        assertThatCode(() -> refuseAny("")).doesNotThrowAnyException();
        assertThatCode(() -> refuseAny("{\"binds\":[],\"tmpfs\":{},\"volumeDriver\":\"\"}"))
                .doesNotThrowAnyException();
    }

    @Test
    void whatIsAskedForIsNamed() {
        assertThatThrownBy(() -> refuseAny("{\"binds\":[\"data:/d\"]}"))
                .hasMessage("binds (data:/d) is not supported yet");
        assertThatThrownBy(() -> refuseAny("{\"tmpfs\":{\"/t\":\"\"}}")).hasMessage("tmpfs (/t) is not supported yet");
        assertThatThrownBy(() -> refuseAny("{\"mounts\":[{\"Type\":\"volume\",\"Target\":\"/v\"}]}"))
                .hasMessage("mounts (/v) is not supported yet");
    }
}
