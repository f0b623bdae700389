package dev.gantry.gateway.create;

import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.container.ContainerConfig;
import dev.gantry.contracts.docker.container.ContainerCreateBody;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body of a create, read and checked as far as it can be without asking anybody. */
public final class CreateRequest {
    private CreateRequest() {}

    /** @throws GantryException 400 for what is malformed or empty, 501 naming the field that has no effect yet */
    public static ContainerCreateBody read(byte[] json) {
        var body = DockerJson.read(json, ContainerCreateBody.class);
        var config = body.config();
        if (config == null) {
            throw ErrorCode.EMPTY_CONFIG.with();
        }
        refuseNothingToRun(config);
        NeutralFields.firstUnbuilt(DockerJson.tree(body)).ifPresent(field -> {
            throw ErrorCode.NOT_IMPLEMENTED.with(field);
        });
        return body;
    }

    /** With an image the command may be the image's own. */
    private static void refuseNothingToRun(ContainerConfig config) {
        if (config.image().isEmpty() && none(config.cmd()) && none(config.entrypoint())) {
            throw ErrorCode.NO_COMMAND.with();
        }
    }

    private static boolean none(@Nullable List<String> words) {
        return words == null || words.isEmpty();
    }
}
