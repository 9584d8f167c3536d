package io.throughline.api.problem;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of error that the API answers with, each with its status. Clients tell them apart by {@link #uri()}. */
public enum ProblemType {
    MALFORMED_REQUEST(400, "The request can't be read"),
    IDEMPOTENCY_KEY_MISSING(400, "The Idempotency-Key header is missing or unusable"),
    UNAUTHENTICATED(401, "A valid API key is needed"),
    FORGED(401, "The signature is not valid"),
    FORBIDDEN(403, "The API key does not have the role that this needs"),
    NOT_FOUND(404, "There is nothing here"),
    METHOD_NOT_ALLOWED(405, "The method is not allowed here"),
    NOT_ACCEPTABLE(406, "None of the accepted media types is offered"),
    TIMEOUT(408, "The request took too long to arrive"),
    CONFLICT(409, "The present state does not allow it"),
    TOO_LARGE(413, "The body is too large"),
    URI_TOO_LONG(414, "The address is too long"),
    UNSUPPORTED_MEDIA_TYPE(415, "The media type or encoding of the body is not supported"),
    INVALID_CONTENT(422, "The content breaks a rule"),
    IDEMPOTENCY_KEY_REUSED(422, "The idempotency key was used with another body"),
    HEADERS_TOO_LARGE(431, "The headers are too large"),
    INTERNAL_ERROR(500, "Something is wrong on our side"),
    UNAVAILABLE(503, "Not available just now");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    public String uri() {
        return "urn:throughline:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What a caller can do about it, where nothing nearer is known. */
    String advice() {
        return switch (this) {
            case MALFORMED_REQUEST ->
                "A header, the address (its escapes, for example) or the message is not well formed.";
            case NOT_FOUND -> "The address is not one of this API's. See /openapi.json.";
            case METHOD_NOT_ALLOWED -> "/openapi.json names the methods of each address.";
            case NOT_ACCEPTABLE -> "Ask for application/json.";
            case UNSUPPORTED_MEDIA_TYPE -> "Send application/json.";
            case HEADERS_TOO_LARGE -> "Send fewer or shorter headers.";
            default -> title + ".";
        };
    }

    /** The general type of a status; empty for a status that the API does not use by itself. */
    public static Optional<ProblemType> ofStatus(int status) {
        return Arrays.stream(values()).filter(type -> type.status == status).findFirst();
    }
}
