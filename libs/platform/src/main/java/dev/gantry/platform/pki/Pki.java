package dev.gantry.platform.pki;

import dev.gantry.platform.os.OsUser;
import dev.gantry.platform.os.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** The certificates below one directory, {@code <data>/tls}. Made where missing, left alone where good. */
public final class Pki {
    private static final Duration RENEWED_BEFORE_EXPIRY = Duration.ofDays(90);

    private final Path directory;
    private final Authority internal;
    private final Authority users;
    private final Clock clock;

    private Pki(Path directory, Authority internal, Authority users, Clock clock) {
        this.directory = directory;
        this.internal = internal;
        this.users = users;
        this.clock = clock;
    }

    /**
     * Reads or makes both authorities; their keys belong to the calling user alone.
     *
     * @throws IOException naming the file
     */
    public static Pki in(Path directory, Clock clock) throws IOException {
        var self = OsUser.current();
        // services of other users pass through it to their own directories
        PrivateFiles.directory(directory, self, "rwx--x--x");
        try {
            return new Pki(
                    directory,
                    Authority.in(directory.resolve("ca"), "gantry internal CA", self, clock),
                    Authority.in(directory.resolve("users-ca"), "gantry users CA", self, clock),
                    clock);
        } catch (GeneralSecurityException e) {
            throw new IOException("no usable certificate authority in " + directory, e);
        }
    }

    /** Makes sure that {@code <directory>/<common name>} holds a certificate of the internal CA. Returns whether it was (re)issued. */
    public boolean service(Subject subject, OsUser owner) throws IOException {
        return ensure(internal, subject, new IdentityFiles(directory.resolve(subject.commonName()), owner));
    }

    /** The same from the users' CA, for a client of the public API, in any directory. */
    public boolean user(String name, Path target, OsUser owner) throws IOException {
        return ensure(users, new Subject(name, Set.of(), Optional.empty()), new IdentityFiles(target, owner));
    }

    /**
     * A new certificate of the internal CA that serves clients alone, in a directory that holds nothing yet.
     *
     * @throws IOException also if there is something in the directory
     */
    public void client(String commonName, Path target, OsUser owner) throws IOException {
        if (Files.exists(target)) {
            try (var files = Files.list(target)) {
                if (files.findAny().isPresent()) {
                    throw new IOException(target + " is not empty");
                }
            }
        }
        try {
            var keys = Keys.pair();
            new IdentityFiles(target, owner)
                    .write(internal.certificate(), internal.issueClient(commonName, keys), keys);
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot issue a certificate for " + commonName, e);
        }
    }

    private boolean ensure(Authority authority, Subject subject, IdentityFiles files) throws IOException {
        if (files.usable(authority.certificate(), subject, clock.instant().plus(RENEWED_BEFORE_EXPIRY))) {
            return false;
        }
        try {
            var keys = Keys.pair();
            files.write(authority.certificate(), authority.issue(subject, keys), keys);
            return true;
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot issue a certificate for " + subject.commonName(), e);
        }
    }
}
