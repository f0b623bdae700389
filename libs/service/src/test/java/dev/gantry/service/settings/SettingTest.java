package dev.gantry.service.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SettingTest {
    private static final Path ROOT = Path.of("../..");
    private static final Path PAGE = ROOT.resolve("docs/configuration.md");
    private static final String BEGIN = "<!-- the table is made by SettingTest -->\n";

    @Test
    void knowsKeysInAllTheirSpellingsAndNoOthers() {
        assertThat(UnknownKeys.in(List.of(
                        "gantry.instance", "gantry.http-peer.image", "gantry.http.peer.image", "quarkus.x", "PATH")))
                .isEmpty();
        assertThat(UnknownKeys.in(List.of("gantry.instanze", "gantry.port", "gantry.agent.nodes")))
                .containsExactly("gantry.agent.nodes", "gantry.instanze", "gantry.port");
    }

    /** {@code -Dgantry.write-docs=true} writes the page anew. */
    @Test
    void thePageHasEverySetting() throws IOException {
        var page = Files.readString(PAGE);
        var made = page.substring(0, page.indexOf(BEGIN) + BEGIN.length()) + table();
        if (Boolean.getBoolean("gantry.write-docs")) {
            Files.writeString(PAGE, made);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(made);
    }

    private static String table() {
        return "\n| key | default | unit | meaning |\n|---|---|---|---|\n"
                + Arrays.stream(Setting.values()).map(Setting::row).collect(Collectors.joining());
    }

    @Test
    void theCodeReadsNoKeyThatIsNotASetting() throws IOException {
        var key = Pattern.compile("(?:\"|\\$\\{)(gantry\\.(?!v1)[a-z.-]*[a-z])(?:\"|\\})");
        var unknown = new ArrayList<String>();
        for (var file : sources()) {
            var matcher = key.matcher(Files.readString(file));
            while (matcher.find()) {
                var found = matcher.group(1);
                // topics look alike
                if (!found.matches("gantry\\.(audit|[a-z]+\\.(events|state))") && !Setting.known(found)) {
                    unknown.add(file + ": " + found);
                }
            }
        }
        assertThat(unknown).isEmpty();
    }

    private static List<Path> sources() throws IOException {
        var found = new ArrayList<Path>();
        for (var part : List.of("services", "libs", "standalone")) {
            try (var files = Files.walk(ROOT.resolve(part))) {
                files.filter(file -> file.toString().contains("/src/main/"))
                        .filter(file -> file.toString().endsWith(".java")
                                || file.toString().endsWith(".properties"))
                        .forEach(found::add);
            }
        }
        return found;
    }
}
