package io.throughline.api.http;

import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Ends a request whose body turns out to be larger than allowed, or takes longer to arrive than anybody needs. */
final class LimitedStream extends FilterInputStream {
    private static final long MOST_SWALLOWED_BYTES = 16L << 20;

    private final int largest;
    private final Duration patience;
    private final long began = System.nanoTime();
    private long count;

    LimitedStream(InputStream body, int largest, Duration patience) {
        super(body);
        this.largest = largest;
        this.patience = patience;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        if (read >= 0) {
            count(1);
        }
        return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        if (read > 0) {
            count(read);
        }
        return read;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(int read) throws IOException {
        count += read;
        if (count > largest) {
            throw tooLarge();
        }
        if (late()) {
            throw new ProblemException(ProblemType.TIMEOUT, "The body took too long to arrive.");
        }
    }

    private boolean late() {
        return System.nanoTime() - began > patience.toNanos();
    }

    /** Hears the client out for a while: one that is cut off in mid-sentence may never read why. */
    ProblemException tooLarge() throws IOException {
        byte[] buffer = new byte[8192];
        long swallowed = 0;
        int read = in.read(buffer);
        while (read >= 0 && swallowed < MOST_SWALLOWED_BYTES && !late()) {
            swallowed += read;
            read = in.read(buffer);
        }
        return new ProblemException(ProblemType.TOO_LARGE, "At most " + largest + " bytes are taken here.");
    }
}
