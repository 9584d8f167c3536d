package io.throughline.domain.failure;

import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Amendable;
import io.throughline.domain.intervention.AmendmentKind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Every way in which work can stop. A code has a category, the actions that a person may take, the role that owns it and the time
 * within which it should be resolved; its runbook page is {@code runbooks/<code-in-lower-case-with-dashes>.md}.
 */
public enum FailureCode {
    ORDER_TOTALS_DISAGREE(FailureCategory.BUSINESS, Owner.SUPPORT, hours(4), Action.RETRY, Action.CANCEL),
    ORDER_UNREADABLE(FailureCategory.BUSINESS, Owner.RETAIL_IT, hours(4), Action.RETRY, Action.CANCEL),
    UNKNOWN_SKU(FailureCategory.BUSINESS, Owner.SUPPORT, hours(4), Action.RETRY, Action.AMEND_AND_RETRY, Action.CANCEL),
    ORDER_ON_HOLD(FailureCategory.BUSINESS, Owner.SUPPORT, hours(8), Action.RELEASE_HOLD, Action.CANCEL),
    STOCK_MISSING(FailureCategory.BUSINESS, Owner.SUPPORT, hours(8), Action.RETRY, Action.CANCEL),
    /** More was sold or promised at a place than it has, or a system and the ledger have parted. No process waits for it. */
    STOCK_DISCREPANCY(
            FailureCategory.BUSINESS, Owner.SUPPORT, hours(24), Action.ACCEPT_DIFFERENCE, Action.PUBLISH_AGAIN),
    /** An outside system doesn't take what it is told of a SKU's stock. No process waits for it. */
    STOCK_NOT_PUBLISHED(FailureCategory.BUSINESS, Owner.RETAIL_IT, hours(8), Action.RETRY, Action.ACCEPT_DIFFERENCE),
    /** A system tells of stock of a thing or place that nobody knows. No process waits for it. */
    STOCK_UNPLACED(FailureCategory.BUSINESS, Owner.RETAIL_IT, hours(24), Action.ACCEPT_DIFFERENCE),
    /** What a till has sold can't be booked as its system tells it. No process waits for it. */
    SALE_NOT_BOOKED(FailureCategory.BUSINESS, Owner.SUPPORT, hours(4), Action.RETRY, Action.ACCEPT_DIFFERENCE),
    /** A product's prices at two channels differ by more than the retailer allows. No process waits for it. */
    PRICE_MISMATCH(FailureCategory.BUSINESS, Owner.FINANCE, hours(24), Action.ACCEPT_DIFFERENCE),
    /** A customer has asked what is kept of them, and the law says until when they must have it. No process waits for it. */
    PRIVACY_REQUEST(FailureCategory.BUSINESS, Owner.SUPPORT, hours(30 * 24), Action.ACCEPT_DIFFERENCE),
    NO_FACILITY(FailureCategory.BUSINESS, Owner.SUPPORT, hours(8), Action.RETRY, Action.CANCEL),
    /** The facility where the customer wants to collect something is paused, and nobody has said until when. */
    FACILITY_PAUSED(FailureCategory.BUSINESS, Owner.SUPPORT, hours(4), Action.RETRY, Action.CANCEL),
    FACILITY_REJECTED(FailureCategory.BUSINESS, Owner.SUPPORT, hours(4), Action.REROUTE, Action.CANCEL),
    /** A customer does not want any more what nobody can serve; the rest of the order goes on. */
    LINE_CALLED_OFF(FailureCategory.BUSINESS, Owner.SUPPORT, hours(8), Action.RETRY, Action.CANCEL),
    /** A customer was asked what becomes of what was to be collected, and has not answered. No process waits for it. */
    OFFER_UNANSWERED(FailureCategory.BUSINESS, Owner.SUPPORT, hours(8), Action.ACCEPT_DIFFERENCE),
    FACILITY_SILENT(FailureCategory.BUSINESS, Owner.SUPPORT, hours(4), Action.RETRY, Action.REROUTE, Action.CANCEL),
    /** Goods that lie ready were not picked up in time. */
    NOT_COLLECTED(FailureCategory.BUSINESS, Owner.SUPPORT, hours(24), Action.RETRY, Action.CANCEL),
    FACILITY_REFUSED(FailureCategory.BUSINESS, Owner.SUPPORT, hours(4), Action.RETRY, Action.REROUTE, Action.CANCEL),
    /** Goods have left, as a device of the facility has told us, and the facility's own system doesn't take that in. */
    FACILITY_NOT_TOLD(FailureCategory.BUSINESS, Owner.SUPPORT, hours(24), Action.RETRY, Action.ACCEPT_DIFFERENCE),
    /** Work is held that a facility has already, and its system can't be told. No process waits for it. */
    HOLD_NOT_TOLD(FailureCategory.BUSINESS, Owner.SUPPORT, hours(1), Action.ACCEPT_DIFFERENCE),
    /** A carrier does not sell a label for a parcel that is packed. ACCEPT_DIFFERENCE: the facility labels it by itself. */
    CARRIER_REFUSED(
            FailureCategory.BUSINESS,
            Owner.SUPPORT,
            hours(4),
            Action.RETRY,
            Action.AMEND_AND_RETRY,
            Action.REROUTE,
            Action.ACCEPT_DIFFERENCE,
            Action.CANCEL),
    /** A label is not needed any more, and its carrier does not take it back. No process waits for it. */
    LABEL_NOT_VOIDED(FailureCategory.BUSINESS, Owner.SUPPORT, hours(48), Action.ACCEPT_DIFFERENCE),
    /** A parcel was refused or is lost, and no return could be made of that. No process waits for it. */
    PARCEL_ASTRAY(FailureCategory.BUSINESS, Owner.SUPPORT, hours(24), Action.ACCEPT_DIFFERENCE),
    /** The order is ended, but its facility does not give the work back. */
    RECALL_REFUSED(FailureCategory.BUSINESS, Owner.SUPPORT, hours(2), Action.RETRY, Action.ACCEPT_DIFFERENCE),
    /** Goods of an order that was ended may be on their way. This case stays when its order has ended. */
    GOODS_OUTSTANDING(FailureCategory.BUSINESS, Owner.SUPPORT, hours(48), Action.ACCEPT_DIFFERENCE),
    CHANNEL_REFUSED(
            FailureCategory.BUSINESS, Owner.SUPPORT, hours(4), Action.RETRY, Action.ACCEPT_DIFFERENCE, Action.CANCEL),
    /** Four fifths of the time have passed in which a marketplace wants to hear of an order. No process waits for it. */
    DEADLINE_AT_RISK(FailureCategory.BUSINESS, Owner.SUPPORT, hours(1), Action.ACCEPT_DIFFERENCE),
    /** A marketplace has not heard of an order in time. No process waits for it. */
    DEADLINE_MISSED(FailureCategory.BUSINESS, Owner.SUPPORT, hours(4), Action.ACCEPT_DIFFERENCE),
    CAPTURE_DECLINED(FailureCategory.BUSINESS, Owner.FINANCE, hours(4), Action.RETRY, Action.ACCEPT_DIFFERENCE),
    /** An order was carried out, and its channel has not taken all of its money. */
    PAYMENT_MISSING(FailureCategory.BUSINESS, Owner.FINANCE, hours(24), Action.RETRY, Action.ACCEPT_DIFFERENCE),
    /**
     * A customer disputes a payment of the order. RELEASE_HOLD: what was held goes on; CANCEL: what is open is cancelled; ACCEPT_DIFFERENCE: what may be
     * lost is borne, and what was held goes on, too. A case that is open stays when its order has ended.
     */
    PAYMENT_DISPUTED(
            FailureCategory.BUSINESS,
            Owner.FINANCE,
            hours(8),
            Action.RELEASE_HOLD,
            Action.CANCEL,
            Action.ACCEPT_DIFFERENCE),
    /**
     * Money is to go back that a dispute may give back, or has. RELEASE_HOLD: it goes back all the same; ACCEPT_DIFFERENCE: we give none; RETRY: look
     * whether the dispute is decided.
     */
    REFUND_DISPUTED(
            FailureCategory.BUSINESS,
            Owner.FINANCE,
            hours(24),
            Action.RETRY,
            Action.RELEASE_HOLD,
            Action.ACCEPT_DIFFERENCE),
    /**
     * An order changed when it was too late to do otherwise. BOOK_AS_RETURN, where money was given back that no return of ours knows of: it becomes one. A case
     * that is open stays when its order has ended.
     */
    CHANGED_AFTER_SHIPMENT(
            FailureCategory.BUSINESS, Owner.SUPPORT, hours(8), Action.ACCEPT_DIFFERENCE, Action.BOOK_AS_RETURN),
    /** An address changed, and whoever has the goods can't be told of it by us. No process waits for it. */
    ADDRESS_CHANGED(FailureCategory.BUSINESS, Owner.SUPPORT, hours(2), Action.ACCEPT_DIFFERENCE),
    /** Work was moved at its channel, and can't follow by itself. No process waits for it. */
    WORK_MOVED(FailureCategory.BUSINESS, Owner.SUPPORT, hours(4), Action.ACCEPT_DIFFERENCE),
    /**
     * Authorised money will soon not be there any more, and nothing is picked yet. RETRY: look again; RELEASE_HOLD: take it now; ACCEPT_DIFFERENCE: let it
     * expire.
     */
    AUTHORISATION_AT_RISK(
            FailureCategory.BUSINESS,
            Owner.FINANCE,
            hours(8),
            Action.RETRY,
            Action.RELEASE_HOLD,
            Action.ACCEPT_DIFFERENCE,
            Action.CANCEL),
    /** Authorised money was not taken in time. RETRY: look whether it is there by now; RELEASE_HOLD: go on without. */
    AUTHORISATION_EXPIRED(
            FailureCategory.BUSINESS, Owner.FINANCE, hours(4), Action.RETRY, Action.RELEASE_HOLD, Action.CANCEL),
    REFUND_MISSING(FailureCategory.BUSINESS, Owner.FINANCE, hours(8), Action.RETRY, Action.ACCEPT_DIFFERENCE),
    /** The channel comes to another refund than we do, before any is made. */
    REFUND_DIFFERS(FailureCategory.BUSINESS, Owner.FINANCE, hours(8), Action.RETRY, Action.ACCEPT_DIFFERENCE),
    /** A refund is so high that a second person must approve it. */
    REFUND_UNAPPROVED(FailureCategory.BUSINESS, Owner.FINANCE, hours(24), Action.RETRY),
    REFUND_REFUSED(FailureCategory.BUSINESS, Owner.FINANCE, hours(8), Action.RETRY, Action.ACCEPT_DIFFERENCE),
    /** The same goods were paid for at a till by itself and by us. No process waits for it. */
    REFUNDED_TWICE(FailureCategory.BUSINESS, Owner.FINANCE, hours(8), Action.ACCEPT_DIFFERENCE),
    /**
     * Somebody has given as much back at a till as a return over a counter is worth, perhaps for other goods of that sale. RETRY: for others, ours is given;
     * ACCEPT_DIFFERENCE: for these, nothing more is.
     */
    REFUND_UNCLEAR(FailureCategory.BUSINESS, Owner.FINANCE, hours(4), Action.RETRY, Action.ACCEPT_DIFFERENCE),
    /** What is to be paid out at a store's counter was not reported in time. */
    PAYOUT_UNREPORTED(FailureCategory.BUSINESS, Owner.SUPPORT, hours(24), Action.RETRY, Action.ACCEPT_DIFFERENCE),
    /** Goods of a return have not come in time. */
    RETURN_OVERDUE(FailureCategory.BUSINESS, Owner.SUPPORT, hours(48), Action.ACCEPT_DIFFERENCE),
    /**
     * No carrier sells a label for a parcel of a return. ACCEPT_DIFFERENCE: whoever sends it, the customer or the place where it lies, labels it by
     * themselves.
     */
    RETURN_LABEL_REFUSED(
            FailureCategory.BUSINESS,
            Owner.SUPPORT,
            hours(8),
            Action.RETRY,
            Action.AMEND_AND_RETRY,
            Action.ACCEPT_DIFFERENCE),
    /** Goods came back that nobody had authorised. No process waits for it. */
    RETURN_UNEXPECTED(FailureCategory.BUSINESS, Owner.SUPPORT, hours(48), Action.ACCEPT_DIFFERENCE),
    /**
     * A return that was asked for, or opened, at a channel does not go with ours. RETRY: look again; ACCEPT_DIFFERENCE: it stays with the channel. No process
     * waits for it.
     */
    RETURN_NOT_TAKEN(FailureCategory.BUSINESS, Owner.SUPPORT, hours(24), Action.RETRY, Action.ACCEPT_DIFFERENCE),
    /**
     * Money was given before its goods came, and they are worth less, or never came. ACCEPT_DIFFERENCE: nothing is charged; RELEASE_HOLD: the customer goes
     * on owing it. No process waits for it.
     */
    ADVANCE_OWED(FailureCategory.BUSINESS, Owner.SUPPORT, hours(48), Action.ACCEPT_DIFFERENCE, Action.RELEASE_HOLD),
    /** A return is worth less than what is taken in exchange was to cost. ACCEPT_DIFFERENCE: its money is given back instead. */
    EXCHANGE_OWED(FailureCategory.BUSINESS, Owner.SUPPORT, hours(24), Action.ACCEPT_DIFFERENCE),
    /** The ERP refuses the documents of a return. The money is given back already. */
    CREDIT_REJECTED(
            FailureCategory.BUSINESS,
            Owner.FINANCE,
            hours(8),
            Action.RETRY,
            Action.AMEND_AND_RETRY,
            Action.ACCEPT_DIFFERENCE),
    ERP_REJECTED(
            FailureCategory.BUSINESS, Owner.FINANCE, hours(8), Action.RETRY, Action.AMEND_AND_RETRY, Action.CANCEL),
    ERP_PERIOD_CLOSED(FailureCategory.BUSINESS, Owner.FINANCE, hours(24), Action.RETRY, Action.AMEND_AND_RETRY),
    ERP_BOOKS_DIFFER(FailureCategory.BUSINESS, Owner.FINANCE, hours(24), Action.RETRY, Action.ACCEPT_DIFFERENCE),
    /** The ERP refuses a summary of a store's day. What was sold stays sold: there is nothing that could be cancelled. */
    STORE_DAY_REJECTED(
            FailureCategory.BUSINESS,
            Owner.FINANCE,
            hours(8),
            Action.RETRY,
            Action.AMEND_AND_RETRY,
            Action.ACCEPT_DIFFERENCE),
    JOURNAL_OUT_OF_BALANCE(FailureCategory.INTERNAL, Owner.FINANCE, hours(8), Action.RETRY),
    MESSAGE_REFUSED(
            FailureCategory.BUSINESS,
            Owner.SUPPORT,
            hours(24),
            Action.RETRY,
            Action.AMEND_AND_RETRY,
            Action.ACCEPT_DIFFERENCE),
    /** A subscriber does not take what it has subscribed to. No process waits for it. */
    EVENT_UNDELIVERABLE(FailureCategory.BUSINESS, Owner.RETAIL_IT, hours(8), Action.RETRY, Action.ACCEPT_DIFFERENCE),
    INBOX_UNREADABLE(FailureCategory.BUSINESS, Owner.RETAIL_IT, hours(4), Action.RETRY, Action.ACCEPT_DIFFERENCE),
    SYSTEM_UNREACHABLE(FailureCategory.TRANSIENT, Owner.RETAIL_IT, hours(2), Action.RETRY),
    SYSTEM_ERROR(FailureCategory.TRANSIENT, Owner.RETAIL_IT, hours(2), Action.RETRY),
    RATE_LIMITED(FailureCategory.TRANSIENT, Owner.RETAIL_IT, hours(2), Action.RETRY),
    REPLY_UNREADABLE(FailureCategory.TRANSIENT, Owner.RETAIL_IT, hours(2), Action.RETRY),
    OUTCOME_UNKNOWN(FailureCategory.TRANSIENT, Owner.RETAIL_IT, hours(1), Action.RETRY),
    CREDENTIAL_REFUSED(FailureCategory.TRANSIENT, Owner.RETAIL_IT, hours(1), Action.RETRY),
    EFFECT_IN_FLIGHT(FailureCategory.TRANSIENT, Owner.RETAIL_IT, hours(1), Action.RETRY),
    /** A person has paused the system, or lets only so much through. Nobody has to look at it, so it never becomes a case. */
    SYSTEM_PAUSED(FailureCategory.TRANSIENT, Owner.RETAIL_IT, hours(8), Action.RETRY),
    SUBSCRIPTION_MISSING(FailureCategory.TRANSIENT, Owner.RETAIL_IT, hours(4), Action.RETRY),
    /** Our own database is away. */
    STORE_UNREACHABLE(FailureCategory.TRANSIENT, Owner.RETAIL_IT, hours(1), Action.RETRY),
    /** An order, a return, a reroute or a day is open, and no process stands for it. */
    PROCESS_MISSING(FailureCategory.INTERNAL, Owner.RETAIL_IT, hours(1), Action.RETRY),
    /** A process does not get on, and shows it nowhere else. */
    PROCESS_STANDS_STILL(FailureCategory.INTERNAL, Owner.RETAIL_IT, hours(2), Action.RETRY),
    /** A line of the trace was changed past the program. No process waits for it. */
    TRACE_BROKEN(FailureCategory.INTERNAL, Owner.RETAIL_IT, hours(4), Action.ACCEPT_DIFFERENCE),
    /** A process goes on, and its order has ended or never was. */
    PROCESS_UNEXPECTED(FailureCategory.INTERNAL, Owner.RETAIL_IT, hours(24), Action.RETRY),
    INTERNAL_ERROR(FailureCategory.INTERNAL, Owner.RETAIL_IT, hours(2), Action.RETRY);

