package dev.gantry.image.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.image.blob.FaultyBlobs;
import dev.gantry.oci.digest.Digest;
import dev.gantry.oci.testing.Tar;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@QuarkusTest
@QuarkusTestResource(ImagePlatform.class)
class ImageLoadTest extends ImageServiceSuite {
    private static final String TINY = "sha256:93e9e8072c91eaa6d8719ba12bdc68910a88600707c318c31cd5de22007ef574";
    private static final String TWO = "sha256:47c00c2bbfd41ba8631fd62301f8fd96a3a8dda39137563989fb20aa33508daf";

    /** Two images made and saved by a Docker 20.10; the second stands on the first, whose layer it has as a symbolic link. */
    static byte[] savedByDocker() throws IOException {
        try (var in = ImageLoadTest.class.getResourceAsStream("/archives/docker-20.10.tar.gz")) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }

    private static String config(String... diffIds) {
        return configFor("amd64", diffIds);
    }

    private static String configFor(String architecture, String... diffIds) {
        var quoted = Stream.of(diffIds).map(id -> "\"" + id + "\"").toList();
        return "{\"architecture\":\"" + architecture + "\",\"os\":\"linux\",\"config\":{\"Cmd\":[\"/x\"]},"
                + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":" + quoted + "}}";
    }

