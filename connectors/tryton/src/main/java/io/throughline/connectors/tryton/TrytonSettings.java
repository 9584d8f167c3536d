package io.throughline.connectors.tryton;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.finance.Erp;
import java.net.URI;
import java.time.Duration;

/**
 * One company in one Tryton 8.0 database. {@code applicationKey} is a validated key of the user for the REST API; the password opens the
 * JSON-RPC session that presses buttons and runs wizards. {@code callTimeout} is 30 to 60 seconds: the first posting after a start takes
 * several. A change waits for others and makes its calls within {@code longestChange}, at most {@link Erp#LONGEST_CHANGE}.
 */
public record TrytonSettings(
        AccountId company,
        URI server,
        String database,
        String user,
        String password,
        String applicationKey,
        String companyName,
        Duration callTimeout,
        Duration longestChange,
        LedgerMapping mapping) {
    private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(60);

    public TrytonSettings {
        if (callTimeout.compareTo(SHORTEST_TIMEOUT) < 0 || callTimeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException(
                    "a call to Tryton needs a timeout of 30 to 60 seconds, not " + callTimeout);
        }
        if (longestChange.compareTo(callTimeout) < 0 || longestChange.compareTo(Erp.LONGEST_CHANGE) > 0) {
            throw new IllegalArgumentException("a change in Tryton may take as long as a call, " + callTimeout + ", to "
                    + Erp.LONGEST_CHANGE + ", not " + longestChange);
        }
        if (database.isBlank() || user.isBlank() || companyName.isBlank()) {
            throw new IllegalArgumentException("database, user and company name must not be blank");
        }
    }

    @Override
    public String toString() {
        return company + " at " + server + "/" + database;
    }
}
