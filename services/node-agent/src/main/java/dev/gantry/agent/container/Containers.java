package dev.gantry.agent.container;

import dev.gantry.agent.journal.EpochNanos;
import dev.gantry.agent.journal.Journal;
import dev.gantry.agent.output.Spool;
import dev.gantry.agent.output.Stdin;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.oci.digest.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Every container this host has heard of and not forgotten. */
public final class Containers {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");

    private final Path root;
    private final Supplier<Stdin> stdins;
    private final Map<String, Container> containers = new ConcurrentHashMap<>();

    /** @param root {@code <data>/agent/containers} */
    public Containers(Path root, Supplier<Stdin> stdins) {
        this.root = root;
        this.stdins = stdins;
    }

    /** Reads all journals. */
    public void load() {
        try {
            Files.createDirectories(root);
            try (var directories = Files.list(root)) {
                for (var name :
                        directories.map(path -> path.getFileName().toString()).toList()) {
                    if (ID.matcher(name).matches()) {
                        containers.put(name, open(name));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + root, e);
        }
    }

    /** The container, known before or not. */
    public Container get(String id) {
        if (!ID.matcher(id).matches()) {
            throw ErrorCode.INVALID_PARAMETER.with("container id is not 64 hex digits");
        }
        return containers.computeIfAbsent(id, this::open);
    }

    public Optional<Container> find(String id) {
        return Optional.ofNullable(containers.get(id));
    }

    public Collection<Container> all() {
        return List.copyOf(containers.values());
    }

    /** What those that are not released are made of. */
    public Set<Digest> layers() {
        var found = new HashSet<Digest>();
        for (var container : containers.values()) {
            container
                    .journal()
                    .state()
                    .start()
                    .ifPresent(order -> order.getStart()
                            .getImage()
                            .getLayersList()
                            .forEach(layer -> found.add(Digest.parse(layer.getDiffId()))));
        }
        return found;
    }

    /** Nothing of it is of use to anybody any more. */
    public void forget(Container container) {
        containers.remove(container.id(), container);
        container.journal().delete();
        try {
            Files.deleteIfExists(container.directory());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + container.directory(), e);
        }
    }

    private Container open(String id) {
        var directory = root.resolve(id);
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + directory, e);
        }
        var journal = Journal.open(directory.resolve("journal"));
        return new Container(id, directory, journal, Spool.open(directory, EpochNanos.now()), stdins.get());
    }
}
