package dev.gantry.service.rpc;

import com.google.protobuf.Descriptors;
import dev.gantry.contracts.rpc.AccessProto;
import dev.gantry.contracts.rpc.Role;
import dev.gantry.service.tls.PeerIdentity;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.inprocess.InProcessSocketAddress;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Lets a call pass only if its method's {@code callers} option names the caller's role; a method that names none is closed. */
final class Access implements ServerInterceptor {
    /** Carries the role on in-process channels, where there is no certificate; ignored on the network. */
    static final Metadata.Key<String> LOCAL_ROLE = Metadata.Key.of("gantry-role", Metadata.ASCII_STRING_MARSHALLER);

    private final Map<String, List<Role>> callers = new ConcurrentHashMap<>();

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        var caller = caller(call, headers);
        var allowed = callers.computeIfAbsent(
                call.getMethodDescriptor().getFullMethodName(), name -> allowed(call.getMethodDescriptor()));
        if (caller.isEmpty() || !allowed.contains(caller.get().role())) {
            var who = caller.map(c -> c.role().name()).orElse("a caller without a certificate");
            call.close(
                    Status.PERMISSION_DENIED.withDescription(
                            who + " may not call " + call.getMethodDescriptor().getFullMethodName()),
                    new Metadata());
            return new ServerCall.Listener<>() {};
        }
        return Contexts.interceptCall(Context.current().withValue(Caller.KEY, caller.get()), call, headers, next);
    }

    private static List<Role> allowed(MethodDescriptor<?, ?> method) {
        return method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier supplier
                ? allowed(supplier.getMethodDescriptor())
                : List.of();
    }

    static List<Role> allowed(Descriptors.MethodDescriptor method) {
        return List.copyOf(method.getOptions().getExtension(AccessProto.callers));
    }

    private static Optional<Caller> caller(ServerCall<?, ?> call, Metadata headers) {
        if (call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR) instanceof InProcessSocketAddress) {
            return Optional.ofNullable(headers.get(LOCAL_ROLE))
                    .map(role -> new Caller(Role.valueOf(role), Optional.empty()));
        }
        var session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
        if (session == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Caller.of(PeerIdentity.of((X509Certificate) session.getPeerCertificates()[0])));
        } catch (SSLPeerUnverifiedException | CertificateException e) {
            return Optional.empty();
        }
    }
}
