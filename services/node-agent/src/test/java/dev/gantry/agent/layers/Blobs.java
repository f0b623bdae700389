package dev.gantry.agent.layers;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.oci.digest.Digest;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A content store in memory, whose connection can be made to break. */
final class Blobs implements BlobSource {
    record Request(Digest digest, long offset) {}

    private final Map<Digest, byte[]> contents = new ConcurrentHashMap<>();
    final List<Request> requests = java.util.Collections.synchronizedList(new ArrayList<>());
    volatile int breakAfter = Integer.MAX_VALUE;

    Digest put(byte[] content) {
        var digest = Digest.of(content);
        contents.put(digest, content);
        return digest;
    }

    void putAs(Digest digest, byte[] content) {
        contents.put(digest, content);
    }

    @Override
    public InputStream open(Digest digest, long offset) throws IOException {
        requests.add(new Request(digest, offset));
        var content = contents.get(digest);
        if (content == null) {
            throw ErrorCode.NO_SUCH_BLOB.with(digest);
        }
        var stream = new ByteArrayInputStream(content);
        stream.skipNBytes(offset);
        return new Breaking(stream, breakAfter);
    }

    private static final class Breaking extends FilterInputStream {
        private int left;

        Breaking(InputStream in, int left) {
            super(in);
            this.left = left;
        }

        @Override
        public int read(byte[] target, int start, int length) throws IOException {
            if (left == 0) {
                throw new IOException("connection reset");
            }
            int count = super.read(target, start, Math.min(length, left));
            left -= Math.max(count, 0);
            return count;
        }
    }
}
