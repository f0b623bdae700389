package dev.gantry.gateway.api;

import com.google.protobuf.ByteString;
import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.rpc.Changed;
import dev.gantry.contracts.rpc.Document;
import java.util.Map;

/** A whole answer: status, and what its body is. */
public sealed interface Answer {
    int status();

    /** No body and no content type. */
    record Bare(int status) implements Answer {}

    /** No body, but headers of its own. */
    record Head(int status, Map<String, String> headers) implements Answer {}

    /** A JSON document; a newline follows it, as from Go's encoder. */
    record Json(int status, ByteString document) implements Answer {}

    /** Plain text, with headers of its own. */
    record Text(int status, String text, Map<String, String> headers) implements Answer {}

    static Answer json(int status, ByteString document) {
        return new Json(status, document);
    }

    static Answer ok(Document document) {
        return new Json(200, document.getJson());
    }

    static Answer object(int status, Object value) {
        return new Json(status, ByteString.copyFrom(DockerJson.write(value)));
    }

    static Answer noContent() {
        return new Bare(204);
    }

    /** 304 is Docker's word for "it is so already". */
    static Answer changed(Changed changed) {
        return new Bare(changed.getChanged() ? 204 : 304);
    }
}
