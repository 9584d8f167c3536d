package io.throughline.api.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.throughline.api.http.AnswerHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Makes a problem document of what the HTTP server refuses before a resource sees it: bad messages, headers too large. */
public final class ProblemErrorHandler implements Request.Handler {
    private final ObjectMapper mapper;

    public ProblemErrorHandler(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = statusOf(response);
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(new HttpField(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE));
        AnswerHeaders.ALL.forEach(headers::put);
        response.setStatus(status);
        response.write(true, ByteBuffer.wrap(document(status)), callback);
        return true;
    }

    /** A version or a transfer coding that nobody knows is the client's mistake, though HTTP has codes above 500 for it. */
    private static int statusOf(Response response) {
        int status = response.getStatus();
        if (status == HttpStatus.NOT_IMPLEMENTED_501 || status == HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505) {
            return HttpStatus.BAD_REQUEST_400;
        }
        return status >= 400 ? status : HttpStatus.INTERNAL_SERVER_ERROR_500;
    }

    private byte[] document(int status) {
        ProblemType type = ProblemType.ofStatus(status)
                .orElse(status < 500 ? ProblemType.MALFORMED_REQUEST : ProblemType.INTERNAL_ERROR);
        try {
            return mapper.writeValueAsBytes(new Problem(
                    type.uri(), type.title(), status, type.advice(), java.util.Optional.empty(), java.util.List.of()));
        } catch (JsonProcessingException impossible) {
            return "{}".getBytes(StandardCharsets.UTF_8);
        }
    }
}
