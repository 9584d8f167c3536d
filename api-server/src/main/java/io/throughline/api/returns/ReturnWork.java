package io.throughline.api.returns;

import io.throughline.api.access.Caller;
import io.throughline.api.http.Parameters;
import io.throughline.api.order.Findings;
import io.throughline.api.problem.Problem.FieldError;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.api.trace.Spellings;
import io.throughline.domain.access.Role;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.Orders;
import io.throughline.domain.returns.Arrival;
import io.throughline.domain.returns.ConditionGrade;
import io.throughline.domain.returns.Exchange;
import io.throughline.domain.returns.Finding;
import io.throughline.domain.returns.MoneyStatus;
import io.throughline.domain.returns.Purchase;
import io.throughline.domain.returns.Purchases;
import io.throughline.domain.returns.RefusedGoods;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnIntake.Outcome;
import io.throughline.domain.returns.ReturnIntake.Regraded;
import io.throughline.domain.returns.ReturnIntake.Submission;
import io.throughline.domain.returns.ReturnPolicies;
import io.throughline.domain.returns.ReturnPolicy;
import io.throughline.domain.returns.ReturnPreview;
import io.throughline.domain.returns.UnexpectedGoods;
import io.throughline.domain.trace.Trace;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What people do with returns, be it by the API or the console: both read their own form of a request, and ask here. */
public final class ReturnWork {
    private final ReturnBook book;
    private final ReturnRequestReader requests;
    private final ReceiptReader receipts;
    private final ReturnAuthorisations authorisations;
    private final ExchangeOffers exchanges;
    private final Purchases purchases;
    private final Orders orders;
    private final ReturnPolicies policies;
    private final UnexpectedGoods unexpected;
    private final Trace trace;

    public ReturnWork(
            ReturnBook book,
            ReturnRequestReader requests,
            ReceiptReader receipts,
            ReturnAuthorisations authorisations,
            ExchangeOffers exchanges,
            Purchases purchases,
            Orders orders,
            ReturnPolicies policies,
            UnexpectedGoods unexpected,
            Trace trace) {
        this.book = book;
        this.requests = requests;
        this.receipts = receipts;
        this.authorisations = authorisations;
        this.exchanges = exchanges;
        this.purchases = purchases;
        this.orders = orders;
        this.policies = policies;
        this.unexpected = unexpected;
        this.trace = trace;
    }

    public ReturnBook book() {
        return book;
    }

    /** An order that something belongs to which can be scanned, with what of it may still come back, and its returns that the caller may see, of so many that are known. */
    public record Scanned(Order order, Purchase purchase, List<Return> returns, int known) {
        public Scanned {
            returns = List.copyOf(returns);
        }
    }

    /** Empty: nothing is known by this. */
    public Optional<Scanned> scan(String id, Caller caller) {
        return scanned(id)
                .flatMap(order -> orders.find(order)
                        .flatMap(sold -> purchases
                                .find(order)
                                .map(purchase -> new Scanned(
                                        sold,
                                        purchase,
                                        ofOrder(order, caller),
                                        book.ofOrder(order).size()))));
    }

    private Optional<OrderId> scanned(String id) {
        return Spellings.lookUp(trace, Spellings.asked(id)).flatMap(subject -> Parameters.name(subject, OrderId::new));
    }

    /** Those of whatever is scanned that the caller may see. */
    List<Return> returnsOf(String id, Caller caller) {
        return scanned(id).map(order -> ofOrder(order, caller)).orElse(List.of());
    }

    private List<Return> ofOrder(OrderId order, Caller caller) {
        return book.ofOrder(order).stream()
                .filter(one -> book.reach().maySee(caller, one))
                .toList();
    }

    /** What would become of it, by the policy of the order's day. */
    public ReturnPreview preview(ReturnSubmission submission, Caller caller) {
        ReturnRequestReader.Read read = requests.read(submission);
        ReturnReach.requireOwn(caller, read.request(), advance(submission));
        return authorisations.previewed(read.request(), read.tried());
    }

    Response answerPreview(ReturnSubmission submission, Caller caller) {
        ReturnRequestReader.Read read = requests.read(submission);
        ReturnReach.requireOwn(caller, read.request(), advance(submission));
        return authorisations.preview(
                read.request(), read.tried(), exchanges.read(read.request(), submission.exchangeFor()));
    }

    public Outcome authorise(Submission sent, ReturnSubmission submission, Caller caller) {
        ReturnRequestReader.Read read = requests.read(submission);
        ReturnReach.requireOwn(caller, read.request(), advance(submission));
        if (read.tried().isPresent()) {
            throw new ProblemException(
                    ProblemType.INVALID_CONTENT,
                    "A return follows the policy of its order's day.",
                    List.of(new FieldError("/policyVersion", "only for a preview")));
        }
        Optional<Exchange.Wanted> exchange = exchanges.read(read.request(), submission.exchangeFor());
        return exchange.isPresent()
                ? authorisations.exchanged(sent, read.request(), advance(submission), exchange.get())
                : authorisations.authorised(sent, read.request(), advance(submission));
    }

