package io.throughline.domain.returns;

import io.throughline.domain.fulfillment.FacilityId;
import java.util.List;

/** What is decided about goods that came with a return although nobody had authorised them. Nothing is paid for them. */
public interface UnexpectedGoods {
    /** Of those that nobody has decided about yet. */
    List<Return.Unexpected> undecided(ReturnId id);

    /**
     * They are in stock, held or gone with this. Once nothing is left to be decided of a return, its cases of such goods are closed. The same again does
     * nothing more.
     */
    ReturnIntake.Outcome decide(
            ReturnIntake.Submission submission, ReturnId id, FacilityId facility, List<Placed> units);

    /** Of a line of the order. Where the disposition sends them back, who has them at hand does that, by a label of their own. */
    record Placed(String lineId, int quantity, Disposition disposition) {
        public Placed {
            if (quantity < 1) {
                throw new IllegalArgumentException("line " + lineId + ": quantity must be at least 1");
            }
        }
    }
}
