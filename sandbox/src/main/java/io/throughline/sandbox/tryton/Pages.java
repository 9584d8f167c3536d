package io.throughline.sandbox.tryton;

import io.throughline.sandbox.core.Response;

/** The HTML pages that stand where a caller would like JSON. */
final class Pages {
    private Pages() {}

    static Response of(int status) {
        return switch (status) {
            case 400 -> page(400, "Bad Request", "Unable to get RPC method");
            case 401 ->
                page(
                        401,
                        "Unauthorized",
                        "The server could not verify that you are authorized to access the URL requested.");
            case 403 ->
                page(
                        403,
                        "Forbidden",
                        "You don&#39;t have the permission to access the requested resource. It is either read-protected"
                                + " or not readable by the server.");
            case 404 -> page(404, "Not Found", "The requested URL was not found on the server.");
            case 405 -> page(405, "Method Not Allowed", "The method is not allowed for the requested URL.");
            case 429 -> page(429, "Too Many Requests", "This user has exceeded an allotted request count.");
            case 503 ->
                page(
                        503,
                        "Service Unavailable",
                        "could not obtain lock on row in relation &#34;ir_sequence_strict&#34;");
            default -> page(status, "Error", "HTTP " + status);
        };
    }

    private static Response page(int status, String title, String text) {
        return Response.html(
                status,
                "<!doctype html>\n<html lang=en>\n<title>" + status + " " + title + "</title>\n<h1>" + title
                        + "</h1>\n<p>" + text + "</p>\n");
    }
}
