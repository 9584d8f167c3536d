package io.throughline.worker;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.LayoutBase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dropwizard.configuration.EnvironmentVariableSubstitutor;
import io.dropwizard.configuration.FileConfigurationSourceProvider;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.configuration.YamlConfigurationFactory;
import io.dropwizard.jackson.Jackson;
import io.dropwizard.jersey.validation.Validators;
import io.dropwizard.logging.common.AbstractAppenderFactory;
import io.dropwizard.logging.common.DefaultLoggingFactory;
import io.throughline.runtime.LogContext;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** What the committed file makes of a line of the log. */
final class LogFormatTest {
    private final LoggerContext context = new LoggerContext();

    @Test
    void aLineIsAnObjectThatSaysWhatItIsAboutAndNothingElse() throws Exception {
        JsonNode line;
        try (MDC.MDCCloseable _ = LogContext.about("order/northwind/7100000000001");
                MDC.MDCCloseable _ = MDC.putCloseable("traceId", "4bf92f3577b34da6a3ce929d0e0e4736");
                MDC.MDCCloseable _ = MDC.putCloseable("email", "ada.canary@example.com")) {
            line = new ObjectMapper().readTree(layout().doLayout(event(MDC.getCopyOfContextMap())));
        }

        assertThat(line.path("subject").asText()).isEqualTo("order/northwind/7100000000001");
        assertThat(line.path("traceId").asText()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(line.path("message").asText()).isEqualTo("it can't be handled just now");
        assertThat(line.path("level").asText()).isEqualTo("WARN");
        assertThat(line.path("process").asText()).isEqualTo("worker");
        assertThat(line.path("timestamp").asText()).isEqualTo("1970-01-01T00:00:01Z");
        assertThat(line.toString()).doesNotContain("canary").endsWith("}");
    }

    private ILoggingEvent event(Map<String, String> about) {
        LoggingEvent event = new LoggingEvent();
        event.setLoggerContext(context);
        event.setLoggerName("io.throughline.worker");
        event.setThreadName("inbox-1");
        event.setLevel(Level.WARN);
        event.setMessage("it can't be handled just now");
        event.setTimeStamp(1_000);
        event.setMDCPropertyMap(about);
        return event;
    }

    @SuppressWarnings("unchecked")
    private LayoutBase<ILoggingEvent> layout() throws Exception {
        WorkerConfiguration committed = new YamlConfigurationFactory<>(
                        WorkerConfiguration.class, Validators.newValidator(), Jackson.newObjectMapper(), "none")
                .build(
                        new SubstitutingSourceProvider(
                                new FileConfigurationSourceProvider(), new EnvironmentVariableSubstitutor(false)),
                        "../config/worker.yml");
        DefaultLoggingFactory logging = (DefaultLoggingFactory) committed.getLoggingFactory();
        AbstractAppenderFactory<ILoggingEvent> console =
                (AbstractAppenderFactory<ILoggingEvent>) logging.getAppenders().getFirst();
        LayoutBase<?> layout = console.getLayout().build(context, TimeZone.getTimeZone("UTC"));
        layout.start();
        return (LayoutBase<ILoggingEvent>) layout;
    }
}
