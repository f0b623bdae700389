package dev.gantry.contracts.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gantry.contracts.docker.image.ImageInspect;
import dev.gantry.contracts.docker.image.ImageSummary;
import dev.gantry.contracts.docker.system.SystemInfo;
import java.util.List;

/** Where a round trip differs from what was recorded, and why. */
final class RecordedExceptions {
    /** What the gateway's version shims add for clients of old versions; no part of the object of 1.51. */
    private static final List<String> BACK_FILLED_IN_IMAGE_CONFIG = List.of(
            "Hostname",
            "Domainname",
            "AttachStdin",
            "AttachStdout",
            "AttachStderr",
            "Tty",
            "OpenStdin",
            "StdinOnce",
            "Image");

    private RecordedExceptions() {}

    /** Bodies written by hand leave out or misspell what the record writes; recordings cut some long answers short. */
    static boolean leftOut(JsonNode document, boolean request) {
        return (request && !document.has("Hostname")) || document.has("...");
    }

    static JsonNode explained(JsonNode document, Class<?> type) {
        ObjectNode copy = document.deepCopy();
        if (type == ImageInspect.class) {
            copy.remove(List.of("ContainerConfig", "VirtualSize")); // up to 1.44, up to 1.43
            if (copy.get("Config") instanceof ObjectNode config) {
                config.remove(BACK_FILLED_IN_IMAGE_CONFIG); // up to 1.47
            }
        } else if (type == ImageSummary.class) {
            copy.remove("VirtualSize"); // up to 1.43
        } else if (type == SystemInfo.class) {
            copy.remove(List.of("BridgeNfIp6tables", "BridgeNfIptables", "KernelMemory")); // up to 1.49, 1.41
            removeIn(copy, "RegistryConfig", "AllowNondistributableArtifactsCIDRs"); // up to 1.46
            removeIn(copy, "RegistryConfig", "AllowNondistributableArtifactsHostnames");
            List.of("ContainerdCommit", "RuncCommit", "InitCommit")
                    .forEach(commit -> removeIn(copy, commit, "Expected"));
        }
        return copy;
    }

    private static void removeIn(ObjectNode parent, String child, String field) {
        if (parent.get(child) instanceof ObjectNode object) {
            object.remove(field);
        }
    }
}
