package dev.gantry.image.rpc;

import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.OciPlatform;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.image.catalog.Image;
import java.util.Map;

/** Whether an image is of the platform that was asked for: {@code os[/architecture[/variant]]}, or OCI's document. */
final class Platforms {
    private static final Map<String, String> ALIASES =
            Map.of("x86_64", "amd64", "x86-64", "amd64", "aarch64", "arm64", "i386", "386");

    private Platforms() {}

    /** @throws dev.gantry.contracts.error.GantryException PLATFORM_MISMATCH; INVALID_PLATFORM when it is none */
    static void refuseOther(Image image, String reference, String asked) {
        if (asked.isEmpty()) {
            return;
        }
        String wanted = asked.startsWith("{") ? ofDocument(asked) : normalised(asked);
        String has = image.platform();
        boolean same = has.equals(wanted) || has.startsWith(wanted + "/") || wanted.startsWith(has + "/");
        if (!same) {
            throw ErrorCode.PLATFORM_MISMATCH.with(reference, has, wanted);
        }
    }

    private static String ofDocument(String json) {
        OciPlatform platform = DockerJson.read(json, OciPlatform.class);
        String variant = platform.variant();
        return platform.os() + "/" + platform.architecture() + (variant.isEmpty() ? "" : "/" + variant);
    }

    private static String normalised(String asked) {
        String[] parts = asked.split("/", -1);
        if (parts.length > 3 || !asked.matches("[A-Za-z0-9_./-]{1,64}") || asked.contains("//")) {
            throw ErrorCode.INVALID_PLATFORM.with(asked);
        }
        if (parts.length > 1) {
            parts[1] = ALIASES.getOrDefault(parts[1], parts[1]);
        }
        return String.join("/", parts);
    }
}
