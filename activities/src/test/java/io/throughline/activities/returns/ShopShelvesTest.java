package io.throughline.activities.returns;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.activities.TestingRetail;
import io.throughline.domain.SettableClock;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.inventory.StockAuthorities.Authority;
import io.throughline.domain.inventory.StockAuthorities.Basis;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.returns.OnePolicy;
import io.throughline.domain.returns.PutBack;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnCause;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnPolicyBuilder;
import io.throughline.domain.returns.ReturnReason;
import io.throughline.domain.returns.ReturnRequest;
import io.throughline.domain.returns.ReturnedTo;
import io.throughline.domain.returns.Returns;
import io.throughline.domain.returns.SampleRefunds;
import io.throughline.domain.returns.Shelved;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Somebody has given money back in the shop's admin, and put the goods on a shelf there. */
class ShopShelvesTest {
    private static final String EAST = Objects.requireNonNull(
            new SampleFacilities().get(SampleFacilities.WH_EAST).locations().get(SampleAccounts.SHOP));

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-24T04:00:00Z"));
    private final TestingRetail retail = TestingRetail.quiet(clock);
    private final Order order = SampleOrders.twoLinesWithTaxAndDiscount();

    @Test
    void whatOthersCountIsBroughtInByTheReturn() {
        ReturnId id = adopted(new ReturnCause.GivenElsewhere());
        retail.shop.putsBack(new PutBack("L1", 1, EAST));

        shelves("wms").read(id);
        shelves("wms").read(id);

        assertThat(retail.returns.shelved())
                .as("asked once")
                .containsExactly(new Shelved("L1", 1, SampleFacilities.WH_EAST, ReturnPolicyBuilder.NEW, false));
    }

    @Test
    void whatTheShopItselfCountsIsToldByItsFeed() {
        ReturnId id = adopted(new ReturnCause.GivenElsewhere());
        retail.shop.putsBack(new PutBack("L1", 1, EAST));

        shelves(SampleAccounts.SHOP.value()).read(id);

        assertThat(retail.returns.shelved()).singleElement().matches(Shelved::counted);
    }

    @Test
    void aShelfThatIsNoneOfOursIsLeftToPeople() {
        ReturnId id = adopted(new ReturnCause.GivenElsewhere());
        retail.shop.putsBack(new PutBack("L1", 1, "nowhere"));

        shelves("wms").read(id);

        assertThat(retail.returns.shelved()).isEmpty();
        assertThat(retail.returns.asksForShelves(id)).isFalse();
    }

    /** Ours puts nothing on a shelf. */
    @Test
    void onlyOfWhatSomebodyElseGaveTheShopIsAsked() {
        ReturnId id = adopted(new ReturnCause.ByChoice());
        retail.shop.putsBack(new PutBack("L1", 1, EAST));

        shelves("wms").read(id);

        assertThat(retail.returns.shelved()).isEmpty();
    }

    private ShopShelves shelves(String moves) {
        return new ShopShelves(
                retail.world,
                retail.returns,
                new OnePolicy(new ReturnPolicyBuilder().build()),
                retail.facilities,
                (place, measure) -> new Authority(moves, Basis.LEVELS));
    }

    private ReturnId adopted(ReturnCause cause) {
        ReturnId id = retail.returns.authorise(
                order,
                cause,
                new ReturnedTo.ByCarrier(),
                true,
                clock.instant(),
                new ReturnRequest.Line("L1", 1, ReturnReason.OTHER, Optional.empty()));
        retail.returns.calculate(
                id, purchase -> new Returns.Reckoned(SampleRefunds.ofOneUnit(order, "L1", "24.42"), false));
        retail.returns.issued(id, new Return.Issued("R", Map.of("T1", "BY-HAND"), false, clock.instant()));
        return id;
    }
}
