package dev.gantry.image.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.contracts.rpc.Role;
import dev.gantry.oci.digest.Digest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ImagePlatform.class)
class ImageSaveTest extends ImageServiceSuite {
    private HttpResponse<byte[]> save(String query) {
        try {
            return http.client(Role.GATEWAY, Role.IMAGE)
                    .send(
                            HttpRequest.newBuilder(http.uri(Role.IMAGE, "/images/save?" + query))
                                    .build(),
                            HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private byte[] saved(String... names) {
        var query = new StringBuilder();
        for (String name : names) {
            query.append("names=")
                    .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                    .append('&');
        }
        var answer = save(query.toString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private static Map<String, String> files(byte[] archive) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        try (var tar = new TarArchiveInputStream(new ByteArrayInputStream(archive))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                files.put(entry.getName(), new String(tar.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }

    private static String file(Map<String, String> files, String name) {
        return java.util.Objects.requireNonNull(files.get(name));
    }

    @Test
    void savesInTheFormOfDockerAndOfOciAtOnce() throws IOException {
        byte[] layer = small("saved");
        String id = importAs("busybox", layer);
        var files = files(saved("busybox"));
        var layerPath = "blobs/" + Digest.of(layer).toString().replace(':', '/');
        var configPath = "blobs/" + id.replace(':', '/');
        assertThat(files.keySet())
                .startsWith("blobs/", "blobs/sha256/")
                .endsWith("index.json", "manifest.json", "oci-layout", "repositories");
        assertThat(files).hasSize(2 + 3 + 4).containsKeys(layerPath, configPath);
        assertThat(files.get("manifest.json"))
                .isEqualTo("[{\"Config\":\"" + configPath + "\",\"RepoTags\":[\"busybox:latest\"],\"Layers\":[\""
                        + layerPath + "\"],\"LayerSources\":{\"" + Digest.of(layer) + "\":{\"mediaType\":"
                        + "\"application/vnd.oci.image.layer.v1.tar\",\"size\":" + layer.length + ",\"digest\":\""
                        + Digest.of(layer) + "\"}}}]\n");
        var entry = json(file(files, "index.json")).path("manifests").get(0);
        assertThat(entry.path("annotations").toString())
                .isEqualTo("{\"io.containerd.image.name\":\"docker.io/library/busybox:latest\","
                        + "\"org.opencontainers.image.ref.name\":\"latest\"}");
        var manifest = file(files, "blobs/" + entry.path("digest").textValue().replace(':', '/'));
        assertThat(json(manifest).path("config").path("digest").textValue()).isEqualTo(id);
        assertThat(manifest).hasSize(entry.path("size").intValue());
        assertThat(files.get("oci-layout")).isEqualTo("{\"imageLayoutVersion\": \"1.0.0\"}");
        assertThat(files.get("repositories"))
                .isEqualTo("{\"busybox\":{\"latest\":\"" + Digest.of(layer).hex() + "\"}}\n");
    }

    @Test
    void theSameImagesGiveTheSameBytesAndAreLoadedBack() throws IOException {
        load(ImageLoadTest.savedByDocker(), "");
        byte[] archive = saved("tiny:1", "example.com/tiny/two:2");
        assertThat(saved("tiny:1", "example.com/tiny/two:2")).isEqualTo(archive);
        String id = inspect("example.com/tiny/two:2").path("Id").textValue();
        removeEverything();
        assertThat(load(archive, "quiet=true")).isEqualTo(loaded("tiny:1") + loaded("example.com/tiny/two:2"));
        assertThat(inspect("example.com/tiny/two:2").path("Id").textValue()).isEqualTo(id);
    }

    @Test
    void aRepositoryMeansAllItsTagsAndAnIdNoName() throws IOException {
        String id = importAs("app:1", small("1"));
        importAs("app:2", small("2"));
        importAs("application:1", small("3"));
        assertThat(files(saved("app")).get("repositories"))
                .contains("\"1\":", "\"2\":")
                .doesNotContain("application");
        var byId = files(saved(id.substring(7, 19)));
        assertThat(byId).doesNotContainKey("repositories");
        assertThat(byId.get("manifest.json")).contains("\"RepoTags\":null");
        assertThat(files(saved()).get("manifest.json")).isEqualTo("null\n");
    }

    @Test
    void anUnknownImageIsRefusedBeforeTheFirstByte() {
        importAs("here", small("here"));
        var answer = save("names=here&names=nosuch");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo("{\"message\":\"No such image: nosuch\"}");
        assertThat(save("names=here&platform=linux%2Farm64").statusCode()).isEqualTo(404);
        assertThat(save("names=BAD").statusCode()).isEqualTo(400);
    }

    @Test
    void saysSave() {
        String id = importAs("s:1", small("said"));
        saved("s:1");
        assertThat(query("select (value::json)->'data'->>'action' from outbox where key = '" + id
                        + "' and topic = 'gantry.images.events' order by position desc limit 1"))
                .containsExactly("save");
    }
}
