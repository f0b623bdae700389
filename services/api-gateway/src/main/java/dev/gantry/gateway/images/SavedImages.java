package dev.gantry.gateway.images;

import dev.gantry.gateway.api.Call;
import dev.gantry.gateway.api.Reply;
import dev.gantry.gateway.backend.Backends;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.StringJoiner;

/** Images as an archive. What is wrong with their names is an answer of its own; what goes wrong later breaks the archive off. */
public final class SavedImages {
    private final ImageBytes bytes;

    public SavedImages(Backends backends) {
        bytes = new ImageBytes(backends);
    }

    public void one(Call call, Reply reply) throws IOException, InterruptedException {
        save(List.of(call.name()), call, reply);
    }

    public void several(Call call, Reply reply) throws IOException, InterruptedException {
        save(call.query().all("names"), call, reply);
    }

    private void save(List<String> names, Call call, Reply reply) throws IOException, InterruptedException {
        var target = new StringJoiner("&", "/images/save?", "");
        names.forEach(name -> target.add("names=" + encoded(name)));
        target.add("platform=" + encoded(call.query().text("platform")));
        bytes.get(target.toString(), "application/x-tar", reply);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
