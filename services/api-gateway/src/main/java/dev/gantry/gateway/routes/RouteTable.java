package dev.gantry.gateway.routes;

import static java.util.Comparator.comparingInt;

import dev.gantry.contracts.api.ApiVersion;
import dev.gantry.gateway.api.Work;
import dev.gantry.gateway.containers.Attach;
import dev.gantry.gateway.containers.ContainerArchives;
import dev.gantry.gateway.containers.Containers;
import dev.gantry.gateway.containers.ExecStart;
import dev.gantry.gateway.containers.Execs;
import dev.gantry.gateway.containers.Exports;
import dev.gantry.gateway.containers.Lifecycle;
import dev.gantry.gateway.containers.Logs;
import dev.gantry.gateway.containers.Resize;
import dev.gantry.gateway.containers.Stats;
import dev.gantry.gateway.containers.Top;
import dev.gantry.gateway.containers.Wait;
import dev.gantry.gateway.events.Events;
import dev.gantry.gateway.images.ImageSources;
import dev.gantry.gateway.images.Images;
import dev.gantry.gateway.images.SavedImages;
import dev.gantry.gateway.networks.Networks;
import dev.gantry.gateway.networks.Plugins;
import dev.gantry.gateway.networks.Volumes;
import dev.gantry.gateway.system.EngineInfo;
import dev.gantry.gateway.system.Ping;
import dev.gantry.gateway.system.Versions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every operation of the Engine API. What is not built stands here too, so that it answers 501 and not 404. */
public final class RouteTable {
    /** The operations that have an effect, by what they are about. */
    public record Built(
            Containers containers,
            Lifecycle lifecycle,
            Wait waiting,
            Attach attach,
            Logs logs,
            Resize resize,
            Top top,
            Stats stats,
            Execs execs,
            ExecStart execStart,
            ContainerArchives archives,
            Exports exports,
            Images images,
            ImageSources imageSources,
            SavedImages savedImages,
            Networks networks,
            Volumes volumes,
            Plugins plugins,
            Ping ping,
            Versions versions,
            EngineInfo info,
            Events events) {}

    /** An operation and the value of its path's variable. */
    public record Match(Operation operation, String name) {}

    private final List<Operation> operations;
    private final Map<String, List<Operation>> byMethod;

    private RouteTable(List<Operation> operations) {
        this.operations = operations;
        this.byMethod = operations.stream()
                .sorted(comparingInt((Operation operation) -> operation.path().precision())
                        .reversed())
                .collect(Collectors.groupingBy(Operation::method));
    }

    public List<Operation> operations() {
        return operations;
    }

    /** @param path decoded, without its version */
    public Optional<Match> find(String method, String path) {
        for (var operation : byMethod.getOrDefault(method, List.of())) {
            var name = operation.path().match(path);
            if (name.isPresent()) {
                return Optional.of(new Match(operation, name.get()));
            }
        }
        return Optional.empty();
    }

    public static RouteTable of(Built built) {
        return new RouteTable(Stream.of(
                        containers(built),
                        images(built),
                        networksAndVolumes(built),
                        plugins(built),
                        platform(built),
                        cluster())
                .flatMap(operations -> operations)
                .toList());
    }

