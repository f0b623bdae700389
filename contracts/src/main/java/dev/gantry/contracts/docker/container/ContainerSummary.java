package dev.gantry.contracts.docker.container;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.contracts.docker.Buildable;
import dev.gantry.contracts.docker.OciDescriptor;
import dev.gantry.contracts.docker.OmitEmpty;
import dev.gantry.contracts.docker.OmitNull;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One container in {@code GET /containers/json}. {@code Created} is in seconds. */
@Buildable
public record ContainerSummary(
        @JsonProperty("Id") String id,
        @JsonProperty("Names") List<String> names,
        @JsonProperty("Image") String image,
        @JsonProperty("ImageID") String imageId,
        @JsonProperty("Command") String command,
        @JsonProperty("Created") long created,
        @JsonProperty("Ports") List<Port> ports,
        @OmitEmpty @JsonProperty("SizeRw") long sizeRw,
        @OmitEmpty @JsonProperty("SizeRootFs") long sizeRootFs,
        @JsonProperty("Labels") Map<String, String> labels,
        @JsonProperty("State") String state,
        @JsonProperty("Status") String status,
        @JsonProperty("HostConfig") SummaryHostConfig hostConfig,
        @JsonProperty("NetworkSettings") SummaryNetworkSettings networkSettings,
        @JsonProperty("Mounts") List<MountPoint> mounts,

        @OmitNull @JsonProperty("ImageManifestDescriptor") @Nullable
        OciDescriptor imageManifestDescriptor) {}
