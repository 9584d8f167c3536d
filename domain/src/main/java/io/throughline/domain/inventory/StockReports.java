package io.throughline.domain.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.inventory.StockObservations.Level;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a system tells of its stock when it is asked. A cursor is good only with the {@code since} that it came with. Failures are
 * {@code SystemFailure}.
 */
public interface StockReports {
    /** What it has taken in since an instant of its own clock. */
    Page since(AccountId account, Instant since, Optional<String> cursor);

    /** How much it has, of whatever has changed since an instant of its own clock. */
    Page levels(AccountId account, Instant since, Optional<String> cursor);

    /** How much it has of everything, also of what has lain there since before anybody listened. */
    Page allLevels(AccountId account, Optional<String> cursor);

    /** Reads what {@link Report.Unplaced#raw} kept again, now that its things and places may be known. */
    List<Report> again(AccountId account, List<String> raw);

    /** One statement of a system. */
    sealed interface Report {
        StockSource source();

        /** Stock has moved. */
        record Moved(Movement movement) implements Report {
            @Override
            public StockSource source() {
                return movement.source();
            }
        }

        /** Stock has moved by the sale of an order, which the order's own process books. */
        record SoldByOrder(Movement movement) implements Report {
            @Override
            public StockSource source() {
                return movement.source();
            }
        }

        /** So many are there. */
        record Told(Level level) implements Report {
            @Override
            public StockSource source() {
                return level.source();
            }
        }

        /** Nobody knows yet what this is about: {@code thing} names what is unknown, {@code raw} is what the system said. */
        record Unplaced(StockSource source, String thing, String raw) implements Report {}
    }

    /** {@code upTo} is when the system took in the last of these, by its own clock; {@code next} is the cursor of the following page. */
    record Page(List<Report> reports, Optional<Instant> upTo, Optional<String> next) {
        public Page {
            reports = List.copyOf(reports);
        }

        public static Page empty() {
            return new Page(List.of(), Optional.empty(), Optional.empty());
        }
    }
}
