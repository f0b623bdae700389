package dev.gantry.gateway.testing;

import dev.gantry.contracts.rpc.ContainerLocation;
import dev.gantry.gateway.backend.Backends;
import io.grpc.Channel;
import java.net.URI;
import java.net.http.HttpClient;

/** Services that must not be asked. */
final class NoServices implements Backends {
    @Override
    public Channel scheduler() {
        throw new AssertionError("asked");
    }

    @Override
    public Channel images() {
        throw new AssertionError("asked");
    }

    @Override
    public Channel networks() {
        throw new AssertionError("asked");
    }

    @Override
    public Channel volumes() {
        throw new AssertionError("asked");
    }

    @Override
    public Channel agent(ContainerLocation container) {
        throw new AssertionError("asked");
    }

    @Override
    public HttpClient imageHttp() {
        throw new AssertionError("asked");
    }

    @Override
    public URI imageUri(String pathAndQuery) {
        throw new AssertionError("asked");
    }
}
