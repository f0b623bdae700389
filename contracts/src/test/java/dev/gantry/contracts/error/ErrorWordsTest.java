package dev.gantry.contracts.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.contracts.recording.Exchange;
import dev.gantry.contracts.recording.Recording;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The catalogue's words and statuses are those of the recorded answers. */
class ErrorWordsTest {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");

    /** What we say, and where the engine said it. */
    private record Said(GantryException error, int recording, int exchange) {
        Exchange recorded() {
            return Recording.numbered(recording).exchange(exchange);
        }
    }

    private static Said said(GantryException error, int recording, int exchange) {
        return new Said(error, recording, exchange);
    }

    @Test
    void saysWhatTheEngineSaid() {
        String nosuch = "nosuch";
        List<Said> all = List.of(
                said(ErrorCode.NAME_CONFLICT.with("c1", id(10, 2)), 10, 2),
                said(ErrorCode.INVALID_CONTAINER_NAME.with("bad name!"), 11, 2),
                said(ErrorCode.NO_SUCH_IMAGE.with("nosuch:1"), 12, 2),
                said(
                        ErrorCode.PORT_ALLOCATED.with(
                                "c2",
                                "48f44f8d791bc235ff8ebba9d16751a7ff2e4d2c9562caefb4e96d0b0a2c4ad4",
                                "0.0.0.0",
                                "18080"),
                        23,
                        find(23, 500)),
                said(ErrorCode.NETWORKING_NOT_FOUND.with("nosuch"), 37, find(37, 404)),
                said(ErrorCode.LOGS_UNREADABLE.with(), 48, find(48, 501)),
                said(ErrorCode.PLATFORM_MISMATCH.with("busybox", "linux/amd64", "linux/arm64"), 132, 6),
                said(
                        ErrorCode.NOT_RUNNING.with(id(65, "kill")).after("cannot kill container: c1: "),
                        65,
                        find(65, "kill")),
                said(ErrorCode.NOT_RUNNING.with(id(65, "pause")), 65, find(65, "pause")),
                said(ErrorCode.NOT_PAUSED.with(id(65, "unpause")), 65, find(65, "unpause")),
                said(ErrorCode.INVALID_SIGNAL.with("BOGUS").after("cannot kill container: c1: "), 67, find(67, 400)),
                said(ErrorCode.ALREADY_PAUSED.with(id(69, "pause")), 69, find(69, "pause")),
                said(ErrorCode.PAUSED_EXEC.with("c1"), 69, find(69, "exec")),
                said(ErrorCode.SAME_NAME.with(), 71, find(71, 400)),
                said(
                        ErrorCode.NAME_CONFLICT.with("c3", id(71, 409)).after("Error when allocating new name: "),
                        71,
                        find(71, 409)),
                said(ErrorCode.REMOVE_RUNNING.with("c1"), 108, find(108, 409)),
                said(ErrorCode.REMOVE_PAUSED.with("c1"), 109, find(109, 409)),
                said(
                        ErrorCode.NO_SUCH_CONTAINER.with(nosuch).after("cannot kill container: nosuch: "),
                        112,
                        find(112, "kill")),
                said(ErrorCode.NO_SUCH_CONTAINER.with(nosuch), 112, find(112, "start")),
                said(ErrorCode.AMBIGUOUS_REFERENCE.with("1"), 114, find(114, 400)),
                said(ErrorCode.NO_SUCH_IMAGE.with("nosuch:latest"), 132, 4),
                said(ErrorCode.IMAGE_IN_USE.with("busybox", "a3ab0d1d153a", "7f197a31837e"), 136, find(136, 409)),
                said(ErrorCode.IMAGE_RUNNING.with("7f197a31837e", "a3ab0d1d153a"), 136, find(136, "7f197a31837e")),
                said(ErrorCode.IMAGE_REFERENCED.with("1d5a3720608c"), 138, find(138, 409)),
                said(ErrorCode.PAGE_NOT_FOUND.with(), 252, find(252, 404)),
                said(ErrorCode.CLIENT_TOO_NEW.with("1.52", "1.51"), 251, 3),
                said(ErrorCode.CLIENT_TOO_OLD.with("1.12", "1.24"), 251, 5),
                said(ErrorCode.UNSUPPORTED_CONTENT_TYPE.with("text/plain"), 253, 3),
                said(ErrorCode.EMPTY_CONFIG.with(), 253, 4),
                said(ErrorCode.NO_COMMAND.with(), 253, 11),
                said(ErrorCode.INVALID_PLATFORM.with("bogus/x/y/z"), 254, 8),
                said(ErrorCode.START_WITH_BODY.with(), 256, find(256, 400)),
                said(ErrorCode.BAD_INTEGER.with("bogus"), 256, find(256, 500)),
                said(ErrorCode.INVALID_CONDITION.with("bogus"), 257, find(257, 400)),
                said(ErrorCode.NO_STREAM_CHOSEN.with(), 261, find(261, 400)),
                said(ErrorCode.BAD_LONG.with("bogus"), 261, find(261, 500)),
                said(ErrorCode.MALFORMED_FILTER.with(), 262, 1),
                said(ErrorCode.INVALID_FILTER.with("bogus"), 262, 2),
                said(ErrorCode.SINCE_AFTER_UNTIL.with(2, 1), 269, find(269, 400)),
                said(ErrorCode.EMPTY_NAME.with(), 270, find(270, "rename")),
                said(ErrorCode.NO_SUCH_NETWORK.with("nosuch"), 104, find(104, "/networks/nosuch")),
                said(ErrorCode.NO_SUCH_VOLUME.with("nosuch"), 104, find(104, "/volumes/nosuch")),
                said(ErrorCode.NO_SUCH_PLUGIN.with("nosuch"), 104, find(104, "/plugins/nosuch")),
                said(ErrorCode.USER_NOT_FOUND.with("nosuch"), 41, find(41, 500)));
        assertThat(all).allSatisfy(said -> {
            assertThat(said.error()).hasMessage(said.recorded().response().message());
            assertThat(said.error().code().httpStatus())
                    .isEqualTo(said.recorded().status());
        });
    }