    private static Stream<Operation> containers(Built built) {
        return Stream.of(
                unary("GET", "/containers/json", "ContainerList", built.containers()::list),
                unary("POST", "/containers/create", "ContainerCreate", built.containers()::create),
                unary("GET", "/containers/{id}/json", "ContainerInspect", built.containers()::inspect),
                unary("POST", "/containers/{id}/rename", "ContainerRename", built.containers()::rename),
                unary("DELETE", "/containers/{id}", "ContainerDelete", built.containers()::remove),
                since(25, unary("POST", "/containers/prune", "ContainerPrune", built.containers()::prune)),
                unary("POST", "/containers/{id}/start", "ContainerStart", built.lifecycle()::start),
                unary("POST", "/containers/{id}/stop", "ContainerStop", built.lifecycle()::stop),
                unary("POST", "/containers/{id}/restart", "ContainerRestart", built.lifecycle()::restart),
                unary("POST", "/containers/{id}/kill", "ContainerKill", built.lifecycle()::kill),
                streaming("POST", "/containers/{id}/wait", "ContainerWait", built.waiting()::serve),
                streaming("GET", "/containers/{id}/logs", "ContainerLogs", built.logs()::serve),
                hijack("POST", "/containers/{id}/attach", "ContainerAttach", built.attach()::serve),
                unary("GET", "/containers/{id}/top", "ContainerTop", built.top()::list),
                streaming("GET", "/containers/{id}/changes", "ContainerChanges", built.exports()::changes),
                streaming("GET", "/containers/{id}/export", "ContainerExport", built.exports()::export),
                streaming("GET", "/containers/{id}/stats", "ContainerStats", built.stats()::serve),
                unary("POST", "/containers/{id}/resize", "ContainerResize", built.resize()::container),
                unary("POST", "/containers/{id}/update", "ContainerUpdate", built.containers()::update),
                unary("POST", "/containers/{id}/pause", "ContainerPause", built.lifecycle()::pause),
                unary("POST", "/containers/{id}/unpause", "ContainerUnpause", built.lifecycle()::unpause),
                unbuilt("GET", "/containers/{id}/attach/ws", "ContainerAttachWebsocket"),
                unary("HEAD", "/containers/{id}/archive", "ContainerArchiveInfo", built.archives()::stat),
                streaming("GET", "/containers/{id}/archive", "ContainerArchive", built.archives()::read),
                upload("PUT", "/containers/{id}/archive", "PutContainerArchive", built.archives()::write),
                unary("POST", "/containers/{id}/exec", "ContainerExec", built.execs()::create),
                operation(
                        "POST",
                        "/exec/{id}/start",
                        "ExecStart",
                        built.execStart().work()),
                unary("POST", "/exec/{id}/resize", "ExecResize", built.resize()::exec),
                unary("GET", "/exec/{id}/json", "ExecInspect", built.execs()::inspect));
    }

    private static Stream<Operation> images(Built built) {
        return Stream.of(
                unary("GET", "/images/json", "ImageList", built.images()::list),
                unary("GET", "/images/{name}/json", "ImageInspect", built.images()::inspect),
                unary("GET", "/images/{name}/history", "ImageHistory", built.images()::history),
                unary("POST", "/images/{name}/tag", "ImageTag", built.images()::tag),
                unary("DELETE", "/images/{name}", "ImageDelete", built.images()::remove),
                since(25, unary("POST", "/images/prune", "ImagePrune", built.images()::prune)),
                upload("POST", "/images/create", "ImageCreate", built.imageSources()::create),
                unbuilt("POST", "/images/{name}/push", "ImagePush"),
                unbuilt("GET", "/images/search", "ImageSearch"),
                streaming("GET", "/images/{name}/get", "ImageGet", built.savedImages()::one),
                streaming("GET", "/images/get", "ImageGetAll", built.savedImages()::several),
                upload("POST", "/images/load", "ImageLoad", built.imageSources()::load),
                unbuilt("POST", "/commit", "ImageCommit"),
                unbuilt("POST", "/build", "ImageBuild"),
                since(31, unbuilt("POST", "/build/prune", "BuildPrune")),
                since(39, unbuilt("POST", "/build/cancel", "BuildCancel")),
                since(30, unbuilt("GET", "/distribution/{name}/json", "DistributionInspect")));
    }

    private static Stream<Operation> networksAndVolumes(Built built) {
        return Stream.of(
                unary("GET", "/networks", "NetworkList", built.networks()::list),
                unary("GET", "/networks/", "NetworkListSlash", built.networks()::list),
                unary("GET", "/networks/{id}", "NetworkInspect", built.networks()::inspect),
                unbuilt("DELETE", "/networks/{id}", "NetworkDelete"),
                unbuilt("POST", "/networks/create", "NetworkCreate"),
                unbuilt("POST", "/networks/{id}/connect", "NetworkConnect"),
                unbuilt("POST", "/networks/{id}/disconnect", "NetworkDisconnect"),
                since(25, unbuilt("POST", "/networks/prune", "NetworkPrune")),
                unary("GET", "/volumes", "VolumeList", built.volumes()::list),
                unary("GET", "/volumes/{name}", "VolumeInspect", built.volumes()::inspect),
                unary("POST", "/volumes/create", "VolumeCreate", built.volumes()::create),
                since(42, unbuilt("PUT", "/volumes/{name}", "VolumeUpdate")),
                unary("DELETE", "/volumes/{name}", "VolumeDelete", built.volumes()::remove),
                since(25, unary("POST", "/volumes/prune", "VolumePrune", built.volumes()::prune)));
    }

