package io.throughline.domain.counter;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.returns.FraudScore;
import java.util.List;

/** What is known of where goods were sold that came back over a counter. */
public sealed interface Origin {
    /** In place of a line of a sale: there is none. */
    int NO_LINE = 0;

    record OfSale(SaleName sale) implements Origin {}

    /**
     * Nobody knows. {@code creditBy} is the account that gives credit in place of money; {@code secondPerson} tells why a second person had to look, if one had
     * to. Who brought them is kept with the personal data.
     */
    record Unreceipted(AccountId creditBy, FraudScore score, List<String> secondPerson) implements Origin {
        public Unreceipted {
            secondPerson = List.copyOf(secondPerson);
        }
    }
}
