package dev.gantry.contracts.docker.mount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.container.ContainerConfig;
import dev.gantry.contracts.docker.container.ContainerCreateBody;
import dev.gantry.contracts.docker.container.ContainerInspect;
import dev.gantry.contracts.docker.container.HostConfig;
import dev.gantry.contracts.docker.container.MountPoint;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.recording.Exchange;
import dev.gantry.contracts.recording.Recording;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerMountsTest {
    private static List<PlannedMount> mounts(String config, String host) {
        return ContainerMounts.of(
                DockerJson.read(config, ContainerConfig.class),
                DockerJson.read(host, HostConfig.class),
                reference -> List.of(),
                () -> "anonymous");
    }

    private static List<PlannedMount> mounts(String host) {
        return mounts("{}", host);
    }

    private static MountPoint point(String host) {
        return mounts(host).getFirst().point();
    }

    private static List<PlannedMount> mounts(Exchange create) {
        ContainerCreateBody body = DockerJson.from(create.request().json(), ContainerCreateBody.class);
        return ContainerMounts.of(
                Objects.requireNonNull(body.config()),
                Objects.requireNonNull(body.hostConfig()),
                reference -> List.of(),
                () -> "anonymous");
    }

    /** The last container of a recording, as it was inspected. */
    @ParameterizedTest
    @ValueSource(ints = {24, 26, 29})
    void showsWhatTheEngineShowed(int recording) {
        Recording recorded = Recording.numbered(recording);
        Exchange create =
                recorded.exchanges("POST", "/containers/create").toList().getLast();
        Exchange inspect =
                recorded.exchanges("GET", "/containers/[^/]+/json").toList().getLast();
        ContainerInspect shown = DockerJson.from(inspect.response().json(), ContainerInspect.class);
        List<MountPoint> ours = mounts(create).stream()
                .map(mount -> mount.is(PlannedMount.VOLUME)
                        ? mount.made(
                                "local",
                                "/var/lib/docker/volumes/" + mount.point().name() + "/_data")
                        : mount)
                .map(PlannedMount::point)
                .toList();
        assertThat(ours).containsExactlyInAnyOrderElementsOf(shown.mounts());
    }

    @Test
    void refusesWhatTheEngineRefusedInItsWords() {
        int compared = 0;
        for (Exchange create :
                Recording.numbered(30).exchanges("POST", "/containers/create").toList()) {
            GantryException refused = catchThrowableOfType(GantryException.class, () -> mounts(create));
            assertThat(refused).hasMessage(create.response().message());
            assertThat(refused.code().httpStatus()).isEqualTo(create.status());
            compared++;
        }
        assertThat(compared).isEqualTo(3);
        assertThat(ContainerMounts.missingSource("/srv/w/none"))
                .hasMessage(Recording.numbered(28).exchange(2).response().message());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            v1:/d                | volume | v1   | z       | true
            v1:/d:ro             | volume | v1   | ro      | false
            v1:/d/../e:rw,nocopy | volume | v1   | rw,nocopy | true
            /h:/d                | bind   |      |         | true
            /h/./x/..:/d:ro,Z,rslave | bind |    | ro,Z,rslave | false
            """)
    void readsTheShortForm(String bind, String type, String name, String mode, boolean writable) {
        MountPoint point = point("{\"Binds\":[\"" + bind + "\"]}");
        assertThat(point.type()).isEqualTo(type);
        assertThat(point.name()).isEqualTo(Objects.requireNonNullElse(name, ""));
        assertThat(point.mode()).isEqualTo(Objects.requireNonNullElse(mode, ""));
        assertThat(point.rw()).isEqualTo(writable);
        assertThat(point.source()).isEqualTo(type.equals("bind") ? "/h" : "");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /a:/b:/c:/d   | invalid volume specification: '/a:/b:/c:/d'
            :/d           | invalid volume specification: ':/d'
            /a:ro         | invalid volume specification: '/a:ro'
            /a:/b:bogus   | invalid mode: bogus
            /a:/b:ro,rw   | invalid mode: ro,rw
            /a:/b:z,Z     | invalid mode: z,Z
            /a:/b:nocopy  | invalid volume specification: '/a:/b:nocopy': invalid mount config for type "bind": field VolumeOptions must not be specified
            v:/b:rshared  | invalid volume specification: 'v:/b:rshared': invalid mount config for type "volume": field BindOptions must not be specified
            /a:/          | invalid volume specification: '/a:/': invalid mount config for type "bind": invalid specification: destination can't be '/'
            v:/b/..       | invalid volume specification: 'v:/b/..': invalid mount config for type "volume": invalid specification: destination can't be '/'
            """)
    void refusesAMalformedShortForm(String bind, String message) {
        assertThatThrownBy(() -> point("{\"Binds\":[\"" + bind + "\"]}")).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"Type":"bind","Source":"/a"}                   | "bind": field Target must not be empty
            {"Type":"bind","Target":"/a"}                   | "bind": field Source must not be empty
            {"Type":"tmpfs","Source":"x","Target":"/a"}     | "tmpfs": field Source must not be specified
            {"Type":"volume","Target":"/a","ReadOnly":true} | "volume": must not set ReadOnly mode when using anonymous volumes
            {"Type":"bogus","Target":"/a"}                  | "bogus": mount type unknown
            {"Type":"bind","Source":"/a","Target":"/b","BindOptions":{"Propagation":"up"}} | "bind": invalid propagation mode: up
            {"Type":"volume","Source":"v1","Target":"/b","VolumeOptions":{"Subpath":"../x"}} | "volume": subpath must be a relative path within the volume
            """)
    void refusesAMalformedMount(String mount, String message) {
        assertThatThrownBy(() -> mounts("{\"Mounts\":[" + mount + "]}"))
                .hasMessage("invalid mount config for type " + message);
    }

    @Test
    void aVolumeOfTheImageIsAnonymousUnlessSomethingIsMountedThere() {
        String config = "{\"Volumes\":{\"/a\":{},\"/b/\":{},\"/c\":{}}}";
        List<PlannedMount> mounts = mounts(config, "{\"Binds\":[\"v1:/b\"],\"Tmpfs\":{\"/c\":\"\"}}");
        assertThat(mounts).extracting(PlannedMount::destination).containsExactlyInAnyOrder("/a", "/b");
        assertThat(mounts).filteredOn(PlannedMount::anonymous).singleElement().satisfies(mount -> {
            assertThat(mount.point().name()).isEqualTo("anonymous");
            assertThat(mount.point().mode()).isEmpty();
            assertThat(mount.copyUp()).isTrue();
        });
    }

    @Test
    void takesOverAnothersMountsWithoutFillingThemAgain() {
        List<PlannedMount> other = mounts("{\"Binds\":[\"v1:/d\",\"/h:/e\"]}");
        HostConfig host = DockerJson.read("{\"VolumesFrom\":[\"c1:ro\"],\"Binds\":[\"v2:/e\"]}", HostConfig.class);
        List<PlannedMount> taken = ContainerMounts.of(
                DockerJson.empty(ContainerConfig.class), host, reference -> other, () -> "anonymous");
        assertThat(taken).extracting(mount -> mount.point().name()).containsExactly("v1", "v2");
        assertThat(taken.getFirst().point().rw()).isFalse();
        assertThat(taken.getFirst().copyUp()).isFalse();
        for (String from : List.of("c1:bogus", "c1:rslave", "c1:nocopy")) {
            assertThatThrownBy(() -> mounts("{\"VolumesFrom\":[\"" + from + "\"]}"))
                    .hasMessage("invalid mode: " + from.substring(3));
        }
    }

    @Test
    void aTmpfsAndABindAtOnePlaceAreTwo() {
        assertThatThrownBy(() -> mounts("{\"Binds\":[\"v1:/d\"],\"Tmpfs\":{\"/d\":\"\"}}"))
                .hasMessage("Duplicate mount point: /d");
        assertThatThrownBy(() -> mounts("{\"Tmpfs\":{\"/d\":\"bogus\"}}")).hasMessage("invalid tmpfs option \"bogus\"");
        assertThatThrownBy(() -> mounts("{\"Tmpfs\":{\"d\":\"\"}}"))
                .hasMessageContaining("mount path must be absolute");
        assertThat(ContainerMounts.tmpfs(DockerJson.read("{\"Tmpfs\":{\"/d/\":\"size=1m,exec\"}}", HostConfig.class)))
                .containsOnlyKeys("/d");
    }

    /** Whatever is written, the answer is mounts with clean absolute destinations, each once, or an error of the catalogue. */
    @Test
    void noTextBreaksTheParser() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        String alphabet = "/:.,aZzro vn\u00e9-";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(14);
            for (int i = 0; i < length; i++) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                for (PlannedMount mount : mounts("{\"Binds\":[\"" + text + "\"]}")) {
                    assertThat(mount.destination())
                            .startsWith("/")
                            .doesNotContain("//")
                            .isNotEqualTo("/");
                    assertThat(List.of(mount.destination().split("/"))).doesNotContain("..", ".");
                    assertThat(
                                    mount.is(PlannedMount.VOLUME)
                                            ? VolumeName.valid(mount.point().name())
                                                    || mount.point().name().equals("anonymous")
                                            : mount.point().source().startsWith("/"))
                            .as("seed %d: %s", seed, text)
                            .isTrue();
                }
            } catch (GantryException refused) {
                assertThat(refused.code().httpStatus())
                        .as("seed %d: %s", seed, text)
                        .isIn(400, 500);
                assertThat(refused.getMessage()).isNotEmpty();
            }
        }
    }
}
