package io.throughline.domain.returns;

import io.throughline.domain.money.Money;
import java.time.Instant;
import java.util.Optional;

/**
 * What is taken in exchange for returns, in PostgreSQL. Each change is traced in the same transaction, and is made once however often it is
 * asked for. An exchange that has ended changes no more.
 */
public interface Exchanges {
    Optional<Exchange> find(ReturnId id);

    /** The credit is known, and the customer has to pay {@code owed} until then. */
    void ask(ReturnId id, Money owed, Instant until);

    /** So much of the credit pays the new order, which is handed over next. Nothing happens where the customer still owes for it. */
    void place(ReturnId id, Money credit);

    /** The new order is done: what it took of the return's credit is not given back. {@code taken} is at most what pays it. */
    void settle(ReturnId id, Money taken);

    /** No new order, or none any more: its goods are free, and the whole credit goes back as money. */
    void giveUp(ReturnId id, String why);
}
