package io.throughline.connectors.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderLine;
import io.throughline.domain.order.Tender;
import io.throughline.domain.returns.PutBack;
import io.throughline.domain.returns.Refund;
import io.throughline.domain.returns.RefundGateway;
import io.throughline.domain.returns.RefundGateway.Claim;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RefundGatewayContractTest {
    private static final String REFERENCE = "O-7K2M9Q4XTA-R1";
    private static final Money NOTHING = usd("0.00");

    @AutoClose
    private static final TestingSandbox sandbox = TestingSandbox.start();

    private final String key = UUID.randomUUID().toString();

    @AfterEach
    void clear() {
        sandbox.noMoreFaults();
    }

    @Test
    void theChannelComesToWhatWasPaidForTheUnits() {
        Order order = read(paid());
        OrderLine first = order.lines().getFirst();

        assertThat(gateway().suggest(claim(order, first.quantity(), "1.00")))
                .isEqualTo(first.total().plus(first.tax()));
    }

    @Test
    void aRefundIsMadeOnceTakesItsUnitsOffAndNamesItsTransactions() {
        OrderKey id = paid();
        Order order = read(id);
        Claim claim = claim(order, 1, "10.00");
        assertThat(gateway().findRefund(claim)).isEmpty();

        Reply first = gateway().refund(claim, key);
        Reply second = gateway().refund(claim, key);

        assertThat(first).isInstanceOf(Reply.Done.class).isEqualTo(second);
        Receipt receipt = ((Reply.Done) first).receipt();
        assertThat(gateway().findRefund(claim)).contains(receipt);
        assertThat(sandbox.effects(id, "refundCreate")).isEqualTo(1);
        Order after = read(id);
        assertThat(after.refunded()).isEqualTo(usd("10.00"));
        assertThat(after.quantity(claim.units().getFirst().lineId()))
                .isEqualTo(order.quantity(claim.units().getFirst().lineId()) - 1);
        String payment = claim.tenders().getFirst().payment();
        assertThat(RefundGateway.transactions(receipt)).containsOnlyKeys(payment);
        assertThat(after.tenders())
                .filteredOn(Tender::isRefund)
                .singleElement()
                .extracting(Tender::id)
                .isEqualTo(RefundGateway.transactions(receipt).get(payment));
    }

    /** By somebody in the shop's admin: one unit is put on a shelf, another is not. */
    @Test
    void whatWasPutOnAShelfIsToldWithItsPlace() {
        OrderKey id = paid();
        String line = read(id).lines().getFirst().id();
        control(
                id,
                "refund",
                "{\"line_item\":\"" + line + "\",\"quantity\":1,\"amount\":\"5.00\",\"location\":\"" + SampleShops.EAST
                        + "\"}");
        List<Tender> shelved = refunds(id);
        Order before = read(id);
        if (before.quantity(line) > 0) {
            control(id, "refund", "{\"line_item\":\"" + line + "\",\"quantity\":1,\"amount\":\"6.00\"}");
        }
        Set<String> all = refunds(id).stream().map(Tender::id).collect(Collectors.toSet());

        assertThat(gateway().putBack(id, all)).containsExactly(new PutBack(line, 1, SampleShops.EAST));
        assertThat(gateway().putBack(id, Set.of(shelved.getFirst().id()))).hasSize(1);
        assertThat(gateway().putBack(id, Set.of("1"))).isEmpty();
    }

    /** The units are off the order with the first: the second gives nothing but money, and is told apart by its name. */
    @Test
    void aRefundThatFailedIsFollowedByAnother() {
        OrderKey id = paid();
        Order order = read(id);
        Claim first = claim(order, 1, "10.00");
        control(id, "hold-refunds", "");
        gateway().refund(first, key);
        assertThat(refunds(id)).extracting(Tender::status).containsExactly(Tender.Status.PENDING);
        control(id, "release-refunds", "{\"success\":false}");
        assertThat(refunds(id)).extracting(Tender::status).containsExactly(Tender.Status.FAILURE);

        Claim second = new Claim(id, REFERENCE + "/2", List.of(), first.delivery(), first.tenders());
        assertThat(gateway().findRefund(second)).isEmpty();
        assertThat(gateway().refund(second, UUID.randomUUID().toString())).isInstanceOf(Reply.Done.class);

        assertThat(gateway().findRefund(second))
                .isPresent()
                .isNotEqualTo(gateway().findRefund(first));
        Order after = read(id);
        assertThat(after.refunded()).isEqualTo(usd("10.00"));
        String line = first.units().getFirst().lineId();
        assertThat(after.quantity(line)).isEqualTo(order.quantity(line) - 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lose_reply", "truncate"})
    void afterALostReplyTheRefundIsFound(String kind) {
        OrderKey id = paid();
        Claim claim = claim(read(id), 1, "10.00");
        sandbox.fault("refundCreate", kind);

        assertThatThrownBy(() -> gateway().refund(claim, key))
                .isInstanceOfSatisfying(
                        SystemFailure.class,
                        failure -> assertThat(failure.effectPossible()).isTrue());

        assertThat(gateway().findRefund(claim)).isPresent();
        assertThat(gateway().refund(claim, key)).isInstanceOf(Reply.Done.class);
        assertThat(sandbox.effects(id, "refundCreate")).isEqualTo(1);
    }

    /** It goes back to no payment, and there is less left of the order all the same. */
    @Test
    void storeCreditIsGivenOnceAndCountsForTheWhole() {
        OrderKey id = paid();
        Order order = read(id);
        Claim credit = credit(claim(order, 1, "10.00"), "shopify_store_credit");

        Reply first = gateway().refund(credit, key);
        assertThat(gateway().refund(credit, key)).isEqualTo(first);

        Receipt receipt = ((Reply.Done) first).receipt();
        assertThat(gateway().findRefund(credit)).contains(receipt);
        assertThat(RefundGateway.transactions(receipt)).containsOnlyKeys(Refund.STORE_CREDIT);
        assertThat(refunds(id)).singleElement().satisfies(tender -> {
            assertThat(tender.id())
                    .isEqualTo(RefundGateway.transactions(receipt).get(Refund.STORE_CREDIT));
            assertThat(credit.tenders().getFirst().goesWhere(tender)).isTrue();
            assertThat(tender.amount().shop()).isEqualTo(usd("10.00"));
        });
        Claim tooMuch = new Claim(
                id,
                REFERENCE + "/2",
                List.of(),
                MoneyBag.of(NOTHING),
                claim(order, 1, order.paid().toDecimal().toPlainString()).tenders());
        assertRefused(
                gateway().refund(tooMuch, UUID.randomUUID().toString()), "not greater than what is left to refund");
    }

    @Test
    void storeCreditNeedsACustomer() {
        OrderKey id = sandbox.take("orders_paid_two_lines_tax_discount", body -> body.remove("customer"));

        assertRefused(
                gateway().refund(credit(claim(read(id), 1, "10.00"), "shopify_store_credit"), key),
                "must have a customer");
    }

    private static Claim credit(Claim claim, String gateway) {
        return new Claim(
                claim.order(),
                claim.reference(),
                claim.units(),
                claim.delivery(),
                claim.tenders().stream()
                        .map(to -> new Refund.ToTender(Refund.STORE_CREDIT, gateway, to.amount()))
                        .toList());
    }

    @Test
    void moreThanIsLeftIsRefused() {
        Order order = read(paid());
        Claim claim = claim(order, 1, order.paid().plus(usd("0.01")).toDecimal().toPlainString());

        assertRefused(gateway().refund(claim, key), "not greater than what is left to refund");
    }

    @Test
    void unitsThatAreNotThereAreRefused() {
        Order order = read(paid());

        assertRefused(gateway().refund(claim(order, 99, "1.00"), key), "more items than were purchased");
    }

    @Test
    void anUnknownLineIsRefused() {
        OrderKey id = paid();
        Claim claim = claim(read(id), 1, "1.00");
        Claim unknown = new Claim(
                id,
                REFERENCE,
                List.of(new LineQuantity("404", claim.units().getFirst().sku(), 1)),
                claim.delivery(),
                claim.tenders());

        assertRefused(gateway().refund(unknown, key), "Line item does not exist");
    }

    private static void assertRefused(Reply reply, String words) {
        assertThat(reply).isInstanceOfSatisfying(Reply.Refused.class, refused -> {
            assertThat(refused.code()).isEqualTo(FailureCode.REFUND_REFUSED);
            assertThat(refused.detail()).contains(words);
        });
    }

    /** Units of the first line, and an amount to the first payment. */
    private static Claim claim(Order order, int units, String amount) {
        OrderLine line = order.lines().getFirst();
        Tender payment =
                order.tenders().stream().filter(Tender::isPayment).findFirst().orElseThrow();
        return new Claim(
                order.key(),
                REFERENCE,
                List.of(new LineQuantity(line.id(), line.sku(), units)),
                MoneyBag.of(NOTHING),
                List.of(new Refund.ToTender(payment.id(), payment.gateway(), MoneyBag.of(usd(amount)))));
    }

    private static List<Tender> refunds(OrderKey key) {
        return read(key).tenders().stream()
                .filter(tender -> tender.kind() == Tender.Kind.REFUND)
                .toList();
    }

    private static void control(OrderKey key, String action, String body) {
        sandbox.control(
                "POST", "/shopify/" + SampleShops.DOMAIN + "/orders/" + key.externalId() + "/" + action, body, 200);
    }

    private static OrderKey paid() {
        return sandbox.take("orders_paid_two_lines_tax_discount");
    }

    private static Order read(OrderKey key) {
        return sandbox.connector().orders().read(key).orElseThrow().order();
    }

    private static RefundGateway gateway() {
        return sandbox.connector().refunds();
    }

    private static Money usd(String amount) {
        return Money.of(amount, CurrencyCode.of("USD"));
    }
}
