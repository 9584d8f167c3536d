package io.throughline.connectors.shopify.client;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;

/**
 * The lines of a bulk operation's result, read in pieces from any place, so that neither a lost connection nor a lost process costs more
 * than one piece. The file does not change while it is kept; its address is a secret and ends with it.
 */
public final class BulkFile {
    private static final int USUAL_PIECE_BYTES = 1 << 20;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int PARTIAL_CONTENT = 206;

    private final Transport transport;
    private final int pieceBytes;

    public BulkFile(Transport transport) {
        this(transport, USUAL_PIECE_BYTES);
    }

    BulkFile(Transport transport, int pieceBytes) {
        this.transport = transport;
        this.pieceBytes = pieceBytes;
    }

    /** Whole lines; the following piece begins at {@code next}. */
    @SuppressWarnings("ArrayRecordComponent") // Read once, never compared.
    public record Piece(byte[] lines, long next) {}

    /** {@code from} is where a line begins, and before the end of the file. */
    public Piece read(String address, long from, long size) {
        long last = Math.min(size, from + pieceBytes) - 1;
        Transport.Answer answer = transport.range(URI.create(address), from, last, TIMEOUT);
        return switch (answer.status()) {
            case PARTIAL_CONTENT -> whole(answer.body(), from, last, size);
            case 400, 403, 404, 410 ->
                throw SystemFailure.withoutEffect(
                        FailureCode.SYSTEM_ERROR,
                        "the result of the bulk operation is no longer there (HTTP " + answer.status() + ")",
                        null);
            default ->
                throw SystemFailure.withoutEffect(
                        FailureCode.SYSTEM_ERROR,
                        "the result of the bulk operation was not given: HTTP " + answer.status(),
                        null);
        };
    }

    private static Piece whole(byte[] body, long from, long last, long size) {
        if (body.length != last - from + 1) {
            throw unreadable("a piece of it has not the size that was asked for");
        }
        if (last == size - 1) {
            return new Piece(body, size);
        }
        int end = body.length;
        while (end > 0 && body[end - 1] != '\n') {
            end--;
        }
        if (end == 0) {
            throw unreadable("a line of it has no end");
        }
        return new Piece(Arrays.copyOf(body, end), from + end);
    }

    private static SystemFailure unreadable(String why) {
        return SystemFailure.withoutEffect(
                FailureCode.REPLY_UNREADABLE, "the result of the bulk operation can't be read: " + why, null);
    }
}
