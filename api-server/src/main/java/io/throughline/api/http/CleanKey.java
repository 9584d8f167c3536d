package io.throughline.api.http;

import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.KeyDeserializer;
import java.io.IOException;

/** The names in a map: text like any other ({@link CleanText}). */
final class CleanKey extends KeyDeserializer {
    @Override
    public Object deserializeKey(String key, DeserializationContext context) throws IOException {
        return CleanText.isClean(key)
                ? key
                : context.handleWeirdKey(String.class, "", "a character that is not allowed");
    }
}
