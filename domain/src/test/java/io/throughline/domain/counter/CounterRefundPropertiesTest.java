package io.throughline.domain.counter;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.TaxLine;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.OnePolicy;
import io.throughline.domain.returns.RefundTo;
import io.throughline.domain.returns.ReturnPolicyBuilder;
import io.throughline.domain.returns.ReturnReason;
import io.throughline.domain.sale.SampleSales;
import io.throughline.domain.sale.StoreSale;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;

/** Whatever is sold at a till, returns of all of it in whatever parts give back exactly what was paid, and their bookings take back exactly what was booked. */
class CounterRefundPropertiesTest {
    private static final Instant LATER = SampleSales.NOON.plusSeconds(48 * 3600);
    private static final List<Sku> SKUS = List.of(Sku.of("MUG"), Sku.of("TEE"), Sku.of("CAP"));
    private static final List<Disposition> DISPOSITIONS =
            Arrays.stream(Disposition.values()).filter(Disposition::taken).toList();

    private final long seed = System.nanoTime();
    private final SplittableRandom random = new SplittableRandom(seed);
    private final CounterPreviews previews = new CounterPreviews(
            new OnePolicy(new ReturnPolicyBuilder().build()),
            Set.of("square_card", "gift_card"),
            Clock.fixed(LATER, ZoneOffset.UTC));

    @RepeatedTest(60)
    void partsComeToTheWhole() {
        StoreSale sale = sale();
        List<CounterReturn> returns = new ArrayList<>();
        int[] left = sale.lines().stream().mapToInt(StoreSale.Line::quantity).toArray();
        while (someLeft(left)) {
            SaleHistory history = new SaleHistory(sale, Optional.empty(), returns, List.of());
            CounterPreview preview = previews.of(history, request(sale, left));
            assertThat(preview.allowsAll()).as("seed %d: %s", seed, preview).isTrue();
            CounterReturn returned = returned(sale, preview, returns.size());
            StoreSale booked = new CounterBooking(returned, sale.taxesIncluded()).sale(1);
            assertThat(booked.total().negated())
                    .as("seed %d", seed)
                    .isEqualTo(preview.refund().total().shop());
            returns.add(returned);
        }

        assertThat(sum(
                        sale,
                        returns.stream().map(one -> one.refund().total().shop()).toList()))
                .as("seed %d", seed)
                .isEqualTo(sale.total());
        for (int i = 0; i < sale.tenders().size(); i++) {
            String payment = Integer.toString(i + 1);
            assertThat(sum(
                            sale,
                            returns.stream()
                                    .flatMap(one -> one.parts().stream())
                                    .filter(part -> part.payment().equals(payment))
                                    .map(CounterReturn.Part::amount)
                                    .toList()))
                    .as("seed %d, tender %s", seed, payment)
                    .isEqualTo(sale.tenders().get(i).amount());
        }
        List<StoreSale> bookings = returns.stream()
                .map(one -> new CounterBooking(one, sale.taxesIncluded()).sale(1))
                .toList();
        assertThat(taxes(sale, bookings).plus(taxes(sale, List.of(sale))).isZero())
                .as("seed %d: each tax is taken back", seed)
                .isTrue();
    }

    /** What a till has taken back by itself counts, by SKU and by kind of money. */
    @RepeatedTest(30)
    void whatATillTookBackIsNotPaidAgain() {
        StoreSale sale = sale();
        SaleHistory history = new SaleHistory(sale, Optional.empty(), List.of(), List.of(undone(sale)));

        int[] all = sale.lines().stream().mapToInt(StoreSale.Line::quantity).toArray();
        CounterPreview preview = previews.of(history, request(sale, all));

        assertThat(preview.allowsAll()).as("seed %d", seed).isFalse();
        assertThat(preview.refund().total().shop().isZero()).as("seed %d", seed).isTrue();
        assertThat(history.isOverdrawn()).as("seed %d", seed).isFalse();
    }

