package io.throughline.api.returns;

import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.TaxLine;
import io.throughline.domain.returns.Exchange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is taken in exchange for a return, and what becomes of the difference. */
@Schema(name = "ReturnExchange")
public record ExchangeView(
        @Schema(description = "Absent in a preview") Optional<Exchange.Status> status,

        List<Line> lines,

        @Schema(description = "Where it is picked up; absent: it is sent to where the order went")
        Optional<String> store,

        String currency,

        @Schema(description = "What it costs, taxes included", example = "30.00")
        String total,

        @Schema(description = "What the return is worth, or is expected to be", example = "24.42")
        String credit,

        @Schema(description = "What the customer has paid for it", example = "0.00")
        String paid,

        @Schema(description = "What is still to be paid", example = "5.58")
        String toPay,

        @Schema(description = "What is given back once the new order is done", example = "0.00")
        String toGiveBack,

        @Schema(description = "Until when it is to be paid; then the money is given back instead")
        Optional<Instant> payUntil,

        @Schema(description = "Our name of the new order, once it is handed over", example = "O-7K2M9Q4XTA")
        Optional<String> newOrderId,

        @Schema(description = "How it has ended") Optional<String> outcome) {

    /** Units of one product at the price of the day. */
    @Schema(name = "ExchangedLine")
    public record Line(
            String sku,
            String title,
            int quantity,
            String unitPrice,
            String total,
            String tax,

            @Schema(description = "In a preview: whether it can be had just now")
            Optional<Boolean> available,

            @Schema(description = "Why it can't be had, and what to do")
            Optional<String> why) {
        static Line of(Exchange.Line line, Optional<Integer> there, int wanted) {
            boolean enough = there.map(units -> units >= wanted).orElse(true);
            return new Line(
                    line.sku().value(),
                    line.title(),
                    line.quantity(),
                    text(line.unitPrice()),
                    text(line.total()),
                    text(Money.sum(
                            line.unitPrice().currency(),
                            line.taxes().stream().map(TaxLine::amount).toList())),
                    there.map(units -> enough),
                    enough
                            ? Optional.empty()
                            : Optional.of(wanted + " wanted, " + there.orElse(0)
                                    + " there: take fewer or something else, or return the goods for their money"));
        }
    }

    /** {@code available}: units that could be had, by SKU. */
    static ExchangeView preview(Exchange.Wanted wanted, Money credit, Map<Sku, Integer> available) {
        Money total = wanted.total();
        Money taken = total.min(credit);
        return new ExchangeView(
                Optional.empty(),
                wanted.lines().stream()
                        .map(line -> Line.of(
                                line, Optional.of(available.getOrDefault(line.sku(), 0)), units(wanted, line.sku())))
                        .toList(),
                wanted.pickUpAt().map(store -> store.value()),
                wanted.currency().code(),
                text(total),
                text(credit),
                text(Money.zero(wanted.currency())),
                text(total.minus(taken)),
                text(credit.minus(taken)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static int units(Exchange.Wanted wanted, Sku sku) {
        return wanted.lines().stream()
                .filter(line -> line.sku().equals(sku))
                .mapToInt(Exchange.Line::quantity)
                .sum();
    }

    /** {@code worth} is empty until the credit is known. */
    static ExchangeView of(Exchange exchange, Optional<Money> worth) {
        Exchange.Wanted wanted = exchange.wanted();
        Money credit = worth.orElse(exchange.expectedCredit());
        boolean givenUp = exchange.status() == Exchange.Status.GIVEN_UP;
        Money nothing = Money.zero(wanted.currency());
        return new ExchangeView(
                Optional.of(exchange.status()),
                wanted.lines().stream()
                        .map(line -> Line.of(line, Optional.empty(), line.quantity()))
                        .toList(),
                wanted.pickUpAt().map(store -> store.value()),
                wanted.currency().code(),
                text(wanted.total()),
                text(credit),
                text(exchange.paid()),
                text(givenUp ? nothing : exchange.owed(credit)),
                text(givenUp ? worth.orElse(nothing) : credit.minus(taken(exchange, credit))),
                exchange.asked().map(Exchange.Asked::until),
                exchange.placed().map(placed -> placed.order().value()),
                exchange.ended().map(Exchange.Ended::why));
    }

    /** What was handed over in the end, where that is known. */
    private static Money taken(Exchange exchange, Money credit) {
        return exchange.ended().map(Exchange.Ended::taken).orElseGet(() -> exchange.taken(credit));
    }

    private static String text(Money money) {
        return money.toDecimal().toPlainString();
    }
}
