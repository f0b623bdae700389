package dev.gantry.service.rpc;

import dev.gantry.contracts.rpc.Role;
import dev.gantry.platform.os.OsUser;
import dev.gantry.platform.pki.Pki;
import dev.gantry.platform.pki.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Real certificates for a test, in a directory of its own. */
record Certificates(Path directory, Pki pki) {
    static final String NODE = "node-1";

    static Certificates in(Path directory) throws IOException {
        var certificates = new Certificates(directory, Pki.in(directory, Clock.systemUTC()));
        for (var role : roles()) {
            certificates.pki.service(subject(role), OsUser.current());
        }
        return certificates;
    }

    static List<Role> roles() {
        return Arrays.stream(Role.values())
                .filter(role -> role != Role.UNRECOGNIZED && role != Role.ROLE_UNSPECIFIED)
                .toList();
    }

    static String name(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    private static Subject subject(Role role) {
        return role == Role.AGENT ? Subject.agent(NODE, "localhost") : Subject.service(name(role), "localhost");
    }
}
