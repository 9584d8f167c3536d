package io.throughline.sandbox.core;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plays calls on a stand-in, with the fault that lies in wait for each, and writes every attempt down. */
final class FaultyStage implements SystemServer.Handler {

    private static final Logger LOG = LoggerFactory.getLogger(FaultyStage.class);

    private final StandIn standIn;
    private final Faults faults;
    private final Ledger ledger;

    FaultyStage(StandIn standIn, Faults faults, Ledger ledger) {
        this.standIn = standIn;
        this.faults = faults;
        this.ledger = ledger;
    }

    @Override
    public SystemServer.Outcome handle(Request request) throws InterruptedException {
        long started = System.nanoTime();
        String operation = operation(request);
        Optional<Rules.Armed<Fault>> fault = faults.take(standIn.system(), operation, request);
        SystemServer.Outcome outcome = fault.isEmpty()
                ? new SystemServer.Outcome.Answer(play(request))
                : strike(fault.get().rule(), request);
        int status = switch (outcome) {
            case SystemServer.Outcome.Answer(Response response) -> response.status();
            case SystemServer.Outcome.HalfAnswer(Response response) -> response.status();
            case SystemServer.Outcome.Cut() -> 0;
        };
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
        ledger.attempt(standIn.system(), operation, request, status, fault, millis);
        return outcome;
    }

    private SystemServer.Outcome strike(Fault fault, Request request) throws InterruptedException {
        Duration delay = Duration.ofMillis(fault.delayMillis());
        return switch (fault.kind()) {
            case DELAY -> {
                Thread.sleep(delay);
                yield new SystemServer.Outcome.Answer(play(request));
            }
            case REFUSE -> new SystemServer.Outcome.Cut();
            case HANG -> {
                Thread.sleep(delay);
                yield new SystemServer.Outcome.Cut();
            }
            case STATUS -> new SystemServer.Outcome.Answer(waiting(standIn.error(fault.status()), fault));
            case HTML -> new SystemServer.Outcome.Answer(waiting(page(fault.status()), fault));
            case TRUNCATE -> new SystemServer.Outcome.HalfAnswer(play(request));
            case LOSE_REPLY -> {
                play(request);
                Thread.sleep(delay);
                yield new SystemServer.Outcome.Cut();
            }
        };
    }

    private static Response waiting(Response response, Fault fault) {
        return fault.retryAfterSeconds() > 0
                ? response.withHeader("Retry-After", Integer.toString(fault.retryAfterSeconds()))
                : response;
    }

    private static Response page(int status) {
        return Response.html(
                status,
                "<html>\r\n<head><title>" + status + " Bad Gateway</title></head>\r\n<body>\r\n<center><h1>" + status
                        + " Bad Gateway</h1></center>\r\n<hr><center>cloud proxy</center>\r\n</body>\r\n</html>\r\n");
    }

    private String operation(Request request) {
        try {
            return standIn.operation(request);
        } catch (RuntimeException unreadable) {
            return request.method() + " " + request.path();
        }
    }

    private Response play(Request request) throws InterruptedException {
        try {
            return standIn.handle(request);
        } catch (MalformedBody malformed) {
            return standIn.error(400);
        } catch (InterruptedException stopped) {
            throw stopped;
        } catch (Exception failure) {
            LOG.error("{} could not play {} {}", standIn.system(), request.method(), request.path(), failure);
            return standIn.error(500);
        }
    }
}
