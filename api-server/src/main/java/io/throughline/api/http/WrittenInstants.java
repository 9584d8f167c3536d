package io.throughline.api.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;
import java.io.Serial;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Writes instants as ISO 8601 text. One answer has the same instant many times (each of three hundred stores promises a pickup for it), and
 * to spell it out is the dearest part of its line; so the last few are remembered.
 */
public final class WrittenInstants extends StdScalarSerializer<Instant> {
    @Serial
    private static final long serialVersionUID = 1L;

    /** A power of two. */
    private static final int REMEMBERED = 16;

    private record Written(Instant instant, String text) {}

    private static final AtomicReferenceArray<@Nullable Written> LATEST = new AtomicReferenceArray<>(REMEMBERED);

    public WrittenInstants() {
        super(Instant.class);
    }

    @Override
    public void serialize(Instant instant, JsonGenerator generator, SerializerProvider provider) throws IOException {
        generator.writeString(text(instant));
    }

    static String text(Instant instant) {
        int place = instant.hashCode() & (REMEMBERED - 1);
        Written before = LATEST.get(place);
        if (before != null && before.instant().equals(instant)) {
            return before.text();
        }
        String text = instant.toString();
        LATEST.set(place, new Written(instant, text));
        return text;
    }
}
