package io.throughline.api.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import java.io.IOException;
import java.io.Serial;

/** Text that a database can keep and a log can show: a JSON string without control characters but tab and line feed, and no half pairs. */
public final class CleanText extends StdScalarDeserializer<String> {
    @Serial
    private static final long serialVersionUID = 1L;

    CleanText() {
        super(String.class);
    }

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            return context.reportInputMismatch(String.class, "not a string");
        }
        String text = parser.getText();
        if (!isClean(text)) {
            throw context.weirdStringException(text, String.class, "a character that is not allowed");
        }
        return text;
    }

    public static boolean isClean(String text) {
        return text.codePoints().noneMatch(CleanText::isUnfit);
    }

    private static boolean isUnfit(int character) {
        return (Character.isISOControl(character) && character != '\n' && character != '\t')
                || Character.getType(character) == Character.SURROGATE;
    }
}
