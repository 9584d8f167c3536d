package io.throughline.connectors.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.failure.Trouble;
import io.throughline.domain.fulfillment.FulfillmentMirror;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.Tracking;
import io.throughline.domain.order.Delivery;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderLine;
import io.throughline.domain.reconciliation.EventFeed;
import io.throughline.domain.returns.ChannelReturn;
import io.throughline.domain.returns.ChannelReturn.Status;
import io.throughline.domain.returns.ChannelReturnId;
import io.throughline.domain.returns.ChannelReturns;
import io.throughline.domain.returns.Refusal;
import io.throughline.domain.returns.ReturnReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What customers ask to send back in their account, and what the shop's staff makes of that. */
final class ChannelReturnsContractTest {
    @AutoClose
    private static final TestingSandbox sandbox = TestingSandbox.start();

    private final ChannelReturns returns = sandbox.connector().returns();
    private OrderKey order = shipped();

    @AfterEach
    void clear() {
        sandbox.noMoreFaults();
    }

    @Test
    void whatIsAskedForNamesItsUnitsAndWhyTheyComeBack() {
        ChannelReturnId id =
                asked("{\"lines\":[{\"line\":\"" + line() + "\",\"quantity\":1,\"reason\":\"too-small\"}]}");

        assertThat(returns.read(id))
                .contains(new ChannelReturn(
                        id,
                        order,
                        Status.REQUESTED,
                        List.of(new ChannelReturn.Units(line(), 1, ReturnReason.DOES_NOT_FIT)),
                        Optional.empty(),
                        false,
                        false));
    }

    @Test
    void aRequestIsAnsweredOnce() {
        ChannelReturnId approved = asked();
        ChannelReturnId declined = asked(shipped());

        assertThat(returns.approve(approved)).isEqualTo(Reply.done(approved.number()));
        assertThat(returns.decline(declined, Refusal.WINDOW_CLOSED, "w".repeat(501)))
                .isEqualTo(Reply.done(declined.number()));

        assertThat(status(approved)).isEqualTo(Status.OPEN);
        assertThat(status(declined)).isEqualTo(Status.DECLINED);
        assertThat(sandbox.effects("returnDeclineRequest"))
                .last()
                .satisfies(effect -> assertThat(effect.toString()).contains("RETURN_PERIOD_ENDED"));
        for (Reply again :
                List.of(returns.approve(declined), returns.decline(approved, Refusal.CUSTOMER_LIMIT, "no"))) {
            assertThat(again).isInstanceOfSatisfying(Reply.Refused.class, refused -> {
                assertThat(refused.code()).isEqualTo(FailureCode.CHANNEL_REFUSED);
                assertThat(refused.detail()).startsWith("INVALID_STATE");
            });
        }
    }

    @Test
    void whatCameOfAnAnswerWhoseReplyIsLostIsRead() {
        ChannelReturnId id = asked();
        sandbox.fault("returnApproveRequest", Trouble.REPLY_LOST);

        SystemFailure lost = catchThrowableOfType(SystemFailure.class, () -> returns.approve(id));

        assertThat(lost.effectPossible()).isTrue();
        assertThat(status(id)).isEqualTo(Status.OPEN);
    }

    @Test
    void whatTheStaffDoesIsTold() {
        ChannelReturnId processed = asked("{\"open\":true,\"lines\":[{\"line\":\"" + line()
                + "\",\"quantity\":1,\"reason\":\"never-heard-of\"}]}");
        assertThat(returns.read(processed).orElseThrow().units())
                .extracting(ChannelReturn.Units::reason)
                .containsExactly(ReturnReason.OTHER);
        byStaff(processed, "process");
        byStaff(processed, "close");
        order = shipped();
        ChannelReturnId cancelled = asked();
        byStaff(cancelled, "approve");
        byStaff(cancelled, "cancel");

        assertThat(returns.read(processed)).hasValueSatisfying(one -> {
            assertThat(one.status()).isEqualTo(Status.CLOSED);
            assertThat(one.processed()).isTrue();
            assertThat(one.refunded()).isTrue();
        });
        assertThat(status(cancelled)).isEqualTo(Status.CANCELLED);
    }

