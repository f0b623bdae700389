package dev.gantry.service.rpc;

import io.grpc.stub.StreamObserver;
import java.util.concurrent.Callable;

/** How a server method answers: one result, or one error of the catalogue. */
public final class Answers {
    private Answers() {}

    public static <T> void unary(StreamObserver<T> out, Callable<T> work) {
        T answer;
        try {
            answer = work.call();
        } catch (Exception | AssertionError e) {
            out.onError(RpcErrors.toStatus(e));
            return;
        }
        out.onNext(answer);
        out.onCompleted();
    }
}
