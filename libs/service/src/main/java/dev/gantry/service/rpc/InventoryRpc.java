package dev.gantry.service.rpc;

import dev.gantry.contracts.rpc.InventoryFact;
import dev.gantry.contracts.rpc.InventoryGrpc;
import dev.gantry.contracts.rpc.InventoryPart;
import dev.gantry.contracts.rpc.InventoryQuery;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;

/** {@code gantry.v1.Inventory}: a service's word to whoever compares what all of them know. */
public final class InventoryRpc extends InventoryGrpc.InventoryImplBase {
    /** A container of an image with a hundred layers takes 30 kB. */
    private static final int FACTS_AT_ONCE = 50;

    private final Callable<List<InventoryFact>> facts;

    /** @param facts as they are when it is called; it may wait for a disk or a database */
    public InventoryRpc(Callable<List<InventoryFact>> facts) {
        this.facts = facts;
    }

    @Override
    public void take(InventoryQuery query, StreamObserver<InventoryPart> out) {
        // grpc-java hands every server method a ServerCallStreamObserver
        var writer = new StreamWriter<>((ServerCallStreamObserver<InventoryPart>) out);
        Thread.ofVirtual().name("inventory").start(() -> send(writer));
    }

    private void send(StreamWriter<InventoryPart> writer) {
        try {
            var all = facts.call();
            for (var from = 0; from < all.size(); from += FACTS_AT_ONCE) {
                writer.write(InventoryPart.newBuilder()
                        .addAllFacts(all.subList(from, Math.min(from + FACTS_AT_ONCE, all.size())))
                        .build());
            }
            writer.complete();
        } catch (CancellationException e) {
            // nobody wants to know any more
        } catch (Exception e) {
            writer.fail(e);
        }
    }
}