    private final FailureCategory category;
    private final Owner owner;
    private final Duration target;
    // Never handed out nor changed after construction.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Set<Action> actions;

    FailureCode(FailureCategory category, Owner owner, Duration target, Action first, Action... more) {
        this.category = category;
        this.owner = owner;
        this.target = target;
        this.actions = EnumSet.of(first, more);
    }

    public FailureCategory category() {
        return category;
    }

    public Owner owner() {
        return owner;
    }

    /** Within this time of its opening a case with this code should be resolved, where no policy of cases says otherwise. */
    public Duration target() {
        return target;
    }

    /** What a person may decide, and nothing else. */
    public Set<Action> actions() {
        return EnumSet.copyOf(actions);
    }

    /** Whether an outside system has said no; else it is silent or out of reach, or a rule of ours stops the work. */
    public boolean refusedOutside() {
        return switch (this) {
            case FACILITY_REJECTED,
                    FACILITY_REFUSED,
                    FACILITY_NOT_TOLD,
                    CARRIER_REFUSED,
                    LABEL_NOT_VOIDED,
                    RETURN_LABEL_REFUSED,
                    RECALL_REFUSED,
                    CHANNEL_REFUSED,
                    CAPTURE_DECLINED,
                    REFUND_REFUSED,
                    CREDIT_REJECTED,
                    ERP_REJECTED,
                    ERP_PERIOD_CLOSED,
                    STORE_DAY_REJECTED,
                    MESSAGE_REFUSED -> true;
            default -> false;
        };
    }