    /** The engine's chain of words names the runtime it delegates to; ours has none, what clients match on is the same. */
    @Test
    void saysOfProgramsThatCannotStartWhatClientsMatchOn() {
        List<Said> all = List.of(
                said(ErrorCode.EXECUTABLE_NOT_FOUND.with("nosuchprogram"), 16, find(16, 400)),
                said(ErrorCode.EXECUTABLE_NOT_STARTED.with("/etc/passwd", "permission denied"), 17, find(17, 400)),
                said(
                        ErrorCode.EXECUTABLE_NOT_STARTED.with("/tmp", "is a directory: permission denied"),
                        18,
                        find(18, 400)));
        String chain = "failed to create shim task: OCI runtime create failed: runc create failed: unable to start"
                + " container process: error during container init: ";
        assertThat(all).allSatisfy(said -> {
            assertThat(said.error())
                    .hasMessage(said.recorded().response().message().replace(chain, ""));
            assertThat(said.error().code().httpStatus())
                    .isEqualTo(said.recorded().status());
        });
    }

    private static int find(int recording, int status) {
        return Recording.numbered(recording).exchanges().stream()
                .filter(exchange -> exchange.status() == status)
                .findFirst()
                .orElseThrow()
                .number();
    }

    /** The first refused exchange whose path has this. */
    private static int find(int recording, String path) {
        return Recording.numbered(recording).exchanges().stream()
                .filter(exchange -> exchange.status() >= 400 && exchange.path().contains(path))
                .findFirst()
                .orElseThrow()
                .number();
    }

    private static String id(int recording, String path) {
        return id(Recording.numbered(recording).exchange(find(recording, path)));
    }

    private static String id(int recording, int numberOrStatus) {
        int number = numberOrStatus >= 400 ? find(recording, numberOrStatus) : numberOrStatus;
        return id(Recording.numbered(recording).exchange(number));
    }

    private static String id(Exchange exchange) {
        return ID.matcher(Objects.requireNonNull(exchange.response().message()))
                .results()
                .findFirst()
                .orElseThrow()
                .group();
    }
}
