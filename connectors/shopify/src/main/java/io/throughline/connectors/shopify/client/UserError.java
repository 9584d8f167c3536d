package io.throughline.connectors.shopify.client;

import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A rule of the shop that said no, the third layer of Shopify's errors; some mutations give no code. */
public record UserError(Optional<String> code, String message) {
    private static final int LONGEST = 300;

    /** The refusal, if there was any error. */
    public static Optional<Reply> refusal(List<UserError> errors, FailureCode code) {
        return errors.isEmpty() ? Optional.empty() : Optional.of(Reply.refused(code, words(errors)));
    }

    public static String words(List<UserError> errors) {
        String words = errors.stream()
                .map(error -> error.code().map(code -> code + ": ").orElse("") + error.message())
                .collect(Collectors.joining("; "));
        return words.length() <= LONGEST ? words : words.substring(0, LONGEST - 1) + "…";
    }
}
