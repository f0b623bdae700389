package dev.gantry.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs a scenario on all engines, round by round, each round beginning with another engine. */
record Rounds(int warmUp, int counted) {
    Map<Engine, Samples> of(Scenario scenario, List<Engine> engines) throws Exception {
        var nanos = new LinkedHashMap<Engine, List<Long>>();
        engines.forEach(engine -> nanos.put(engine, new ArrayList<>()));
        var order = new ArrayList<>(engines);
        for (var round = 0; round < warmUp + counted; round++) {
            for (var engine : order) {
                var took = scenario.run(engine);
                if (round >= warmUp) {
                    nanos.getOrDefault(engine, new ArrayList<>()).add(took);
                }
            }
            Collections.rotate(order, 1);
        }
        var samples = new LinkedHashMap<Engine, Samples>();
        nanos.forEach((engine, list) -> samples.put(engine, Samples.of(list)));
        return samples;
    }
}
