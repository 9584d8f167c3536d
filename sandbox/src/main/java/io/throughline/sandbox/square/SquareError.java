package io.throughline.sandbox.square;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.Response;

/** A refusal in Square's shape: a list of one error with category, code, detail and, where one is to blame, a field. */
final class SquareError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String category;
    private final String code;
    private final String field;

    private SquareError(int status, String category, String code, String detail, String field) {
        super(detail);
        this.status = status;
        this.category = category;
        this.code = code;
        this.field = field;
    }

    static SquareError invalid(String code, String detail, String field) {
        return new SquareError(400, "INVALID_REQUEST_ERROR", code, detail, field);
    }

    static SquareError badRequest(String detail) {
        return invalid("BAD_REQUEST", detail, "");
    }

    static SquareError missing(String field) {
        return invalid("MISSING_REQUIRED_PARAMETER", "Missing required parameter.", field);
    }

    static SquareError notFound(String what, String id) {
        return new SquareError(404, "INVALID_REQUEST_ERROR", "NOT_FOUND", what + " not found: " + id, "");
    }

    static SquareError versionMismatch(long given, long current) {
        return new SquareError(
                409,
                "INVALID_REQUEST_ERROR",
                "VERSION_MISMATCH",
                "Object version does not match latest database version: " + given + " is not " + current,
                "order.version");
    }

    static SquareError declined(String code) {
        return new SquareError(402, "PAYMENT_METHOD_ERROR", code, "Authorization error: '" + code + "'", "");
    }

    static SquareError refund(String code, String detail) {
        return new SquareError(400, "REFUND_ERROR", code, detail, "");
    }

    Response response() {
        return response(status, category, code, String.valueOf(getMessage()), field);
    }

    /** What Square sends with a bare status. */
    static Response ofStatus(int status) {
        return switch (status) {
            case 400 -> response(400, "INVALID_REQUEST_ERROR", "BAD_REQUEST", "Bad request.", "");
            case 401 ->
                response(401, "AUTHENTICATION_ERROR", "UNAUTHORIZED", "This request could not be authorized.", "");
            case 403 -> response(403, "AUTHENTICATION_ERROR", "FORBIDDEN", "You have insufficient permissions.", "");
            case 404 -> response(404, "INVALID_REQUEST_ERROR", "NOT_FOUND", "Resource not found.", "");
            case 409 -> response(409, "INVALID_REQUEST_ERROR", "CONFLICT", "Conflict with another request.", "");
            case 429 -> response(429, "RATE_LIMIT_ERROR", "RATE_LIMITED", "Your request was rate limited.", "");
            case 503 -> response(503, "API_ERROR", "SERVICE_UNAVAILABLE", "Service unavailable.", "");
            case 504 -> response(504, "API_ERROR", "GATEWAY_TIMEOUT", "Gateway timeout.", "");
            default -> response(status, "API_ERROR", "INTERNAL_SERVER_ERROR", "An internal error has occurred.", "");
        };
    }

    private static Response response(int status, String category, String code, String detail, String field) {
        ObjectNode error =
                Json.object().put("category", category).put("code", code).put("detail", detail);
        if (!field.isEmpty()) {
            error.put("field", field);
        }
        ObjectNode body = Json.object();
        body.putArray("errors").add(error);
        return Response.json(status, body);
    }
}
