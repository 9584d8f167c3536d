package io.throughline.domain.returns;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.order.Tender;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ForeignRefundsTest {
    private static final Order BEFORE = paid().build();

    private final TestingReturns returns = new TestingReturns();

    @Test
    void areThoseOfNoReturnAndOfNoBook() {
        confirmed("R1");
        Order now = given(given(given(paid(), "R1", "25.00"), "R2", "5.00"), "R3", "6.00")
                .build();

        assertThat(foreign(now, Set.of("R3"))).containsExactly("R2");
    }

    /** The books have the 25.00 already: whoever gave them by hand has only made them true again. */
    @Test
    void whatStandsInForOneThatFailedAfterAllIsNone() {
        confirmed("R1");

        assertThat(foreign(given(failed(), "R2", "25.00").build(), Set.of())).isEmpty();
        assertThat(foreign(given(given(failed(), "R2", "25.00"), "R3", "25.00").build(), Set.of()))
                .as("two can't stand in for one")
                .containsExactly("R3");
        assertThat(foreign(given(failed(), "R2", "24.00").build(), Set.of()))
                .as("another amount is for something else")
                .containsExactly("R2");
    }

    /** Its reply may be lost. What was made before it was asked for, or comes to something else, is not its own. */
    @Test
    void whatAReturnIsAboutToGiveMayBeItsOwn() {
        ReturnId id = approved("25.00");
        Order now = given(given(paid(), "R1", "25.00"), "R2", "5.00").build();
        Return giving = returns.find(id).orElseThrow();

        assertThat(now.tenders().stream()
                        .filter(tender -> tender.kind() == Tender.Kind.REFUND)
                        .filter(tender -> ForeignRefunds.isAsGivenBy(giving, tender, now))
                        .map(Tender::id))
                .containsExactly("R1");
    }

    @Test
    void whatFailedIsNone() {
        assertThat(foreign(failed().build(), Set.of())).isEmpty();
    }

    private List<String> foreign(Order now, Set<String> inBooks) {
        return ForeignRefunds.of(now, returns.ofOrder(now.id()), inBooks).stream()
                .map(Tender::id)
                .toList();
    }

    private void confirmed(String transaction) {
        ReturnId id = approved("25.00");
        returns.issued(id, new Return.Issued("refund", Map.of("T1", transaction), true, BEFORE.placedAt()));
        returns.confirmed(id);
    }

    private ReturnId approved(String amount) {
        ReturnId id = returns.authorise(
                BEFORE,
                new ReturnedTo.ByMail(),
                true,
                new ReturnRequest.Line("L1", 1, ReturnReason.UNWANTED, Optional.of(ReturnPolicyBuilder.NEW)));
        returns.calculate(id, purchase -> new Returns.Reckoned(SampleRefunds.ofOneUnit(BEFORE, "L1", amount), false));
        return id;
    }

    private static OrderBuilder paid() {
        return SampleOrders.twoLines("6500000000103").paid();
    }

    private static OrderBuilder failed() {
        return tender(paid(), "R1", Tender.Status.FAILURE, "25.00");
    }

    private static OrderBuilder given(OrderBuilder order, String id, String amount) {
        return tender(order, id, Tender.Status.SUCCESS, amount);
    }

    private static OrderBuilder tender(OrderBuilder order, String id, Tender.Status status, String amount) {
        return order.tender(id, Tender.Kind.REFUND, status, "shopify_payments", amount, Optional.of("T1"));
    }
}
