package dev.gantry.gateway.shim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import dev.gantry.contracts.api.ApiVersion;
import java.util.ArrayList;
import java.util.function.Consumer;

/** Info as older API versions showed it. */
public final class InfoShims {
    private InfoShims() {}

    public static ByteString info(ApiVersion version, ByteString document) {
        var changes = new ArrayList<Consumer<ObjectNode>>();
        if (version.before(50)) {
            changes.add(InfoShims::bridgeFilters);
        }
        if (version.before(25)) {
            changes.add(InfoShims::plainSecurityOptions);
        }
        return Documents.changed(document, changes);
    }

    /** Up to 1.49 info told whether bridges pass packets through iptables. */
    private static void bridgeFilters(ObjectNode info) {
        info.put("BridgeNfIptables", false);
        info.put("BridgeNfIp6tables", false);
    }

    /** At 1.24 security options were bare names: {@code seccomp} for {@code name=seccomp,profile=builtin}. */
    private static void plainSecurityOptions(ObjectNode info) {
        var options = info.path("SecurityOptions")
                .valueStream()
                .map(option -> option.asText())
                .toList();
        var names = info.putArray("SecurityOptions");
        options.forEach(option -> names.add(option.replaceFirst("^name=", "").replaceFirst(",.*", "")));
    }
}
