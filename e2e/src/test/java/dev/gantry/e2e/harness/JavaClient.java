package dev.gantry.e2e.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** docker-java with its own transport, on a platform's socket. */
public final class JavaClient {
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private JavaClient() {}

    /** @return closed by the caller */
    public static DockerClient of(Platform platform) {
        var config = DefaultDockerClientConfig.createDefaultConfigBuilder()
                .withDockerHost("unix://" + platform.instance().dockerSocket())
                .build();
        var transport = new ZerodepDockerHttpClient.Builder()
                .dockerHost(config.getDockerHost())
                .responseTimeout(ANSWER)
                .build();
        return DockerClientImpl.getInstance(config, transport);
    }

    /** Collects what a stream brings until it ends, by where it comes from. */
    public static final class Frames extends ResultCallback.Adapter<Frame> {
        private final Map<StreamType, StringBuilder> texts = new EnumMap<>(StreamType.class);

        public Frames() {
            for (var type : StreamType.values()) {
                texts.put(type, new StringBuilder());
            }
        }

        @Override
        public synchronized void onNext(Frame frame) {
            text(frame.getStreamType()).append(new String(frame.getPayload(), UTF_8));
        }

        private StringBuilder text(StreamType type) {
            return texts.computeIfAbsent(type, none -> new StringBuilder());
        }

        public synchronized String out() {
            return text(StreamType.STDOUT).toString();
        }

        public synchronized String err() {
            return text(StreamType.STDERR).toString();
        }

        /** What a terminal shows. */
        public synchronized String raw() {
            return text(StreamType.RAW).toString();
        }

        /** @throws AssertionError if the stream does not end in time, or ends with an error */
        public Frames toTheEnd() {
            try {
                if (awaitCompletion(ANSWER.toSeconds(), TimeUnit.SECONDS)) {
                    return this;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            throw new AssertionError("the stream does not end; so far: " + texts);
        }
    }
}