    private static Stream<Operation> plugins(Built built) {
        return Stream.of(
                since(25, unary("GET", "/plugins", "PluginList", built.plugins()::list)),
                since(25, unary("GET", "/plugins/{name}/json", "PluginInspect", built.plugins()::inspect)),
                since(25, unbuilt("GET", "/plugins/privileges", "GetPluginPrivileges")),
                since(25, unbuilt("POST", "/plugins/pull", "PluginPull")),
                since(25, unbuilt("DELETE", "/plugins/{name}", "PluginDelete")),
                since(25, unbuilt("POST", "/plugins/{name}/enable", "PluginEnable")),
                since(25, unbuilt("POST", "/plugins/{name}/disable", "PluginDisable")),
                since(26, unbuilt("POST", "/plugins/{name}/upgrade", "PluginUpgrade")),
                since(25, unbuilt("POST", "/plugins/create", "PluginCreate")),
                since(25, unbuilt("POST", "/plugins/{name}/push", "PluginPush")),
                since(25, unbuilt("POST", "/plugins/{name}/set", "PluginSet")));
    }

    private static Stream<Operation> platform(Built built) {
        return Stream.of(
                unary("GET", "/_ping", "SystemPing", built.ping()::get),
                unary("HEAD", "/_ping", "SystemPingHead", built.ping()::head),
                unary("GET", "/version", "SystemVersion", built.versions()::get),
                unary("GET", "/info", "SystemInfo", built.info()::get),
                streaming("GET", "/events", "SystemEvents", built.events()::serve),
                unbuilt("POST", "/auth", "SystemAuth"),
                since(25, unbuilt("GET", "/system/df", "SystemDataUsage")),
                since(31, unbuilt("POST", "/session", "Session")),
                since(40, unbuilt("POST", "/grpc", "GRPC")));
    }

    private static Stream<Operation> cluster() {
        return Stream.of(
                unbuilt("GET", "/nodes", "NodeList"),
                unbuilt("GET", "/nodes/{id}", "NodeInspect"),
                unbuilt("DELETE", "/nodes/{id}", "NodeDelete"),
                unbuilt("POST", "/nodes/{id}/update", "NodeUpdate"),
                unbuilt("GET", "/swarm", "SwarmInspect"),
                unbuilt("POST", "/swarm/init", "SwarmInit"),
                unbuilt("POST", "/swarm/join", "SwarmJoin"),
                unbuilt("POST", "/swarm/leave", "SwarmLeave"),
                unbuilt("POST", "/swarm/update", "SwarmUpdate"),
                unbuilt("GET", "/swarm/unlockkey", "SwarmUnlockkey"),
                unbuilt("POST", "/swarm/unlock", "SwarmUnlock"),
                unbuilt("GET", "/services", "ServiceList"),
                unbuilt("POST", "/services/create", "ServiceCreate"),
                unbuilt("GET", "/services/{id}", "ServiceInspect"),
                unbuilt("DELETE", "/services/{id}", "ServiceDelete"),
                unbuilt("POST", "/services/{id}/update", "ServiceUpdate"),
                unbuilt("GET", "/services/{id}/logs", "ServiceLogs"),
                unbuilt("GET", "/tasks", "TaskList"),
                unbuilt("GET", "/tasks/{id}", "TaskInspect"),
                unbuilt("GET", "/tasks/{id}/logs", "TaskLogs"),
                unbuilt("GET", "/secrets", "SecretList"),
                unbuilt("POST", "/secrets/create", "SecretCreate"),
                unbuilt("GET", "/secrets/{id}", "SecretInspect"),
                unbuilt("DELETE", "/secrets/{id}", "SecretDelete"),
                unbuilt("POST", "/secrets/{id}/update", "SecretUpdate"),
                since(30, unbuilt("GET", "/configs", "ConfigList")),
                since(30, unbuilt("POST", "/configs/create", "ConfigCreate")),
                since(30, unbuilt("GET", "/configs/{id}", "ConfigInspect")),
                since(30, unbuilt("DELETE", "/configs/{id}", "ConfigDelete")),
                since(30, unbuilt("POST", "/configs/{id}/update", "ConfigUpdate")));
    }

    private static Operation unary(String method, String path, String id, Work.Unary work) {
        return operation(method, path, id, work);
    }

    private static Operation streaming(String method, String path, String id, Work.Streaming work) {
        return operation(method, path, id, work);
    }

    private static Operation upload(String method, String path, String id, Work.Upload work) {
        return operation(method, path, id, work);
    }

    private static Operation hijack(String method, String path, String id, Work.Hijack work) {
        return operation(method, path, id, work);
    }

    private static Operation unbuilt(String method, String path, String id) {
        return operation(method, path, id, new Work.Unbuilt());
    }

    private static Operation operation(String method, String path, String id, Work work) {
        return new Operation(id, method, PathPattern.of(path), ApiVersion.MINIMUM, work);
    }

    private static Operation since(int minor, Operation operation) {
        return new Operation(
                operation.id(), operation.method(), operation.path(), new ApiVersion(1, minor), operation.work());
    }
}
