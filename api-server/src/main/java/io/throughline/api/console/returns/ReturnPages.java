package io.throughline.api.console.returns;

import io.throughline.api.access.Caller;
import io.throughline.api.console.Badge;
import io.throughline.api.console.JournalTable;
import io.throughline.api.console.Moments;
import io.throughline.api.console.Subjects;
import io.throughline.api.console.Tone;
import io.throughline.api.console.Visit;
import io.throughline.api.console.Words;
import io.throughline.api.console.cases.CaseRows;
import io.throughline.api.console.returns.ReturnPage.Fact;
import io.throughline.api.console.returns.ReturnPage.InspectionRow;
import io.throughline.api.console.returns.ReturnPage.LineRow;
import io.throughline.api.console.returns.ReturnPage.Refusal;
import io.throughline.api.returns.ReturnReach;
import io.throughline.api.returns.ReturnWork;
import io.throughline.domain.access.Role;
import io.throughline.domain.finance.Journals;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.Orders;
import io.throughline.domain.order.Tender;
import io.throughline.domain.returns.ClientRefunds;
import io.throughline.domain.returns.ConditionGrade;
import io.throughline.domain.returns.CustomerStatus;
import io.throughline.domain.returns.Exchange;
import io.throughline.domain.returns.Exchanges;
import io.throughline.domain.returns.MoneyStatus;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnCause;
import io.throughline.domain.returns.ReturnDebts;
import io.throughline.domain.returns.ReturnParcel;
import io.throughline.domain.returns.ReturnPhotos;
import io.throughline.domain.returns.ReturnedTo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what the page of a return shows. */
public final class ReturnPages {
    private final Journals journals;
    private final Cases cases;
    private final CaseRows rows;
    private final Exchanges exchanges;
    private final ClientRefunds clients;
    private final Orders orders;
    private final ReturnPhotos photos;
    private final ReturnDebts debts;
    private final ReturnForms forms;

    public ReturnPages(
            Journals journals,
            Cases cases,
            CaseRows rows,
            Exchanges exchanges,
            ClientRefunds clients,
            Orders orders,
            ReturnPhotos photos,
            ReturnDebts debts,
            ReturnForms forms) {
        this.journals = journals;
        this.cases = cases;
        this.rows = rows;
        this.exchanges = exchanges;
        this.clients = clients;
        this.orders = orders;
        this.photos = photos;
        this.debts = debts;
        this.forms = forms;
    }

    ReturnPage read(Return returned, Visit visit, Moments moments) {
        String process = returned.id().workflowId(returned.order().account());
        Map<Long, List<String>> seen = photos.ofInspections(returned.id());
        Caller caller = visit.caller();
        boolean forStore = ReturnReach.isStoreOnly(caller);
        return new ReturnPage(
                ReturnRow.of(returned, moments),
                Words.of(CustomerStatus.of(returned)),
                returned.policyVersion(),
                sequence(returned),
                Stream.of(
                                facts(returned.cause()).stream(),
                                returned.parcels().stream().map(parcel -> fact(parcel, moments)),
                                exchanges.find(returned.id()).stream().flatMap(taken -> facts(taken).stream()),
                                clients.by(returned.id()).stream().flatMap(ReturnPages::facts))
                        .flatMap(some -> some)
                        .toList(),
                returned.askedBy(),
                moments.of(returned.closedAt()),
                returned.refused()
                        .map(refused -> new Refusal(
                                moments.of(refused.at()),
                                refused.by(),
                                refused.reason().filter(words -> visit.seesPersons()))),
                returned.lines().stream().map(line -> line(line, seen, moments)).toList(),
                returned.unexpected().stream()
                        .map(more -> more.quantity() + " × " + more.sku() + " at " + more.facility())
                        .toList(),
                returned.repayment()
                        .filter(repayment -> returned.refused().isEmpty())
                        .map(repayment -> ReturnMoney.of(repayment, payments(returned, repayment))),
                forStore
                        ? List.of()
                        : cases.unclosed(List.of(returned.id().value(), process)).stream()
                                .map(one -> rows.of(one, moments))
                                .toList(),
                forStore
                        ? List.of()
                        : journals.of(returned.id()).stream()
                                .map(JournalTable::of)
                                .toList(),
                mayApprove(returned, caller),
                ReturnWork.mayRefuse(returned, caller),
                returned.hasInspected(),
                forms.receiving(returned, caller),
                forms.inspecting(returned, caller),
                forms.regrading(returned, caller, moments),
                forms.placing(returned, caller),
                debts.find(returned.id()).map(ReturnPages::owed),
                forStore);
    }

