package dev.gantry.image.catalog;

import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.OciPlatform;
import dev.gantry.contracts.error.ErrorCode;
import java.util.Map;

/** Whether an image is of the platform that was asked for: {@code os[/architecture[/variant]]}, or OCI's document. */
public final class Platforms {
    private static final Map<String, String> ALIASES =
            Map.of("x86_64", "amd64", "x86-64", "amd64", "aarch64", "arm64", "i386", "386");

    private Platforms() {}

    /** @throws dev.gantry.contracts.error.GantryException PLATFORM_MISMATCH; INVALID_PLATFORM when it is none */
    public static void refuseOther(Image image, String reference, String asked) {
        if (!matches(image.platform(), asked)) {
            throw ErrorCode.PLATFORM_MISMATCH.with(reference, image.platform(), wanted(asked));
        }
    }

    /**
     * Whether a platform, as {@link Image#platform} writes it, is the one that was asked for; every one is when none was.
     *
     * @throws dev.gantry.contracts.error.GantryException INVALID_PLATFORM when none can be read out of {@code asked}
     */
    public static boolean matches(String has, String asked) {
        if (asked.isEmpty()) {
            return true;
        }
        String wanted = wanted(asked);
        return has.equals(wanted) || has.startsWith(wanted + "/") || wanted.startsWith(has + "/");
    }

    /** @throws dev.gantry.contracts.error.GantryException when it is none; empty is fine */
    public static void check(String asked) {
        if (!asked.isEmpty()) {
            var _ = wanted(asked);
        }
    }

    private static String wanted(String asked) {
        return asked.startsWith("{") ? ofDocument(asked) : normalised(asked);
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
