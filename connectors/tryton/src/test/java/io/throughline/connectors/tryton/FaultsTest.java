package io.throughline.connectors.tryton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.throughline.domain.account.TestingGate;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.finance.CustomerPayment;
import io.throughline.domain.finance.SalesDemand;
import io.throughline.domain.finance.SalesInvoice;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Tryton that fails on the way: the failure says what may have happened, and the same request again books once. */
@TestInstance(Lifecycle.PER_CLASS)
class FaultsTest {
    private final SandboxTryton tryton = new SandboxTryton();
    private final TrytonErp erp = new TrytonErp(List.of(tryton.settings()));

    @AfterAll
    void stop() {
        tryton.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "model.sale.sale.create",
                "model.sale.sale.quote",
                "model.sale.sale.confirm",
                "model.account.invoice.create",
                "model.account.invoice.post",
                "model.account.payment.create",
                "model.account.payment.submit",
                "wizard.account.payment.process.execute",
                "model.account.payment.succeed",
                "model.account.move.post",
                "wizard.account.move.reconcile_lines.execute"
            })
    void booksOnceWhenTheReplyToAnyStepIsLost(String operation) {
        SampleDocuments documents = SampleDocuments.inUsd();
        tryton.arm("{\"system\":\"tryton\",\"operation\":\"" + operation + "\",\"kind\":\"lose_reply\",\"times\":1}");

        int failures = 0;
        boolean finished = false;
        while (!finished) {
            try {
                playOrder(documents);
                finished = true;
            } catch (SystemFailure lost) {
                failures++;
                assertThat(lost.effectPossible()).isTrue();
                assertThat(lost.code()).isEqualTo(FailureCode.OUTCOME_UNKNOWN);
            }
        }

        assertThat(failures).isEqualTo(1);
        String invoice = invoice(documents).reference();
        assertThat(tryton.documents(invoice)).isEqualTo(1);
        assertThat(tryton.documents(payment(documents).reference())).isEqualTo(1);
        assertThat(tryton.invoiceState(invoice)).isEqualTo("paid");
        assertThat(effects("account.invoice.post", invoice)).isEqualTo(1);
        assertThat(effects("account.payment.succeed", payment(documents).reference()))
                .isEqualTo(1);
        assertThat(effects("sale.sale.quote", documents.order().value())).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "model.account.payment.submit",
                "wizard.account.payment.process.execute",
                "model.account.payment.succeed",
                "model.account.move.post"
            })
    void aPaymentThatIsRefusedOnTheWayIsTakenBack(String method) {
        SampleDocuments documents = SampleDocuments.inUsd();
        CustomerPayment payment = payment(documents);
        long drafts = tryton.draftMoves();
        tryton.refuseNext(method);

        assertThat(erp.bookPayment(SampleSettings.COMPANY, payment))
                .isEqualTo(Reply.refused(FailureCode.ERP_REJECTED, "Not today."));

        assertThat(tryton.states("payments", payment.reference())).isSubsetOf("failed");
        assertThat(tryton.draftMoves()).isEqualTo(drafts);
        assertDone(erp.bookPayment(SampleSettings.COMPANY, payment));
        assertThat(tryton.states("payments", payment.reference())).containsOnlyOnce("succeeded");
        assertThat(tryton.draftMoves()).isEqualTo(drafts);
    }

    /** Tryton fails inside, whatever else is in the call. */
    @Test
    void oneDocumentAtWhichTrytonFailsKeepsNoOtherFromBeingBooked() throws Exception {
        SalesInvoice poison = invoice(SampleDocuments.inUsd());
        tryton.arm("{\"id\":\"poison\",\"system\":\"tryton\",\"operation\":\"model.account.invoice.create\","
                + "\"bodyContains\":\"" + poison.reference() + "\",\"kind\":\"html\",\"status\":400,\"times\":100}");
        List<SalesInvoice> open = new ArrayList<>(List.of(poison));
        for (int i = 0; i < 8; i++) {
            open.add(invoice(SampleDocuments.inUsd()));
        }

        // Whoever has met it once goes alone the next time.
        for (int round = 1; round <= 2; round++) {
            open.removeAll(booked(open));
        }

        assertThat(open).containsExactly(poison);
        tryton.disarm("poison");
        assertDone(erp.postInvoice(SampleSettings.COMPANY, poison));
    }

    /** Asks for all of them at the same time. */
    private List<SalesInvoice> booked(List<SalesInvoice> invoices) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads
                    .invokeAll(invoices.stream()
                            .map(invoice -> (Callable<Optional<SalesInvoice>>) () -> bookedAlone(invoice))
                            .toList())
                    .stream()
                    .map(Future::resultNow)
                    .flatMap(Optional::stream)
                    .toList();
        }
    }

    private Optional<SalesInvoice> bookedAlone(SalesInvoice invoice) {
        try {
            assertDone(erp.postInvoice(SampleSettings.COMPANY, invoice));
            return Optional.of(invoice);
        } catch (SystemFailure failed) {
            return Optional.empty();
        }
    }

    @Test
    void opensANewSessionWhenTheOldOneHasEnded() {
        SampleDocuments documents = SampleDocuments.inUsd();
        playOrder(documents);
        tryton.endSessions();

        assertThat(erp.announce(SampleSettings.COMPANY, SampleDocuments.inUsd().demand(lines(documents))))
                .isInstanceOf(Reply.Done.class);
    }

    @Test
    void waitsAsLongAsItIsAsked() {
        SampleDocuments documents = SampleDocuments.inUsd();
        tryton.arm(
                "{\"system\":\"tryton\",\"operation\":\"model.account.invoice.post\",\"kind\":\"status\",\"status\":429,"
                        + "\"retryAfterSeconds\":7,\"times\":1}");

        SystemFailure failure = failureOf(() -> erp.postInvoice(SampleSettings.COMPANY, invoice(documents)));

        assertThat(failure.code()).isEqualTo(FailureCode.RATE_LIMITED);
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(failure.effectPossible()).as("the invoice is made").isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kind\":\"html\",\"status\":502}",
                "{\"kind\":\"truncate\"}",
                "{\"kind\":\"status\",\"status\":503}"
            })
    void saysThatTheOutcomeIsUnknownWhereItIs(String fault) {
        SampleDocuments documents = SampleDocuments.inUsd();
        tryton.arm("{\"system\":\"tryton\",\"operation\":\"model.account.invoice.post\",\"times\":1,"
                + fault.substring(1));

        SystemFailure failure = failureOf(() -> erp.postInvoice(SampleSettings.COMPANY, invoice(documents)));

        assertThat(failure.effectPossible()).isTrue();
        assertThat(failure.code().category()).isEqualTo(FailureCode.SYSTEM_ERROR.category());
        playOrder(documents);
        assertThat(effects("account.invoice.post", invoice(documents).reference()))
                .isEqualTo(1);
    }

    @Test
    void aLostAnswerToASearchHasNoEffect() {
        tryton.arm(
                "{\"system\":\"tryton\",\"operation\":\"model.account.invoice.search_read\",\"kind\":\"refuse\",\"times\":1}");

        SystemFailure failure =
                failureOf(() -> erp.findInvoice(SampleSettings.COMPANY, invoice(SampleDocuments.inUsd())));

        assertThat(failure.effectPossible()).isFalse();
    }

    /** Tryton has posted, and can't be asked what came of it. */
    @Test
    void aReadingThatFailsAfterAChangeLeavesItsOutcomeUnknown() {
        SampleDocuments documents = SampleDocuments.inUsd();
        SalesInvoice invoice = invoice(documents);
        tryton.arm("{\"system\":\"tryton\",\"operation\":\"model.account.invoice.search_read\",\"kind\":\"refuse\","
                + "\"after\":2,\"times\":1}");

        SystemFailure failure = failureOf(() -> erp.postInvoice(SampleSettings.COMPANY, invoice));

        assertThat(failure.effectPossible()).isTrue();
        assertThat(erp.findInvoice(SampleSettings.COMPANY, invoice)).isPresent();
    }

    @Test
    void anUnreachableServerHasDoneNothing() {
        TrytonSettings nowhere = SampleSettings.at(URI.create("http://127.0.0.1:1"), "password", "key");

        SystemFailure failure = failureOf(() ->
                new TrytonErp(List.of(nowhere)).postInvoice(SampleSettings.COMPANY, invoice(SampleDocuments.inUsd())));

        assertThat(failure.code()).isEqualTo(FailureCode.SYSTEM_UNREACHABLE);
        assertThat(failure.effectPossible()).isFalse();
    }

    @Test
    void aPausedCompanyIsAskedNothing() {
        TrytonSettings nowhere = SampleSettings.at(URI.create("http://127.0.0.1:1"), "password", "key");
        TestingGate gate = new TestingGate().pause(SampleSettings.COMPANY);

        SystemFailure failure = failureOf(() -> new TrytonErp(List.of(nowhere), gate)
                .postInvoice(SampleSettings.COMPANY, invoice(SampleDocuments.inUsd())));

        assertThat(failure.code()).as("nobody has noticed that it is away").isEqualTo(FailureCode.SYSTEM_PAUSED);
        assertThat(failure.effectPossible()).isFalse();
    }

    @Test
    void aWrongKeyIsNoBusinessRefusal() {
        TrytonSettings settings =
                SampleSettings.at(tryton.settings().server(), "synthetic-tryton-password", "another-key");

        SystemFailure failure = failureOf(() ->
                new TrytonErp(List.of(settings)).postInvoice(SampleSettings.COMPANY, invoice(SampleDocuments.inUsd())));

        assertThat(failure.code()).isEqualTo(FailureCode.CREDENTIAL_REFUSED);
        assertThat(failure.effectPossible()).isFalse();
    }

    private void playOrder(SampleDocuments documents) {
        SalesDemand demand = documents.demand(lines(documents));
        SalesInvoice invoice = invoice(documents);
        CustomerPayment payment = payment(documents);
        assertDone(erp.announce(SampleSettings.COMPANY, demand));
        assertDone(erp.postInvoice(SampleSettings.COMPANY, invoice));
        assertDone(erp.bookPayment(SampleSettings.COMPANY, payment));
        assertDone(erp.settle(
                SampleSettings.COMPANY, documents.order(), List.of(invoice.reference(), payment.reference())));
    }

    private static SalesInvoice.Line lines(SampleDocuments documents) {
        return documents.goods("NW-MUG-RED", 1, "18.00", documents.tax("State", "0.0625", "1.13"));
    }

    private static SalesInvoice invoice(SampleDocuments documents) {
        return documents.invoice(1, lines(documents));
    }

    private static CustomerPayment payment(SampleDocuments documents) {
        return documents.payment(1, "shopify_payments", "19.13");
    }

    private long effects(String operation, String subject) {
        return tryton.effects(operation).stream()
                .filter(effect -> effect.path("subject").asText().equals(subject))
                .count();
    }

    private static void assertDone(Reply reply) {
        assertThat(reply).isInstanceOf(Reply.Done.class);
    }

    private static SystemFailure failureOf(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(SystemFailure.class, call);
    }
}
