package dev.gantry.gateway.shim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import dev.gantry.contracts.docker.DockerJson;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;

/** Changing a document that is on its way out. One that needs no change is not even parsed. */
final class Documents {
    private Documents() {}

    /** Applies the changes to an object, or to each object of a list. */
    static ByteString changed(ByteString document, List<Consumer<ObjectNode>> changes) {
        if (changes.isEmpty()) {
            return document;
        }
        var tree = DockerJson.parse(document.toByteArray());
        objects(tree).forEach(object -> changes.forEach(change -> change.accept(object)));
        return ByteString.copyFrom(DockerJson.write(tree));
    }

    private static List<ObjectNode> objects(JsonNode tree) {
        return tree instanceof ObjectNode object
                ? List.of(object)
                : StreamSupport.stream(tree.spliterator(), false)
                        .filter(ObjectNode.class::isInstance)
                        .map(ObjectNode.class::cast)
                        .toList();
    }
}
