package io.throughline.activities.returns;

import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.returns.ClientRefund;
import io.throughline.domain.returns.ClientRefunds;
import io.throughline.domain.returns.RefundGateway;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The money of returns of orders that REST clients have handed over. Each has taken it by itself, so it is asked to give it back, by an event, and tells what came of that; or
 * a person pays by hand and says so. Until then the order reads as if its channel had the refund under way.
 */
public final class AskedClients implements RefundGateway {
    private final ClientRefunds refunds;
    private final Clock clock;

    public AskedClients(ClientRefunds refunds, Clock clock) {
        this.refunds = refunds;
        this.clock = clock;
    }

    @Override
    public boolean suggests() {
        return false;
    }

    @Override
    public Money suggest(Claim claim) {
        throw new UnsupportedOperationException("nobody but us keeps order " + claim.order());
    }

    @Override
    public Optional<Receipt> findRefund(Claim claim) {
        return refunds.of(OrderId.of(claim.order())).stream()
                .filter(asked -> asked.reference().equals(claim.reference()))
                .findFirst()
                .map(AskedClients::receipt);
    }

    @Override
    public Reply refund(Claim claim, String vendorKey) {
        refunds.ask(
                claim.order(),
                new ClientRefund(
                        claim.reference(),
                        claim.units(),
                        claim.tenders().stream().map(ClientRefund.Part::asked).toList(),
                        clock.instant()));
        // As it was asked for first.
        return Reply.done(findRefund(claim).orElseThrow());
    }

    private static Receipt receipt(ClientRefund asked) {
        Map<String, String> transactions = asked.parts().stream()
                .map(ClientRefund.Part::payment)
                .collect(Collectors.toMap(RefundGateway::ofPayment, asked::transaction));
        return new Receipt(asked.reference(), transactions);
    }
}
