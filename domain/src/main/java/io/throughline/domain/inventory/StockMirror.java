package io.throughline.domain.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What an outside system shows of our stock, for the accounts of one kind of system. */
public interface StockMirror {
    /** The states that it shows. */
    Set<ShownState> states();

    /** How many lines one call may have. */
    int mostLines();

    /** What it shows at a facility; a SKU that it doesn't have, or under which it has several items, is absent. */
    Map<Sku, ShownStock> read(AccountId account, FacilityId facility, Collection<Sku> skus);

    /**
     * Tells the lines, each only if the state still has the value that it is to change from. The same call under the same key does
     * nothing more.
     */
    Answer tell(StockTelling telling, String vendorKey);

    /** What became of a call. {@code othersTold}: only the lines complained of were not told; otherwise none was. */
    record Answer(boolean othersTold, List<Complaint> complaints) {
        public Answer {
            complaints = List.copyOf(complaints);
        }

        public static Answer told() {
            return new Answer(true, List.of());
        }

        public static Answer nothing(List<Complaint> complaints) {
            return new Answer(false, complaints);
        }

        public boolean allTold() {
            return complaints.isEmpty();
        }
    }

    /** Why a line was not told; a {@code line} of less than 0: the system doesn't say which one it means. */
    record Complaint(int line, Reason reason, String words) {}

    /** What is to be done about a complaint. */
    enum Reason {
        /** The state has another value by now: to be read and reckoned again. */
        STALE,
        /** An earlier attempt under this key was refused, and so nothing was ever done under it: to be read and reckoned again, too. */
        KEY_USED_UP,
        /** The system will not take it, however often it is told. */
        REFUSED
    }
}
