package io.throughline.activities.returns;

import static io.throughline.activities.returns.TestingReturnRuns.EFFECTS;
import static io.throughline.activities.returns.TestingReturnRuns.assertEnded;
import static io.throughline.domain.returns.ReturnPolicyBuilder.NEW;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.activities.call.Checkpoints;
import io.throughline.domain.returns.Disposition;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Replies that are lost, processes that die, runs that are started again: nothing is given twice. */
class ReturnRecoveryTest {
    /** The shop gives the money back, and the ERP books that it was: both call it a refund. */
    private static final List<String> EFFECTS_BY_SYSTEM =
            List.of("SHOPIFY refund", "TRYTON credit", "TRYTON refund", "TRYTON settle", "MESSAGING tell");

    @ParameterizedTest
    @MethodSource("io.throughline.activities.returns.TestingReturnRuns#operations")
    void aLostReplyIsFoundAgain(String operation) {
        try (ReturnRun run = ReturnRun.byMail()) {
            run.retail.vendor.losesReply(operation);
            run.start().receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);

            assertEnded(run, EFFECTS);
        }
    }

    static Stream<String> deaths() {
        return Stream.of(Checkpoints.Point.values())
                .flatMap(point -> EFFECTS_BY_SYSTEM.stream().map(effect -> point + " " + effect));
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void aProcessThatDiesAtANamedPointGivesNothingTwice(String where) {
        AtomicBoolean died = new AtomicBoolean();
        Checkpoints checkpoints = (point, system, operation) -> {
            if (where.equals(point + " " + system + " " + operation) && died.compareAndSet(false, true)) {
                throw new Died();
            }
        };
        try (ReturnRun run = new ReturnRun(false, false, checkpoints)) {
            run.start().receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);

            assertEnded(run, EFFECTS);
            assertThat(died).isTrue();
        }
    }

    @Test
    void aRunThatIsStartedAgainEndsTheSame() {
        try (ReturnRun run = ReturnRun.byMail()) {
            run.start().receives("L1", 1);
            run.startAgain().finds("L1", 1, NEW, Disposition.RESTOCK);
            run.await("the refund", () -> run.returned().repayment().isPresent());
            run.startAgain();

            assertEnded(run, EFFECTS);
        }
    }

    /** As if the process had been killed. */
    private static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }
}
