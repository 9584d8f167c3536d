package io.throughline.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TraceContextTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private final TestingApi api = TestingApi.get();

    @Test
    void anAnswerNamesTheTraceOfItsRequest() {
        assertThat(answer("00-" + TRACE + "-00f067aa0ba902b7-01")).matches("00-" + TRACE + "-[0-9a-f]{16}-00");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-" + TRACE + "-0000000000000000-01",
                "00-" + TRACE + "-00f067aa0ba902b7",
                "ff-" + TRACE + "-00f067aa0ba902b7-01",
                "Ada Canary"
            })
    void whatIsNoTraceGetsANewOne(String header) {
        assertThat(answer(header)).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00").doesNotContain(TRACE);
    }

    private String answer(String header) {
        return api.send(api.to("/health/ready").header("traceparent", header).GET())
                .header("traceresponse");
    }
}
