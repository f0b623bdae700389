package dev.gantry.image.archive;

import java.io.FilterInputStream;
import java.io.IOException;

/** A layer on its way in: what is read of it is progress. */
final class CountedInput extends FilterInputStream {
    private final SpooledFile file;
    private final String id;
    private final LoadProgress progress;
    private long done;

    CountedInput(SpooledFile file, String id, LoadProgress progress) throws IOException {
        super(file.open());
        this.file = file;
        this.id = id;
        this.progress = progress;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = in.read(target, offset, length);
        if (count > 0) {
            done += count;
            progress.layer(id, done, file.size());
        }
        return count;
    }
}
