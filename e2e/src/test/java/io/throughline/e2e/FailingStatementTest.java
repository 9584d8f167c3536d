package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.temporal.activity.ActivityInterface;
import io.temporal.testing.TestActivityEnvironment;
import io.throughline.activities.call.Checkpoints;
import io.throughline.activities.call.Effects;
import io.throughline.activities.call.Steps;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.policy.SamplePolicies;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A statement that fails on somebody's data, at a step whose quick retries are over: nobody learns from it who that is. */
final class FailingStatementTest {
    private static final String CANARY = "Quillfeather";
    private static final PersonalData PERSON = new PersonalData(
            Optional.of("Ottoline " + CANARY), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private final Clock later = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(10));
    private final FreshDatabase database = new FreshDatabase(later);
    private final TestActivityEnvironment environment = TestActivityEnvironment.newInstance();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Order order = SampleOrders.twoLinesWithTaxAndDiscount();
    private final Steps steps = new Steps(
            database.facts().cases(), database.facts().orders(), (workflow, step, about, code, id) -> {}, later);
    private final Steps.Step step = new Steps.Step(order.id(), order.key().account(), "channel.accept", "order");

    /** Runs something as an activity of a queue. */
    @ActivityInterface
    public interface Attempt {
        String run();
    }

    @BeforeEach
    void listen() {
        log.start();
        root().addAppender(log);
        database.facts().orders().hint(order.key(), order.channel(), SamplePolicies.RULES);
        database.refuses("person");
    }

    @AfterEach
    void close() {
        root().detachAppender(log);
        environment.close();
        database.close();
    }

    @Test
    void theCaseTheTraceTheHistoryAndTheLogTellItsClassAndSqlstateOnly() {
        Throwable told = attempt(decision -> accept());

        Case open = database.facts()
                .cases()
                .current(order.id().value(), "channel.accept order")
                .orElseThrow();
        assertThat(open.code()).isEqualTo(FailureCode.INTERNAL_ERROR);
        assertThat(open.detail()).contains("SQLSTATE P0001");
        assertThat(printed(told)).contains("SQLSTATE P0001").doesNotContain(CANARY);
        assertThat(logged())
                .contains("SQLSTATE P0001")
                .contains("PostgresOrders.accept")
                .doesNotContain(CANARY);
        assertThat(database.tablesWith("P0001")).contains("support_case", "trace_entry");
        assertThat(database.tablesWith(CANARY)).isEmpty();
    }

    @Test
    void norDoesTheEffectThatItEnds() {
        Effects effects =
                new Effects(database.facts().effects(), new SampleAccounts(), Clock.systemUTC(), Checkpoints.none());

        Throwable told = attempt(decision -> effects.carryOut(
                Effects.Intent.of(order.key().account(), order.id().value(), "release", "once")
                        .asking("request")
                        .foundBy(Optional::empty)
                        .doneBy(key -> accept()),
                decision));

        assertThat(printed(told)).contains("SQLSTATE P0001").doesNotContain(CANARY);
        assertThat(logged()).contains("SQLSTATE P0001").doesNotContain(CANARY);
        assertThat(database.tablesWith("P0001")).contains("effect", "support_case", "trace_entry");
        assertThat(database.tablesWith(CANARY)).isEmpty();
    }

    private Reply accept() {
        database.facts().orders().accept(order, PERSON, Instant.now());
        return Reply.done("read");
    }

    private Throwable attempt(Function<Optional<io.throughline.domain.intervention.Decision>, Reply> work) {
        environment.registerActivitiesImplementations(
                (Attempt) () -> String.valueOf(steps.take(step, work).verdict()));
        return catchThrowable(environment.newActivityStub(Attempt.class)::run);
    }

    private String logged() {
        return log.list.stream()
                .map(event -> event.getFormattedMessage() + "\n"
                        + (event.getThrowableProxy() == null
                                ? ""
                                : ThrowableProxyUtil.asString(event.getThrowableProxy())))
                .collect(Collectors.joining("\n"));
    }

    private static String printed(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }
}