    /** What is thrown away never comes into stock, and what is kept back is held before it is there. */
    @RepeatedTest(20)
    void stockGrowsByWhatBecomesOfTheGoods() {
        StoreSale sale = sale();
        int[] all = sale.lines().stream().mapToInt(StoreSale.Line::quantity).toArray();
        CounterPreview preview =
                previews.of(new SaleHistory(sale, Optional.empty(), List.of(), List.of()), request(sale, all));
        CounterReturn returned = returned(sale, preview, 0);

        CounterBooking books = new CounterBooking(returned, sale.taxesIncluded());
        int onHand = books.movements().stream()
                .filter(movement -> movement.measure() == Measure.ON_HAND)
                .mapToInt(movement -> movement.quantity())
                .sum();
        int kept = returned.lines().stream()
                .filter(line -> line.disposition() != Disposition.SCRAP)
                .mapToInt(CounterReturn.Line::quantity)
                .sum();
        assertThat(onHand).as("seed %d", seed).isEqualTo(kept);
        assertThat(books.movements())
                .extracting(movement -> movement.source().id())
                .doesNotHaveDuplicates();
    }

    private StoreSale sale() {
        while (true) {
            StoreSale any = SampleSales.random(random, "S-1", 1, SKUS, SampleSales.NOON);
            boolean plain = any.total().isPositive()
                    && any.lines().stream().allMatch(line -> line.quantity() > 0 && !line.giftCard());
            if (plain) {
                return any;
            }
        }
    }

    private static StoreSale undone(StoreSale sale) {
        return new StoreSale(
                sale.facility(),
                "S-2",
                1,
                sale.register(),
                LATER,
                sale.currency(),
                sale.taxesIncluded(),
                sale.lines().stream()
                        .map(line -> new StoreSale.Line(
                                line.sku(),
                                line.title(),
                                false,
                                -line.quantity(),
                                line.unitPrice(),
                                line.discount(),
                                line.total().negated(),
                                line.taxes().stream()
                                        .map(tax -> new TaxLine(
                                                tax.title(),
                                                tax.rate(),
                                                tax.amount().negated()))
                                        .toList()))
                        .toList(),
                sale.charges().stream()
                        .map(charge -> new StoreSale.Charge(
                                charge.kind(), charge.title(), charge.total().negated(), List.of()))
                        .toList(),
                sale.tenders().stream()
                        .map(tender -> new StoreSale.Tender(
                                tender.kind(), tender.amount().negated()))
                        .toList());
    }

    private CounterRequest request(StoreSale sale, int[] left) {
        List<CounterRequest.Line> lines = new ArrayList<>();
        for (int i = 0; i < left.length; i++) {
            int units = left[i] == 0 ? 0 : random.nextInt(lines.isEmpty() ? 1 : 0, left[i] + 1);
            if (units > 0) {
                left[i] -= units;
                lines.add(new CounterRequest.Line(
                        i + 1,
                        units,
                        ReturnReason.UNWANTED,
                        ReturnPolicyBuilder.NEW,
                        DISPOSITIONS.get(random.nextInt(DISPOSITIONS.size())),
                        Optional.empty()));
            }
        }
        return new CounterRequest(
                new SaleName(sale.facility(), sale.id()), SampleFacilities.ST_HARBOR, RefundTo.ORIGINAL, lines);
    }

    private static boolean someLeft(int[] left) {
        for (int units : left) {
            if (units > 0) {
                return true;
            }
        }
        return false;
    }

    private static CounterReturn returned(StoreSale sale, CounterPreview preview, int number) {
        return new CounterReturn(
                CounterReturnId.of("tests", "return " + number),
                new Origin.OfSale(new SaleName(sale.facility(), sale.id())),
                SampleFacilities.ST_HARBOR,
                preview.policyVersion(),
                preview.refundTo(),
                "tests",
                LATER,
                preview.lines(),
                preview.refund(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                preview.parts(),
                Optional.empty());
    }

    private static Money sum(StoreSale sale, List<Money> amounts) {
        return Money.sum(sale.currency(), amounts);
    }

    private static Money taxes(StoreSale sale, List<StoreSale> booked) {
        return sum(
                sale,
                booked.stream()
                        .flatMap(one -> one.lines().stream())
                        .map(StoreSale.Line::tax)
                        .toList());
    }
}
