package dev.gantry.gateway.backend;

import dev.gantry.contracts.rpc.ContainerLocation;
import dev.gantry.contracts.rpc.Role;
import dev.gantry.service.http.HttpPeers;
import dev.gantry.service.rpc.Peers;
import io.grpc.Channel;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.net.http.HttpClient;

/** The services of this instance, in this process or beyond it. */
@ApplicationScoped
public class PeerBackends implements Backends {
    private final Peers peers;
    private final HttpPeers httpPeers;

    PeerBackends(Peers peers, HttpPeers httpPeers) {
        this.peers = peers;
        this.httpPeers = httpPeers;
    }

    @Override
    public Channel scheduler() {
        return peers.channel(Role.GATEWAY, Role.SCHEDULER);
    }

    @Override
    public Channel images() {
        return peers.channel(Role.GATEWAY, Role.IMAGE);
    }

    @Override
    public Channel networks() {
        return peers.channel(Role.GATEWAY, Role.NETWORK);
    }

    @Override
    public Channel volumes() {
        return peers.channel(Role.GATEWAY, Role.VOLUME);
    }

    @Override
    public Channel agent(ContainerLocation container) {
        return peers.agent(Role.GATEWAY, container.getNode(), container.getAgentHost(), container.getAgentPort());
    }

    @Override
    public HttpClient imageHttp() {
        return httpPeers.client(Role.GATEWAY, Role.IMAGE);
    }

    @Override
    public URI imageUri(String pathAndQuery) {
        return httpPeers.uri(Role.IMAGE, pathAndQuery);
    }
}