    /** Whether work waits because somebody wants it to: that is shown where it was said, and opens no case. */
    public boolean wanted() {
        return this == SYSTEM_PAUSED;
    }

    /** Whether a case with this code is still to be worked on when its order has ended. */
    public boolean outlivesOrder() {
        return switch (this) {
            case GOODS_OUTSTANDING,
                    CHANGED_AFTER_SHIPMENT,
                    ADDRESS_CHANGED,
                    PAYMENT_DISPUTED,
                    LABEL_NOT_VOIDED,
                    PARCEL_ASTRAY,
                    RETURN_NOT_TAKEN,
                    TRACE_BROKEN -> true;
            default -> false;
        };
    }

    /** Whether that somebody has seen to it is all: its case is closed by any decision, also while its order goes on. */
    public boolean onlyToBeSeenTo() {
        return switch (this) {
            case HOLD_NOT_TOLD,
                    WORK_MOVED,
                    ADDRESS_CHANGED,
                    DEADLINE_AT_RISK,
                    DEADLINE_MISSED,
                    PARCEL_ASTRAY,
                    LABEL_NOT_VOIDED,
                    PRIVACY_REQUEST,
                    OFFER_UNANSWERED,
                    TRACE_BROKEN -> true;
            default -> false;
        };
    }

    /**
     * Whether a process goes on only by what is decided about such a case, or by what ends it; others tell people of something beside its way. A step may
     * all the same ask what others only tell of: {@link io.throughline.domain.intervention.Case#holdsUpProcess()}.
     */
    public boolean holdsUpProcess() {
        return switch (this) {
            case STOCK_DISCREPANCY,
                    STOCK_NOT_PUBLISHED,
                    STOCK_UNPLACED,
                    SALE_NOT_BOOKED,
                    PRICE_MISMATCH,
                    HOLD_NOT_TOLD,
                    LABEL_NOT_VOIDED,
                    PARCEL_ASTRAY,
                    GOODS_OUTSTANDING,
                    DEADLINE_AT_RISK,
                    DEADLINE_MISSED,
                    PAYMENT_DISPUTED,
                    CHANGED_AFTER_SHIPMENT,
                    ADDRESS_CHANGED,
                    WORK_MOVED,
                    REFUNDED_TWICE,
                    RETURN_UNEXPECTED,
                    RETURN_NOT_TAKEN,
                    ADVANCE_OWED,
                    EVENT_UNDELIVERABLE,
                    INBOX_UNREADABLE,
                    PROCESS_MISSING,
                    PROCESS_STANDS_STILL,
                    PROCESS_UNEXPECTED,
                    PRIVACY_REQUEST,
                    OFFER_UNANSWERED,
                    TRACE_BROKEN -> false;
            default -> true;
        };
    }

