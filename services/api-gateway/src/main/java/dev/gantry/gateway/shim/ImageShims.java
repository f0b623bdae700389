package dev.gantry.gateway.shim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import dev.gantry.contracts.api.ApiVersion;
import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.container.ContainerConfig;
import java.util.ArrayList;
import java.util.function.Consumer;

/** Images as older API versions showed them. */
public final class ImageShims {
    private ImageShims() {}

    public static ByteString list(ApiVersion version, ByteString document) {
        var changes = new ArrayList<Consumer<ObjectNode>>();
        if (version.before(51)) {
            changes.add(ImageShims::containersNotCounted);
        }
        if (version.before(44)) {
            changes.add(ImageShims::virtualSize);
        }
        if (version.before(42)) {
            changes.add(ImageShims::noDigestsAreNull);
        }
        return Documents.changed(document, changes);
    }

    public static ByteString inspect(ApiVersion version, ByteString document) {
        var changes = new ArrayList<Consumer<ObjectNode>>();
        if (version.before(48)) {
            changes.add(ImageShims::emptyConfigFields);
        }
        if (version.before(45)) {
            changes.add(ImageShims::containerConfig);
        }
        if (version.before(44)) {
            changes.add(ImageShims::virtualSize);
        }
        return Documents.changed(document, changes);
    }

    /** Up to 1.50 the list did not say how many containers use an image. */
    private static void containersNotCounted(ObjectNode image) {
        image.put("Containers", -1);
    }

    /** Up to 1.43 there was a second size, equal to the first. */
    private static void virtualSize(ObjectNode image) {
        image.set("VirtualSize", image.path("Size"));
    }

    /** Up to 1.41 no digests and no tags were null, not []. */
    private static void noDigestsAreNull(ObjectNode image) {
        if (image.path("RepoDigests").isEmpty()) {
            image.putNull("RepoDigests");
        }
    }

    /** Up to 1.47 an image's config had all fields of a container's, empty. */
    private static void emptyConfigFields(ObjectNode image) {
        if (image.path("Config") instanceof ObjectNode config) {
            emptyConfig().properties().stream()
                    .filter(field -> !config.has(field.getKey()))
                    .forEach(field -> config.set(field.getKey(), field.getValue()));
        }
    }

    /** Up to 1.44 inspect had the config of the container that a classic build would have committed. */
    private static void containerConfig(ObjectNode image) {
        image.set("ContainerConfig", emptyConfig());
    }

    private static ObjectNode emptyConfig() {
        return (ObjectNode) DockerJson.tree(DockerJson.empty(ContainerConfig.class));
    }
}
