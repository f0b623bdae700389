package dev.gantry.contracts.docker.container;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.contracts.docker.Buildable;
import dev.gantry.contracts.docker.GraphDriver;
import dev.gantry.contracts.docker.OciDescriptor;
import dev.gantry.contracts.docker.OmitNull;
import dev.gantry.contracts.docker.network.NetworkSettings;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything about one container: {@code GET /containers/{id}/json}. */
@Buildable
public record ContainerInspect(
        @JsonProperty("Id") String id,
        @JsonProperty("Created") Instant created,
        @JsonProperty("Path") String path,
        @JsonProperty("Args") List<String> args,
        @JsonProperty("State") ContainerState state,
        @JsonProperty("Image") String image,
        @JsonProperty("ResolvConfPath") String resolvConfPath,
        @JsonProperty("HostnamePath") String hostnamePath,
        @JsonProperty("HostsPath") String hostsPath,
        @JsonProperty("LogPath") String logPath,
        @JsonProperty("Name") String name,
        @JsonProperty("RestartCount") int restartCount,
        @JsonProperty("Driver") String driver,
        @JsonProperty("Platform") String platform,
        @JsonProperty("MountLabel") String mountLabel,
        @JsonProperty("ProcessLabel") String processLabel,
        @JsonProperty("AppArmorProfile") String appArmorProfile,
        @JsonProperty("ExecIDs") @Nullable List<String> execIds,
        @JsonProperty("HostConfig") HostConfig hostConfig,
        @JsonProperty("GraphDriver") GraphDriver graphDriver,
        @OmitNull @JsonProperty("SizeRw") @Nullable Long sizeRw,
        @OmitNull @JsonProperty("SizeRootFs") @Nullable Long sizeRootFs,
        @JsonProperty("Mounts") List<MountPoint> mounts,
        @JsonProperty("Config") ContainerConfig config,
        @JsonProperty("NetworkSettings") NetworkSettings networkSettings,

        @OmitNull @JsonProperty("ImageManifestDescriptor") @Nullable
        OciDescriptor imageManifestDescriptor) {}
