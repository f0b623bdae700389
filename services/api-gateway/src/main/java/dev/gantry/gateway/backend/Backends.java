package dev.gantry.gateway.backend;

import dev.gantry.contracts.rpc.ContainerLocation;
import io.grpc.Channel;
import java.net.URI;
import java.net.http.HttpClient;

/** Where the services behind the gateway are found. */
public interface Backends {
    Channel scheduler();

    Channel images();

    Channel networks();

    Channel volumes();

    /** The agent of the node that a container lives on. */
    Channel agent(ContainerLocation container);

    /** For bulk bytes to image-service. */
    HttpClient imageHttp();

    /** @param pathAndQuery encoded, with its leading slash */
    URI imageUri(String pathAndQuery);
}
