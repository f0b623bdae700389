package dev.gantry.gateway.networks;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.gateway.api.Answer;
import dev.gantry.gateway.api.Call;
import java.util.List;

/** There are none, and that is said truthfully: {@code docker inspect x} asks for a plugin last. */
public final class Plugins {
    public Answer list(Call call) {
        return Answer.object(200, List.of());
    }

    @SuppressWarnings("DoNotCallSuggester") // an operation like any other: it always answers 404
    public Answer inspect(Call call) {
        throw ErrorCode.NO_SUCH_PLUGIN.with(call.name());
    }
}
