package dev.gantry.gateway.routes;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The page that says what of the Engine API is built: generated from the route table, so that it cannot lie. */
final class Coverage {
    /** One operation as the API description lists it. */
    record Described(String tag, String method, String path, String id, String summary) {}

    private Coverage() {}

    static String page(RouteTable routes, List<Described> described) {
        var operations = routes.operations().stream().collect(Collectors.toMap(Operation::id, operation -> operation));
        var byTag =
                described.stream().collect(Collectors.groupingBy(Described::tag, TreeMap::new, Collectors.toList()));
        var built = described.stream().filter(one -> built(operations, one)).count();
        return """
                # Coverage of the Engine API

                Generated from the gateway's route table by `ApiCoverageTest`; do not edit. API versions 1.24 to 1.51 and none are
                spoken. An operation that is not built answers 501 with `{"message": "... is not supported yet"}`.

                **%d of %d operations are built.**
                """.formatted(built, described.size())
                + byTag.entrySet().stream()
                        .map(tag -> section(tag.getKey(), tag.getValue(), operations))
                        .collect(Collectors.joining());
    }

    private static String section(String tag, List<Described> described, Map<String, Operation> operations) {
        return "\n## " + tag + "\n\n| operation | | since | |\n|---|---|---|---|\n"
                + described.stream()
                        .map(one -> "| %s | `%s %s` | %s | %s |%n"
                                .formatted(
                                        one.summary(),
                                        one.method(),
                                        one.path(),
                                        since(operations, one),
                                        built(operations, one) ? "built" : "501"))
                        .collect(Collectors.joining());
    }

    private static String since(Map<String, Operation> operations, Described one) {
        var operation = operations.get(one.id());
        return operation == null ? "" : operation.since().toString();
    }

    private static boolean built(Map<String, Operation> operations, Described one) {
        var operation = operations.get(one.id());
        return operation != null && operation.built();
    }
}
