package io.throughline.api.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import io.throughline.domain.time.WrittenTime;
import java.io.IOException;
import java.io.Serial;
import java.time.DateTimeException;
import java.time.Instant;

/** An instant as ISO 8601 text with its offset ({@link WrittenTime}); a number could mean seconds or milliseconds. */
final class InstantText extends StdScalarDeserializer<Instant> {
    @Serial
    private static final long serialVersionUID = 1L;

    InstantText() {
        super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            return context.reportInputMismatch(Instant.class, "not a string");
        }
        try {
            return WrittenTime.instant(parser.getText());
        } catch (DateTimeException notAnInstant) {
            return context.reportInputMismatch(Instant.class, "not an instant");
        }
    }
}