    private static String owed(ReturnDebts.Debt debt) {
        return debt.amount()
                + debt.outcome()
                        .map(outcome -> ", " + Words.of(outcome).toLowerCase(Locale.ROOT))
                        .orElse("");
    }

    private static String sequence(Return returned) {
        if (returned.to() instanceof ReturnedTo.Never) {
            return "money without goods";
        }
        return returned.refundFirst() ? "money before the goods" : "money after the goods";
    }

    private static List<Fact> facts(ReturnCause cause) {
        return switch (cause) {
            case ReturnCause.ByChoice choice -> List.of();
            case ReturnCause.GivenElsewhere elsewhere -> List.of();
            case ReturnCause.ParcelRefused(String parcel) -> List.of(new Fact("Parcel", parcel));
            case ReturnCause.ParcelLost(String parcel) -> List.of(new Fact("Parcel", parcel));
            case ReturnCause.Claim claim ->
                Stream.concat(
                                claim.percent().map(part -> new Fact("Paid of the price", part + " %")).stream(),
                                claim.photos().stream().map(photo -> new Fact("Photo", photo)))
                        .toList();
            case ReturnCause.Appeasement given ->
                List.of(new Fact("Amount", given.amount().toString()), new Fact("Because", Words.of(given.reason())));
        };
    }

    /** What whoever has taken the money is asked for, and has said. */
    private static Stream<Fact> facts(ClientRefunds.Asked asked) {
        return asked.refund().ofClient().stream()
                .map(part -> new Fact(
                        "Its client gives back",
                        part.amount().shop() + " of payment " + part.payment() + " of " + asked.order() + ", "
                                + Words.of(part.standing())));
    }

    private static Fact fact(ReturnParcel parcel, Moments moments) {
        String words = parcel.isFromCustomer() ? "To " + parcel.facility() : "Back from " + parcel.facility();
        return new Fact(
                words,
                parcel.tracking()
                                .map(tracking -> tracking.carrier() + " " + tracking.number() + ", ")
                                .orElse("")
                        + Words.of(parcel.status()) + " since "
                        + moments.of(parcel.at()).exact()
                        + parcel.label().map(label -> ", label " + label).orElse(""));
    }

    private static List<Fact> facts(Exchange exchange) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(
                "Takes in exchange",
                exchange.wanted().lines().stream()
                                .map(line -> line.quantity() + " × " + line.sku())
                                .collect(Collectors.joining(", "))
                        + " for " + exchange.total()));
        facts.add(new Fact("Exchange", Words.of(exchange.status())));
        exchange.asked()
                .filter(asked -> exchange.status() == Exchange.Status.AWAITS_PAYMENT)
                .ifPresent(asked -> facts.add(new Fact("To be paid", asked.owed() + " by " + asked.until())));
        exchange.placed()
                .ifPresent(
                        placed -> facts.add(new Fact("New order", placed.order().value())));
        return facts;
    }

    /** Those of the order, where the customer has seen other amounts than the shop's. */
    private List<Tender> payments(Return returned, Return.Repayment repayment) {
        return ReturnMoney.isShownOtherwise(repayment.refund())
                ? orders.find(returned.id().order()).map(Order::tenders).orElse(List.of())
                : List.of();
    }

    private static LineRow line(Return.Line line, Map<Long, List<String>> seen, Moments moments) {
        return new LineRow(
                line.sku().value(),
                Subjects.stock(line.sku().value()),
                Words.of(line.reason()),
                line.claimed().map(ConditionGrade::name).map(Words::of).orElse(""),
                line.authorised(),
                line.received(),
                line.missing(),
                line.inspections().stream()
                        .map(found -> new InspectionRow(
                                found.quantity(),
                                Words.of(found.grade().name()),
                                Words.of(found.disposition())
                                        + found.back()
                                                .map(back -> " (" + Words.of(back.reason()) + ")")
                                                .orElse(""),
                                found.facility().value(),
                                moments.of(found.at()),
                                found.booked()
                                        ? new Badge("Booked", Tone.GOOD)
                                        : new Badge("To be booked", Tone.WAITING),
                                seen.getOrDefault(found.number(), List.of())))
                        .toList());
    }

    /** Whoever asked for the return, or has looked at its goods, is told when they try. */
    private static boolean mayApprove(Return returned, Caller caller) {
        return returned.money() == MoneyStatus.UNAPPROVED && caller.hasAny(Role.FINANCE);
    }
}
