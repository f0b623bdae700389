package dev.gantry.network.endpoint;

import java.util.List;

/** A network and who is in it. */
public record Populated(Network network, List<Endpoint> endpoints) {
    public Populated {
        endpoints = List.copyOf(endpoints);
    }
}
