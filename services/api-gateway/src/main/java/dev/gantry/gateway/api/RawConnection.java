package dev.gantry.gateway.api;

import com.google.protobuf.ByteString;
import dev.gantry.contracts.error.GantryException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A connection that was taken over from HTTP. One thread may read while another writes. */
public interface RawConnection {
    /** Whether the client asked for an upgrade: then the answer is 101 with its headers, else 200. */
    boolean upgrade();

    /** A whole answer in place of a stream: an error as any other operation says it. */
    void refuse(GantryException failure) throws IOException, InterruptedException;

    /** The headers that every answer of the engine has, each with its line end, for a head that is written by hand. */
    String engineHeaders();

    /** What the client sends next; null when it has ended its side. Nothing is read ahead of the call but what one read of the socket holds. */
    @Nullable
    ByteString read() throws IOException, InterruptedException;

    /** Waits until the bytes before these have left. */
    void write(ByteString bytes) throws IOException, InterruptedException;

    /** Runs {@code cancel} once when the client is gone in both directions; at once if it is already. */
    void whenGone(Runnable cancel);
}
