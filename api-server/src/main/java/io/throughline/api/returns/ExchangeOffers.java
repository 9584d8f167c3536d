package io.throughline.api.returns;

import io.throughline.api.catalog.Assortment;
import io.throughline.api.order.Amounts;
import io.throughline.api.order.Findings;
import io.throughline.api.order.OrderSubmission;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.domain.account.Account;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.catalog.Price;
import io.throughline.domain.catalog.ProductCatalog;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.customer.PersonalDataStore;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.Orders;
import io.throughline.domain.order.TaxLine;
import io.throughline.domain.returns.Exchange;
import io.throughline.domain.returns.ReturnCause;
import io.throughline.domain.returns.ReturnPolicies;
import io.throughline.domain.returns.ReturnRequest;
import io.throughline.domain.returns.ReturnedTo;
import io.throughline.runtime.retailer.ConfiguredCatalog.Product;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what is to be taken in exchange: products at the price that they have today in the channel where the returned order was placed, and in
 * its currency. As with any order that a client hands over, its taxes are the client's to tell. The new order is one of the account for REST
 * clients, which keeps its books where the channel does.
 */
public final class ExchangeOffers {
    private static final String AT = "/exchangeFor";

    private final Account account;
    private final Accounts accounts;
    private final Assortment assortment;
    private final ProductCatalog prices;
    private final Facilities facilities;
    private final Orders orders;
    private final PersonalDataStore people;
    private final ReturnPolicies policies;

    /** {@code account} is that of the new orders. */
    public ExchangeOffers(
            Account account,
            Accounts accounts,
            Assortment assortment,
            ProductCatalog prices,
            Facilities facilities,
            Orders orders,
            PersonalDataStore people,
            ReturnPolicies policies) {
        this.account = account;
        this.accounts = accounts;
        this.assortment = assortment;
        this.prices = prices;
        this.facilities = facilities;
        this.orders = orders;
        this.people = people;
        this.policies = policies;
    }

    /** Empty: nothing is to be taken. What can't be is a problem that says what to do. */
    Optional<Exchange.Wanted> read(ReturnRequest request, Optional<List<ReturnSubmission.ExchangeLine>> submitted) {
        return submitted.map(lines -> wanted(request, lines));
    }

    private Exchange.Wanted wanted(ReturnRequest request, List<ReturnSubmission.ExchangeLine> submitted) {
        Order sold = orders.find(request.order()).orElseThrow(ReturnAuthorisations::unknownOrder);
        requireOffered(sold);
        Findings findings = new Findings();
        findings.require(
                !submitted.isEmpty() && submitted.size() <= ReturnSubmission.MOST_LINES,
                AT,
                "1 to " + ReturnSubmission.MOST_LINES + " lines, or none of it");
        boolean goodsCome =
                (request.cause() instanceof ReturnCause.ByChoice || request.cause() instanceof ReturnCause.Claim)
                        && !(request.to() instanceof ReturnedTo.Never);
        findings.require(goodsCome, AT, "only for goods that come back, by choice or by a claim");
        Optional<FacilityId> store = place(request, sold, findings);
        findings.throwIfAny("The request");
        List<Exchange.Line> lines = lines(submitted, sold, findings);
        findings.throwIfAny("The request");
        Exchange.Wanted wanted = new Exchange.Wanted(sold.currency(), sold.taxesIncluded(), lines, store);
        findings.require(
                findings.attempt(
                        AT, "comes to too much", false, () -> wanted.total().isPositive()),
                AT,
                "what is taken costs something: return the goods without an exchange");
        findings.throwIfAny("The request");
        return wanted;
    }

    private void requireOffered(Order sold) {
        if (!policies.at(sold.placedAt()).exchange().offered()) {
            throw conflict("Nothing is exchanged for goods of this order (exchange): return them for their money.");
        }
        if (account.isOff()) {
            throw conflict("Nothing is exchanged just now: the account '" + account.id()
                    + "', to which the new order would belong, is configured with mode OFF.");
        }
        AccountId channel = sold.key().account();
        if (!accounts.erpOf(channel).equals(accounts.erpOf(account.id()))) {
            throw conflict("Nothing is exchanged for orders of '" + channel
                    + "': its books are kept elsewhere than those of the new order would be.");
        }
    }

