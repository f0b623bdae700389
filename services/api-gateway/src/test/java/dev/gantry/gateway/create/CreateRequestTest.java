package dev.gantry.gateway.create;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.recording.Exchange;
import dev.gantry.contracts.recording.Recording;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CreateRequestTest {
    /** What every create of the recordings comes to: the field that is not built, or that it is. */
    @Test
    void whatRealClientsAskForIsBuiltOrRefusedByName() throws Exception {
        var refused = new TreeMap<String, Integer>();
        var built = 0;
        for (var recording : Recording.all()) {
            for (var create : recording.exchanges("POST", "/containers/create").toList()) {
                var field = unbuilt(create);
                if (field.isEmpty()) {
                    built++;
                } else {
                    refused.merge(field, 1, Integer::sum);
                }
            }
        }
        assertThat(built).isGreaterThan(60);
        assertThat(refused.keySet())
                .containsExactlyInAnyOrder(
                        "Healthcheck",
                        "HostConfig.Annotations",
                        "HostConfig.BlkioWeight",
                        "HostConfig.DeviceRequests",
                        "HostConfig.Devices",
                        "HostConfig.IpcMode \"bogus\"",
                        "HostConfig.Isolation \"hyperv\"",
                        "HostConfig.Links",
                        "HostConfig.LogConfig",
                        "HostConfig.Runtime \"nosuch\"",
                        "NetworkingConfig.EndpointsConfig");
    }

    private static String unbuilt(Exchange create) throws Exception {
        try {
            CreateRequest.read(
                    new ObjectMapper().writeValueAsBytes(create.request().json()));
            return "";
        } catch (GantryException refused) {
            return refused.code() == ErrorCode.NOT_IMPLEMENTED
                    ? String.valueOf(refused.getMessage()).replace(" is not supported yet", "")
                    : "";
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "RestartPolicy":{"Name":"no","MaximumRetryCount":0}
            "RestartPolicy":{"Name":"","MaximumRetryCount":0}
            "RestartPolicy":{"Name":"on-failure","MaximumRetryCount":2}
            "RestartPolicy":{"Name":"unless-stopped"}
            "MemorySwappiness":-1
            "MemorySwappiness":null
            "ConsoleSize":[30,100]
            "NetworkMode":"none"
            "NetworkMode":"host"
            "NetworkMode":"default"
            "NetworkMode":"bridge"
            "NetworkMode":"container:c1"
            "PortBindings":{"80/tcp":[{"HostIp":"","HostPort":"8080"}]},"PublishAllPorts":true
            "LogConfig":{"Type":"json-file","Config":{}}
            "LogConfig":{"Type":"","Config":null}
            "OomKillDisable":false
            "Devices":[],"Binds":null,"PortBindings":{},"Tmpfs":{}
            "Binds":["/a:/b"],"Tmpfs":{"/t":"size=1m"},"VolumesFrom":["c1"],"VolumeDriver":"local"
            "Mounts":[{"Type":"volume","Target":"/v"}]
            "PidsLimit":50,"Memory":67108864,"NanoCpus":500000000
            "Sysctls":{"net.ipv4.ip_forward":"0"}
            "CapAdd":["NET_ADMIN"],"CapDrop":"ALL","Privileged":true
            """)
    void acceptsWhatIsNeutralOrBuilt(String hostConfig) {
        read("{\"Image\":\"x\",\"HostConfig\":{" + hostConfig + "}}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "MemorySwappiness":60                    | HostConfig.MemorySwappiness
            "LogConfig":{"Type":"local"}             | HostConfig.LogConfig
            "LogConfig":{"Type":"json-file","Config":{"max-size":"1m"}} | HostConfig.LogConfig
            "blkioweight":300                        | HostConfig.BlkioWeight
            "BlkioWeight":300                        | HostConfig.BlkioWeight
            "Init":true                              | HostConfig.Init
            """)
    void refusesByNameWhatHasNoEffectYet(String hostConfig, String field) {
        assertThatThrownBy(() -> read("{\"Image\":\"x\",\"HostConfig\":{" + hostConfig + "}}"))
                .hasMessage(field + " is not supported yet");
    }

    @Test
    void oneEndpointMayHaveAHardwareAddressAndNothingThatHasNoEffect() {
        readEndpoints("\"default\":{\"Aliases\":null,\"GwPriority\":0,\"MacAddress\":\"02:42:ac:11:00:99\"}");
        assertThatThrownBy(() -> readEndpoints("\"default\":{\"Links\":[\"a:b\"]}"))
                .hasMessage("NetworkingConfig.EndpointsConfig is not supported yet");
        assertThatThrownBy(() -> readEndpoints("\"default\":{},\"other\":{}"))
                .hasMessage("NetworkingConfig.EndpointsConfig is not supported yet");
    }

    private static void readEndpoints(String endpoints) {
        read("{\"Image\":\"x\",\"NetworkingConfig\":{\"EndpointsConfig\":{" + endpoints + "}}}");
    }

    @Test
    void everyFieldOfARequestIsBuiltOrNeutralWhenItIsEmpty() {
        var empty = read("{\"Image\":\"x\",\"HostConfig\":{},\"NetworkingConfig\":{}}");
        assertThat(NeutralFields.firstUnbuilt(DockerJson.tree(empty))).isEmpty();
    }

    private static Object read(String json) {
        return CreateRequest.read(json.getBytes(StandardCharsets.UTF_8));
    }
}
