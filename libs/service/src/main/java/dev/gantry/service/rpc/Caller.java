package dev.gantry.service.rpc;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.rpc.Role;
import dev.gantry.service.tls.PeerIdentity;
import io.grpc.Context;
import java.util.Optional;

/** Who makes the call that is being served: proved by its certificate, or by living in the same process. */
public record Caller(Role role, Optional<String> node) {
    static final Context.Key<Caller> KEY = Context.key("caller");

    static Caller of(PeerIdentity identity) {
        return new Caller(identity.role(), identity.node());
    }

    /** The caller of the gRPC method that runs on this thread. */
    public static Caller current() {
        return Optional.ofNullable(KEY.get())
                .orElseThrow(() -> ErrorCode.FORBIDDEN.with("no caller: not inside a gRPC method"));
    }
}
