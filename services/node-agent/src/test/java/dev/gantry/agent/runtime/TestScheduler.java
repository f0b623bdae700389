package dev.gantry.agent.runtime;

import dev.gantry.contracts.rpc.AgentDirective;
import dev.gantry.contracts.rpc.AgentHello;
import dev.gantry.contracts.rpc.AgentReport;
import dev.gantry.contracts.rpc.NodesGrpc;
import dev.gantry.contracts.rpc.Observation;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A scheduler that commits everything at once, in memory. */
final class TestScheduler extends NodesGrpc.NodesImplBase {
    private final List<Observation> observations = new CopyOnWriteArrayList<>();
    private volatile Optional<AgentHello> hello = Optional.empty();

    @Override
    public StreamObserver<AgentReport> observe(StreamObserver<AgentDirective> out) {
        return new StreamObserver<>() {
            @Override
            public void onNext(AgentReport report) {
                if (report.hasHello()) {
                    hello = Optional.of(report.getHello());
                    out.onNext(AgentDirective.newBuilder()
                            .setWelcome(AgentDirective.Welcome.getDefaultInstance())
                            .build());
                } else {
                    take(report.getObservation(), out);
                }
            }

            @Override
            public void onError(Throwable t) {}

            @Override
            public void onCompleted() {
                out.onCompleted();
            }
        };
    }

    private void take(Observation observation, StreamObserver<AgentDirective> out) {
        var known = of(observation.getContainer()).stream()
                .mapToLong(Observation::getSequence)
                .max()
                .orElse(0);
        if (observation.getSequence() > known) {
            observations.add(observation);
        }
        out.onNext(AgentDirective.newBuilder()
                .setAcknowledged(AgentDirective.Acknowledged.newBuilder()
                        .setContainer(observation.getContainer())
                        .setSequence(observation.getSequence()))
                .build());
    }

    Optional<AgentHello> hello() {
        return hello;
    }

    List<Observation> of(String container) {
        return observations.stream()
                .filter(o -> o.getContainer().equals(container))
                .toList();
    }

    Optional<Observation.Exited> exit(String container) {
        return of(container).stream()
                .filter(Observation::hasExited)
                .map(Observation::getExited)
                .reduce((a, b) -> b);
    }
}
