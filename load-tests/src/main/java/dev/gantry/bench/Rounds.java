package dev.gantry.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Runs a scenario on all engines, round by round, each round beginning with another engine. */
record Rounds(int warmUp, int counted) {
    /** @return one for each engine, in their order */
    List<Outcome> of(Scenario scenario, List<Engine> engines) {
        var lanes = engines.stream().map(engine -> new Lane(engine, scenario)).toList();
        try {
            lanes.forEach(Lane::prepare);
            var order = new ArrayList<>(lanes);
            for (var round = 0; round < warmUp + counted; round++) {
                for (var lane : order) {
                    lane.round(round >= warmUp);
                }
                Collections.rotate(order, 1);
            }
            return lanes.stream().map(Lane::outcome).toList();
        } finally {
            lanes.forEach(Lane::close);
        }
    }

    /** As the table says it. */
    @Override
    public String toString() {
        return warmUp + " + " + counted;
    }
}