    private static String digest(String text) {
        return Digest.of(text.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static String blob(String text) {
        return "blobs/" + digest(text).replace(':', '/');
    }

    private static String diffId(byte[] layer) {
        return Digest.of(layer).toString();
    }

    /** An archive of one image with one layer, its documents before its blobs. */
    private static byte[] archive(String config, byte[] layer, String tags) {
        return new Tar()
                .file(
                        "manifest.json",
                        "[{\"Config\":\"c.json\",\"RepoTags\":" + tags + ",\"Layers\":[\"l/layer.tar\"]}]")
                .file("c.json", config)
                .file("l/layer.tar", layer)
                .bytes();
    }

    private String failure(byte[] archive) {
        var lines = load(archive, "quiet=true").lines().toList();
        var last = json(lines.getLast());
        assertThat(last.path("error").textValue())
                .isEqualTo(last.path("errorDetail").path("message").textValue());
        return last.path("error").asText();
    }

    private long spooled() {
        var loads = data.resolve("image/loads");
        if (!Files.exists(loads)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(loads)) {
            return files.count();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void loadsWhatDockerSaved() throws IOException {
        assertThat(load(savedByDocker(), "quiet=true")).isEqualTo(loaded("tiny:1") + loaded("example.com/tiny/two:2"));
        assertThat(inspect("tiny:1").path("Id").textValue()).isEqualTo(TINY);
        var two = inspect("example.com/tiny/two:2");
        assertThat(two.path("Id").textValue()).isEqualTo(TWO);
        assertThat(two.path("Config").path("Labels").path("fixture").textValue())
                .isEqualTo("yes");
        assertThat(two.path("RootFS").path("Layers")).hasSize(2);
        two.path("RootFS")
                .path("Layers")
                .forEach(layer -> assertThat(hasBlob(layer.textValue())).isTrue());
        assertThat(spooled()).isZero();
    }

    @Test
    void saysLoadOnceForEachImage() throws IOException {
        load(savedByDocker(), "");
        assertThat(query("select ((value::json)->'data'->>'action') || ' ' || ((value::json)->'data'->'actor'->"
                        + "'Attributes'->>'name') from outbox where key = '" + TINY
                        + "' and topic = 'gantry.images.events' order by position desc limit 1"))
                .containsExactly("load " + TINY);
    }

    @Test
    void tellsTheProgressOfLayersThatAreNew() throws IOException {
        var lines = load(savedByDocker(), "quiet=false").lines().toList();
        assertThat(lines.getFirst())
                .isEqualTo("{\"status\":\"Loading layer\",\"progressDetail\":{\"current\":10240,\"total\":10240},"
                        + "\"progress\":\"[==================================================>]  10.24kB/10.24kB\","
                        + "\"id\":\"79690337483f\"}");
        assertThat(lines).hasSize(4);
        assertThat(load(savedByDocker(), "quiet=false").lines()).hasSize(2);
    }

    @Test
    void anImageWithoutANameIsCalledByItsId() {
        byte[] layer = small("nameless");
        String config = config(diffId(layer));
        assertThat(load(archive(config, layer, "null"), "quiet=true"))
                .isEqualTo("{\"stream\":\"Loaded image ID: " + digest(config) + "\\n\"}\r\n");
        assertThat(list("{}").get(0).path("RepoTags")).isEmpty();
    }

    @Test
    void aNameMovesToTheLoadedImageAndTheLoadSaysSo() {
        String old = importAs("x:1", small("old"));
        byte[] layer = small("new");
        assertThat(load(archive(config(diffId(layer)), layer, "[\"x:1\"]"), "quiet=true"))
                .isEqualTo("{\"stream\":\"The image x:1 already exists, renaming the old one with ID " + old
                        + " to empty string\\n\"}\r\n{\"stream\":\"Loaded image: x:1\\n\"}\r\n");
    }

    @Test
    void loadsPackedArchivesWithPackedLayers() {
        byte[] layer = small("packed");
        byte[] archive = archive(config(diffId(layer)), Tar.gzip(layer), "[\"gz:1\"]");
        assertThat(load(Tar.gzip(archive), "quiet=true")).contains("Loaded image: gz:1");
        assertThat(hasBlob(diffId(layer))).isTrue();
    }

    @Test
    void loadsAnOciLayoutWithoutDockersManifest() {
        byte[] layer = small("layout");
        byte[] packed = Tar.gzip(layer);
        String config = config(diffId(layer));
        String manifest = "{\"schemaVersion\":2,\"config\":{\"mediaType\":\"application/vnd.oci.image.config.v1+json\","
                + "\"digest\":\"" + digest(config) + "\",\"size\":" + config.length() + "},\"layers\":[{\"mediaType\":"
                + "\"application/vnd.oci.image.layer.v1.tar+gzip\",\"digest\":\"" + Digest.of(packed) + "\",\"size\":"
                + packed.length + "}]}";
        String other = "{\"schemaVersion\":2,\"manifests\":[]}";
        String index = "{\"schemaVersion\":2,\"manifests\":["
                + "{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"digest\":\"" + digest(other)
                + "\",\"size\":1,\"platform\":{\"os\":\"linux\",\"architecture\":\"arm64\"}},"
                + "{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"digest\":\"" + digest(manifest)
                + "\",\"size\":1,\"platform\":{\"os\":\"linux\",\"architecture\":\"amd64\"}}]}";
        String top = "{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":\"application/vnd.oci.image.index.v1+json\","
                + "\"digest\":\"" + digest(index) + "\",\"size\":1,\"annotations\":{"
                + "\"org.opencontainers.image.ref.name\":\"1\","
                + "\"io.containerd.image.name\":\"docker.io/library/layout:1\"}}]}";
        byte[] archive = new Tar()
                .file("index.json", top)
                .file("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}")
                .file(blob(index), index)
                .file(blob(other), other)
                .file(blob(manifest), manifest)
                .file(blob(config), config)
                .file("blobs/" + Digest.of(packed).toString().replace(':', '/'), packed)
                .bytes();
        assertThat(load(archive, "quiet=true")).isEqualTo("{\"stream\":\"Loaded image: layout:1\\n\"}\r\n");
        assertThat(inspect("layout:1").path("Id").textValue()).isEqualTo(digest(config));
    }

    @Test
    void takesTheImagesOfOnePlatformOnly() {
        byte[] layer = small("arm");
        byte[] arm = archive(configFor("arm64", diffId(layer)), layer, "[\"arm:1\"]");
        assertThat(load(arm, "quiet=true&platform=linux%2Famd64"))
                .contains("no image of the archive is for the platform linux/amd64");
        assertThat(load(arm, "quiet=true&platform=linux%2Farm64")).contains("Loaded image: arm:1");
        assertThat(post("/images/load", arm, "platform=a%2Fb%2Fc%2Fd").statusCode())
                .isEqualTo(400);
    }

    @Test
    void aLayerThatIsNotWhatTheConfigSaysIsRefusedNamingBoth() {
        byte[] layer = small("real");
        byte[] wanted = small("wanted");
        assertThat(failure(archive(config(diffId(wanted)), layer, "[\"x:1\"]")))
                .contains("invalid diffID for layer 0: expected \"" + diffId(wanted) + "\", got \"" + diffId(layer));
        assertThat(list("{}")).isEmpty();
        assertThat(hasBlob(diffId(layer))).isFalse();
        assertThat(spooled()).isZero();
    }

    @Test
    void aBlobThatIsNotItsDigestIsRefused() {
        String name = blob("something");
        assertThat(failure(
                        new Tar().file(name, "else").file("manifest.json", "[]").bytes()))
                .contains(name)
                .contains("digest mismatch: expected " + digest("something") + ", got " + digest("else"));
    }

    @Test
    void whatWasLoadedBeforeABadImageStays() {
        byte[] layer = small("good");
        byte[] archive = new Tar()
                .file("good.json", config(diffId(layer)))
                .file("bad.json", config(diffId(layer), diffId(small("missing"))))
                .file("l.tar", layer)
                .file(
                        "manifest.json",
                        "[{\"Config\":\"good.json\",\"RepoTags\":[\"good:1\"],\"Layers\":[\"l.tar\"]},"
                                + "{\"Config\":\"bad.json\",\"RepoTags\":[\"bad:1\"],\"Layers\":[\"l.tar\",\"no.tar\"]}]")
                .bytes();
        assertThat(failure(archive)).contains("no file no.tar in the archive");
        assertThat(list("{}")).hasSize(1);
        assertThat(inspect("good:1").path("RootFS").path("Layers")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "../evil        | path leaves the root",
                "/abs           | absolute path",
            })
    void entriesOutsideTheArchiveAreRefused(String name, String why) {
        assertThat(failure(new Tar().file(name.strip(), "x").bytes())).contains(why);
    }

    @Test
    void linksLeadNowhereButIntoTheArchive() {
        String manifest = "[{\"Config\":\"c.json\",\"Layers\":[]}]";
        assertThat(failure(new Tar()
                        .file("manifest.json", manifest)
                        .symlink("c.json", "/etc/passwd")
                        .bytes()))
                .contains("no file c.json in the archive");
        assertThat(failure(new Tar()
                        .file("manifest.json", manifest)
                        .symlink("c.json", "d.json")
                        .symlink("d.json", "c.json")
                        .bytes()))
                .contains("no file c.json in the archive");
        assertThat(failure(new Tar()
                        .symlink("manifest.json", "../../../etc/passwd")
                        .bytes()))
                .contains("invalid symlink");
    }

    @Test
    void junkIsRefusedInTheStream() {
        assertThat(failure("junk\n".getBytes(StandardCharsets.UTF_8))).isEqualTo("unexpected EOF");
        assertThat(failure(new Tar().file("etc/hostname", "x").bytes()))
                .contains("neither manifest.json nor index.json is in the archive");
        assertThat(failure(new Tar().file("manifest.json", "{").bytes())).contains("manifest.json: invalid");
        assertThat(failure(new Tar().file("manifest.json", "[null]").bytes())).contains("manifest.json");
        assertThat(failure(new Tar()
                        .file("manifest.json", "x".repeat((4 << 20) + 1))
                        .bytes()))
                .contains("more than a document may have");
        byte[] layer = small("1");
        assertThat(failure(archive(config(diffId(layer)), layer, "[\"BAD:1\"]")))
                .contains("must be lowercase");
        assertThat(failure(archive(config(diffId(layer)), layer, "[\"noTag\"]")))
                .isNotEmpty();
        assertThat(failure(archive(config(diffId(layer), diffId(layer)), layer, "[]")))
                .contains("layers length mismatch: expected 2, got 1");
        assertThat(failure(archive(config("sha256:no"), layer, "[]"))).contains("c.json: invalid");
        assertThat(list("{}")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = FaultyBlobs.Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aFailureAtAnyStepLeavesNothingAndTheNextLoadSucceeds(FaultyBlobs.Fault step) {
        byte[] layer = small("load, fault at " + step);
        byte[] archive = archive(config(diffId(layer)), layer, "[\"f:1\"]");
        blobs.failAt(step);
        assertThat(failure(archive)).contains("registry is not reachable");
        assertThat(list("{}")).isEmpty();
        assertThatThrownBy(() -> inspect("f:1"))
                .extracting(ImageServiceSuite::message)
                .isEqualTo("404 No such image: f:1");
        await(() -> query("select digest from loose_blob").isEmpty());
        assertThat(hasBlob(diffId(layer))).isFalse();
        await(() -> unfinishedUploads() == 0);
        assertThat(load(archive, "quiet=true")).contains("Loaded image: f:1");
        assertThat(hasBlob(diffId(layer))).isTrue();
    }
}
