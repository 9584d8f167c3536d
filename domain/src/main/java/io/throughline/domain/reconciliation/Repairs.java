package io.throughline.domain.reconciliation;

import io.throughline.domain.account.AccountId;
import java.time.Instant;
import java.util.List;

/** What comparisons with an account have found that its messages had not told. */
public interface Repairs {
    String OF_ORDER = "throughline/reconciled";
    String OF_ORDER_AGAIN = "throughline/reconciled-again";
    String OF_WORK = "fulfillments/reconciled";
    String OF_SALE = "payment.reconciled";

    /** What a comparison hands to the inbox is told by these topics. */
    List<String> TOPICS = List.of(OF_ORDER, OF_ORDER_AGAIN, OF_WORK, OF_SALE);

    /** Since then, newest first. Events that the account itself has kept come under their own names, and are not among them. */
    List<Repair> since(AccountId account, Instant since, int limit);

    /** How many there are since then, however many are listed. */
    Count count(AccountId account, Instant since);

    /** {@code handled} of them were taken in; the others are handed over, and still wait for that. */
    record Count(int found, int handled) {}

    /** {@code handled}: it was taken in. */
    record Repair(String subject, String topic, Instant foundAt, boolean handled) {}
}