    private static boolean advance(ReturnSubmission submission) {
        return submission.refundBeforeGoods().orElse(false);
    }

    public Outcome receive(Submission sent, Return returned, ReceiptSubmission submission, Caller caller) {
        Arrival arrival = receipts.read(submission);
        ReturnReach.requireWorkFor(caller, arrival.facility());
        return book.intake().receive(sent, returned.id(), arrival);
    }

    public Outcome inspect(Submission sent, Return returned, InspectionSubmission submission, Caller caller) {
        Finding finding = receipts.read(submission, returned);
        book.reach().requireAt(caller, returned, finding);
        return book.intake().inspect(sent, returned.id(), finding);
    }

    public Outcome regrade(Submission sent, Return returned, RegradingSubmission submission) {
        Findings findings = new Findings();
        Set<ConditionGrade> grades = grades(returned);
        List<Regraded> found = new ArrayList<>();
        findings.require(
                !submission.inspections().isEmpty() && submission.inspections().size() <= ReturnSubmission.MOST_LINES,
                "/inspections",
                "1 to " + ReturnSubmission.MOST_LINES + " inspections");
        for (int i = 0; i < Math.min(submission.inspections().size(), ReturnSubmission.MOST_LINES); i++) {
            RegradingSubmission.Found one = submission.inspections().get(i);
            findings.attempt(
                            "/inspections/" + i + "/grade",
                            "one of "
                                    + grades.stream()
                                            .map(ConditionGrade::name)
                                            .sorted()
                                            .toList(),
                            Optional.<ConditionGrade>empty(),
                            () -> Optional.of(ReceiptReader.known(new ConditionGrade(one.grade()), grades)))
                    .ifPresent(grade -> found.add(new Regraded(one.inspection(), grade)));
        }
        findings.throwIfAny("The content");
        return book.intake().regrade(sent, returned.id(), found);
    }

    /** What a return's policy calls the conditions of its goods. */
    public Set<ConditionGrade> grades(Return returned) {
        return policies.named(returned.policyVersion())
                .map(ReturnPolicy::grades)
                .map(known -> known.percents().keySet())
                .orElse(Set.of());
    }

    /** Support refuses what it may; whoever could approve a refund, that one. */
    public static boolean mayRefuse(Return returned, Caller caller) {
        boolean asSecondPerson = returned.money() == MoneyStatus.UNAPPROVED && caller.hasAny(Role.FINANCE);
        return returned.mayBeRefused() && (asSecondPerson || caller.hasAny(Role.SUPPORT));
    }

    /** {@code goods}: what becomes of what was looked at; as the policy has it if absent. */
    public Outcome refuse(Return returned, Caller caller, String reason, Optional<RefusedGoods> goods) {
        if (!caller.hasAny(Role.SUPPORT) && returned.money() != MoneyStatus.UNAPPROVED) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN, "No refund of it waits for a second person: support may refuse it.");
        }
        return book.intake()
                .refuse(
                        returned.id(),
                        ReturnBook.person(caller),
                        reason,
                        goods.orElseGet(() -> policies.named(returned.policyVersion())
                                .map(ReturnPolicy::refusedGoods)
                                .orElse(RefusedGoods.SEND_BACK)));
    }

    public List<Return.Unexpected> undecided(Return returned) {
        return unexpected.undecided(returned.id());
    }

    public Outcome place(Submission sent, Return returned, UnexpectedSubmission submission) {
        Findings findings = new Findings();
        Optional<FacilityId> facility = receipts.facility(submission.facility(), findings);
        findings.require(
                !submission.lines().isEmpty() && submission.lines().size() <= ReturnSubmission.MOST_LINES,
                "/lines",
                "1 to " + ReturnSubmission.MOST_LINES + " lines");
        List<UnexpectedGoods.Placed> placed = new ArrayList<>();
        for (int i = 0; i < Math.min(submission.lines().size(), ReturnSubmission.MOST_LINES); i++) {
            UnexpectedSubmission.Units some = submission.lines().get(i);
            findings.visible("/lines/" + i + "/lineId", some.lineId(), 100);
            if (ReturnSubmission.fits(some.quantity(), i, findings)) {
                placed.add(new UnexpectedGoods.Placed(some.lineId(), some.quantity(), some.disposition()));
            }
        }
        findings.throwIfAny("The content");
        return unexpected.decide(sent, returned.id(), facility.orElseThrow(), placed);
    }
}
