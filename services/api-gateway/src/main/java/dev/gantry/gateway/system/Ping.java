package dev.gantry.gateway.system;

import dev.gantry.gateway.api.Answer;
import dev.gantry.gateway.api.Call;
import java.util.Map;

/** The question every client begins with: its headers are the answer. */
public final class Ping {
    private static final Map<String, String> HEADERS = Map.of(
            "Builder-Version", "2",
            "Cache-Control", "no-cache, no-store, must-revalidate",
            "Pragma", "no-cache",
            "Swarm", "inactive");

    public Answer get(Call call) {
        return new Answer.Text(200, "OK", HEADERS);
    }

    public Answer head(Call call) {
        return new Answer.Text(200, "", HEADERS);
    }
}