    private static ProblemException conflict(String why) {
        return new ProblemException(ProblemType.CONFLICT, why);
    }

    /** What is carried into a store is exchanged there; what is sent is exchanged for what is sent to where the order went. */
    private Optional<FacilityId> place(ReturnRequest request, Order sold, Findings findings) {
        if (request.to() instanceof ReturnedTo.InStore(FacilityId store)) {
            Facility facility = facilities.get(store);
            findings.require(
                    facility.serves().contains(account.id())
                            && facility.methods().contains(DeliveryMethod.PICKUP),
                    "/store",
                    "a store that hands over the orders of clients, where goods are taken in exchange");
            return Optional.of(store);
        }
        boolean hasAddress = sold.destination().isPresent()
                && people.find(sold.customer()).flatMap(PersonalData::shipTo).isPresent();
        findings.require(hasAddress, "/store", "needed: the order has no address to which other goods could be sent");
        return Optional.empty();
    }

    private List<Exchange.Line> lines(List<ReturnSubmission.ExchangeLine> submitted, Order sold, Findings findings) {
        Map<Sku, Product> products = assortment.among(submitted.stream().map(ReturnSubmission.ExchangeLine::sku));
        Amounts amounts = new Amounts(sold.currency(), findings);
        List<Exchange.Line> lines = new ArrayList<>();
        for (int i = 0; i < submitted.size(); i++) {
            line(AT + "/" + i, submitted.get(i), products, sold, amounts, findings)
                    .ifPresent(lines::add);
        }
        return lines;
    }

    private Optional<Exchange.Line> line(
            String at,
            ReturnSubmission.ExchangeLine line,
            Map<Sku, Product> products,
            Order sold,
            Amounts amounts,
            Findings findings) {
        boolean some = line.quantity() >= 1 && line.quantity() <= ReturnSubmission.MOST_UNITS;
        findings.require(some, at + "/quantity", "1 to " + ReturnSubmission.MOST_UNITS + " units");
        List<TaxLine> taxes = taxes(at, line.taxes(), amounts, findings);
        Optional<Product> product = findings.attempt(
                at + "/sku",
                "1 to 100 visible characters",
                Optional.<Product>empty(),
                () -> Optional.ofNullable(products.get(Sku.of(line.sku()))));
        if (product.isEmpty() || product.get().giftCard()) {
            findings.add(at + "/sku", "goods of the catalogue, no gift card");
            return Optional.empty();
        }
        Optional<Money> price = price(product.get().sku(), sold);
        if (price.isEmpty()) {
            findings.add(
                    at + "/sku",
                    "has no price in " + sold.currency() + " at " + channel(sold) + ": take something else");
        }
        return price.filter(known -> some)
                .map(unit ->
                        new Exchange.Line(product.get().sku(), product.get().title(), line.quantity(), unit, taxes));
    }

    private Optional<Money> price(Sku sku, Order sold) {
        return prices.prices(sku, Optional.of(channel(sold)), Optional.of(sold.currency())).stream()
                .map(Price::amount)
                .findFirst();
    }

    /** What was taken in exchange is exchanged at the prices of the channel where the first of these orders was placed. */
    private AccountId channel(Order sold) {
        return Exchange.returnOf(sold.key())
                .flatMap(credit -> orders.find(credit.order()))
                .map(this::channel)
                .orElse(sold.key().account());
    }

    private static List<TaxLine> taxes(
            String at, List<OrderSubmission.Tax> submitted, Amounts amounts, Findings findings) {
        List<TaxLine> taxes = new ArrayList<>();
        for (OrderSubmission.Tax tax : submitted) {
            String taxAt = at + "/taxes/" + taxes.size();
            taxes.add(new TaxLine(
                    findings.visible(taxAt + "/title", tax.title(), 100),
                    amounts.rate(taxAt + "/rate", tax.rate()),
                    amounts.notNegative(taxAt + "/amount", tax.amount())));
        }
        return taxes;
    }
}
