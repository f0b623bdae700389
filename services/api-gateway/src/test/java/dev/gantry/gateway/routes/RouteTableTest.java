package dev.gantry.gateway.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.gateway.testing.Engine;
import org.junit.jupiter.api.Test;

final class RouteTableTest {
    private static final RouteTable ROUTES = Engine.routesWithoutServices();

    @Test
    void anImagesNameMayContainSlashesAndWords() {
        finds("GET", "/images/a/b/c/json", "ImageInspect", "a/b/c");
        finds("GET", "/images/localhost:5000/json/json", "ImageInspect", "localhost:5000/json");
        finds("POST", "/images/a/tag/tag", "ImageTag", "a/tag");
        finds("DELETE", "/images/a/b", "ImageDelete", "a/b");
    }

    @Test
    void literalPathsComeBeforeVariables() {
        finds("GET", "/images/json", "ImageList", "");
        finds("GET", "/images/get", "ImageGetAll", "");
        finds("POST", "/containers/prune", "ContainerPrune", "");
        finds("GET", "/containers/x/attach/ws", "ContainerAttachWebsocket", "x");
        finds("GET", "/networks/", "NetworkListSlash", "");
    }

    @Test
    void aPathThatIsNoneIsNotFound() {
        assertThat(ROUTES.find("GET", "/containers")).isEmpty();
        assertThat(ROUTES.find("GET", "/containers/")).isEmpty();
        assertThat(ROUTES.find("GET", "/containers/json/")).isEmpty();
        assertThat(ROUTES.find("PUT", "/containers/json")).isEmpty();
        assertThat(ROUTES.find("HEAD", "/info")).isEmpty();
    }

    private static void finds(String method, String path, String id, String name) {
        var match = ROUTES.find(method, path).orElseThrow();
        assertThat(match.operation().id()).isEqualTo(id);
        assertThat(match.name()).isEqualTo(name);
    }
}
