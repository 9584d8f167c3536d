package io.throughline.api.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;

/** A problem document of RFC 9457; {@code errors} points at the parts of the body that are wrong, {@code instance} at our log. */
@Schema(description = "A problem document (RFC 9457)")
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        Optional<String> instance,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FieldError> errors) {
    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        errors = List.copyOf(errors);
    }

    public static Problem of(ProblemType type, String detail) {
        return new Problem(type.uri(), type.title(), type.status(), detail, Optional.empty(), List.of());
    }

    public static Problem of(ProblemType type, String detail, List<FieldError> errors) {
        return new Problem(type.uri(), type.title(), type.status(), detail, Optional.empty(), errors);
    }

    public Problem withInstance(String where) {
        return new Problem(type, title, status, detail, Optional.of(where), errors);
    }

    /** What is wrong at one place; {@code pointer} is a JSON pointer into the body. */
    public record FieldError(String pointer, String detail) {}
}
