package dev.gantry.gateway.api;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Predicate;

/** How an operation is carried out: always on a virtual thread of its own, so it may block. */
public sealed interface Work {
    /** One question, one answer; the body is small and in memory. */
    @FunctionalInterface
    non-sealed interface Unary extends Work {
        Answer answer(Call call) throws IOException, InterruptedException;
    }

    /** An answer in pieces, for as long as there are any. */
    @FunctionalInterface
    non-sealed interface Streaming extends Work {
        void serve(Call call, Reply reply) throws IOException, InterruptedException;
    }

    /** Takes a body of any size as a back-pressured stream. */
    @FunctionalInterface
    non-sealed interface Upload extends Work {
        void serve(Call call, InputStream body, Reply reply) throws IOException, InterruptedException;
    }

    /** Takes the connection over: what follows is no HTTP. */
    @FunctionalInterface
    non-sealed interface Hijack extends Work {
        void serve(Call call, RawConnection connection) throws IOException, InterruptedException;
    }

    /**
     * The small body says which of the two it is.
     *
     * @param hijacks decides at once, without asking anybody; what it throws is answered as an error
     */
    record BodyDecides(Predicate<Call> hijacks, Hijack hijack, Unary unary) implements Work {}

    /** In the API, not built: answers 501 naming it. */
    record Unbuilt() implements Work {}
}