    /** What an amendment of a case with this code is about. */
    public Optional<AmendmentKind> amends() {
        return switch (this) {
            case ERP_PERIOD_CLOSED -> Optional.of(AmendmentKind.POSTING);
            case ERP_REJECTED, CREDIT_REJECTED, STORE_DAY_REJECTED -> Optional.of(AmendmentKind.STAND_INS);
            case UNKNOWN_SKU -> Optional.of(AmendmentKind.PRODUCT_NAMES);
            case CARRIER_REFUSED, RETURN_LABEL_REFUSED -> Optional.of(AmendmentKind.SHIP_TO);
            case MESSAGE_REFUSED -> Optional.of(AmendmentKind.CONTACT);
            default -> Optional.empty();
        };
    }

    /** What a person may amend with {@link Action#AMEND_AND_RETRY}: exactly what the steps that this code comes from go by. */
    public Set<Amendable> amendable() {
        Set<Amendable> fields = EnumSet.noneOf(Amendable.class);
        amends().ifPresent(kind -> fields.addAll(kind.fields()));
        return fields;
    }

    /** The name of this code's page below {@code runbooks/}. */
    public String runbook() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-') + ".md";
    }

    private static Duration hours(long hours) {
        return Duration.ofHours(hours);
    }

    /** The people to whom a case goes first. */
    public enum Owner {
        SUPPORT,
        FINANCE,
        RETAIL_IT
    }
}