    @Test
    void anExchangeIsNotTakenAsAReturn() {
        ChannelReturnId id = asked("{\"exchange\":true,\"lines\":[{\"line\":\"" + line() + "\"}]}");

        assertThat(returns.read(id).flatMap(ChannelReturn::untakeable))
                .hasValueSatisfying(why -> assertThat(why).contains("exchange"));
    }

    @Test
    void whatIsNotThereIsNothing() {
        assertThat(returns.read(new ChannelReturnId(SampleShops.NORTHWIND, "1")))
                .isEmpty();
    }

    /** The stand-in is as strict as a shop: what was fulfilled comes back once, and what is done with is not cancelled. */
    @Test
    void noMoreComesBackThanWasFulfilled() {
        int all = units();
        asked("{\"lines\":[{\"line\":\"" + line() + "\",\"quantity\":" + all + "}]}");
        refused("{\"lines\":[{\"line\":\"" + line() + "\",\"quantity\":1}]}");

        order = sandbox.take("orders_paid_two_lines_tax_discount");
        refused("{\"lines\":[{\"line\":\"" + line() + "\",\"quantity\":1}]}");
    }

    @Test
    void whatNoWebhookToldIsFoundWhereItsOrderHasChanged() {
        Instant before = Instant.now().minusSeconds(2);
        ChannelReturnId id = asked();
        assertThat(events(before))
                .contains(new EventFeed.Event("returns/reconciled", id.number() + "@REQUESTED", id.subject(), "{}"));

        returns.approve(id);

        assertThat(events(before)).extracting(EventFeed.Event::eventId).contains(id.number() + "@OPEN");
    }

    private static List<EventFeed.Event> events(Instant since) {
        List<EventFeed.Event> all = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            EventFeed.Page page = sandbox.connector().feed().since(SampleShops.NORTHWIND, since, cursor);
            assertThat(page.unheard()).isEmpty();
            all.addAll(page.events());
            cursor = page.next();
        } while (cursor.isPresent());
        return all;
    }

    private Status status(ChannelReturnId id) {
        return returns.read(id).orElseThrow().status();
    }

    private ChannelReturnId asked(OrderKey of) {
        order = of;
        return asked();
    }

    private ChannelReturnId asked() {
        return asked("{\"webhooks\":\"none\",\"lines\":[{\"line\":\"" + line() + "\",\"quantity\":1}]}");
    }

    private ChannelReturnId asked(String body) {
        JsonNode made = sandbox.control("POST", path(), body, 201);
        return new ChannelReturnId(SampleShops.NORTHWIND, made.path("id").asText());
    }

    private void refused(String body) {
        sandbox.control("POST", path(), body, 409);
    }

    private String path() {
        return "/shopify/" + SampleShops.DOMAIN + "/orders/" + order.externalId() + "/return";
    }

    private static void byStaff(ChannelReturnId id, String action) {
        sandbox.control("POST", "/shopify/" + SampleShops.DOMAIN + "/returns/" + id.number() + "/" + action, "", 200);
    }

    private String line() {
        return bought().id();
    }

    private int units() {
        return bought().quantity();
    }

    private OrderLine bought() {
        return sandbox.connector()
                .orders()
                .read(order)
                .orElseThrow()
                .order()
                .lines()
                .getFirst();
    }

    private static OrderKey shipped() {
        OrderKey key = sandbox.take("orders_paid_two_lines_tax_discount");
        Order order = sandbox.connector().orders().read(key).orElseThrow().order();
        Delivery planned = order.deliveries().getFirst();
        sandbox.connector()
                .mirror()
                .handOver(
                        new FulfillmentMirror.Handover(
                                key,
                                FulfillmentOrderId.of(order.id(), 1),
                                planned.channelWork().orElseThrow(),
                                Optional.of(new Tracking("UPS", "1Z999")),
                                planned.lines()),
                        "key-" + key);
        return key;
    }
}
