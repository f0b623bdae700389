package dev.gantry.gateway.images;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.gateway.api.Call;
import dev.gantry.gateway.api.Query;
import dev.gantry.gateway.api.Reply;
import dev.gantry.gateway.backend.Backends;
import dev.gantry.gateway.containers.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;

/** Where images come from: the body of the request, a root filesystem or an archive of whole images. */
public final class ImageSources {
    private final ImageBytes bytes;

    public ImageSources(Backends backends) {
        bytes = new ImageBytes(backends);
    }

    public void create(Call call, InputStream body, Reply reply) throws IOException, InterruptedException {
        var query = call.query();
        if (query.has("fromImage") || !query.has("fromSrc")) {
            throw pullingIsNotBuilt(familiar(reference(query.text("fromImage"), query.text("tag"))));
        }
        if (!query.text("fromSrc").equals("-")) {
            throw ErrorCode.NOT_IMPLEMENTED.with("import from " + query.text("fromSrc"));
        }
        bytes.post(target(query), body, reply);
    }

    /** {@code quiet} is Docker's flag, its default false. */
    public void load(Call call, InputStream body, Reply reply) throws IOException, InterruptedException {
        var query = call.query();
        bytes.post(
                "/images/load?quiet=" + query.flag("quiet") + "&platform=" + encoded(query.text("platform")),
                body,
                reply);
    }

    /** Pulling is what {@code docker run} of an unknown image ends in, so this is a first user's first error: it says the way out. */
    private static GantryException pullingIsNotBuilt(String reference) {
        return new GantryException(
                ErrorCode.NOT_IMPLEMENTED,
                "cannot pull " + reference
                        + ": pulling images from a registry is not supported yet; make the image from a"
                        + " root filesystem with: tar -C rootfs -c . | docker import - " + reference);
    }

    private static String target(Query query) {
        var parameters = new StringJoiner("&", "/images/import?", "");
        parameters.add("reference=" + encoded(reference(query.text("repo"), query.text("tag"))));
        parameters.add("message=" + encoded(query.text("message")));
        parameters.add("platform=" + encoded(Platform.check(query.text("platform"))));
        query.all("changes").forEach(change -> parameters.add("changes=" + encoded(change)));
        return parameters.toString();
    }

    /** A tag parameter takes the place of a tag in the name; a digest is joined by an at sign. */
    static String reference(String repository, String tag) {
        if (repository.isEmpty() || tag.isEmpty()) {
            return repository;
        }
        var colon = repository.lastIndexOf(':');
        var bare = colon > repository.lastIndexOf('/') ? repository.substring(0, colon) : repository;
        return bare + (tag.contains(":") ? "@" : ":") + tag;
    }

    /** As a user writes it: the CLI asks for {@code docker.io/library/x:latest} when it was told x. */
    private static String familiar(String reference) {
        return reference.replaceFirst("^docker\\.io/(library/)?", "");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
