package dev.gantry.registry.distribution;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.InputStream;
import java.util.Optional;

/** One request, its body and its answer. */
record Exchange(HttpServerRequest request, HttpServerResponse response, InputStream body) {
    String method() {
        return request.method().name();
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeader(name));
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(request.getParam(name));
    }

    HttpServerResponse answer(int status) {
        return response.setStatusCode(status);
    }

    Refusal unsupported() {
        return DistributionError.UNSUPPORTED.because("method " + method() + " is not supported here");
    }
}
