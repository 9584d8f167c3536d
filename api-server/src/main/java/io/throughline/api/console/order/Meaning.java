package io.throughline.api.console.order;

import static io.throughline.api.console.Tone.BAD;
import static io.throughline.api.console.Tone.GOOD;
import static io.throughline.api.console.Tone.QUIET;
import static io.throughline.api.console.Tone.WAITING;
import static io.throughline.api.console.order.Lane.CHANNEL;
import static io.throughline.api.console.order.Lane.CUSTOMER;
import static io.throughline.api.console.order.Lane.ERP;
import static io.throughline.api.console.order.Lane.FACILITIES;
import static io.throughline.api.console.order.Lane.STOCK;
import static io.throughline.api.console.order.Lane.THROUGHLINE;

import io.throughline.api.console.Tone;
import java.util.Map;
import java.util.Optional;

/** Which lane of an order's picture a kind of entry stands in, and as what. What has none here is told in the trace below the picture only. */
record Meaning(Lane lane, String label, Tone tone) {
    private static final Map<String, Meaning> MEANINGS = Map.ofEntries(
            Map.entry("order.received", new Meaning(CHANNEL, "Received", GOOD)),
            Map.entry("order.submitted", new Meaning(CHANNEL, "Handed over", GOOD)),
            Map.entry("order.of-exchange", new Meaning(CHANNEL, "Taken in exchange", GOOD)),
            Map.entry("order.version", new Meaning(CHANNEL, "Read", GOOD)),
            Map.entry("order.edited", new Meaning(CHANNEL, "Edited", GOOD)),
            Map.entry("order.cancel-requested", new Meaning(CHANNEL, "Cancellation asked for", WAITING)),
            Map.entry("order.cancel-declined", new Meaning(THROUGHLINE, "Cancellation declined", QUIET)),
            Map.entry("order.repromised", new Meaning(CHANNEL, "Promise moved", GOOD)),
            Map.entry("order.unplaced", new Meaning(THROUGHLINE, "No place found", WAITING)),
            Map.entry("marketplace.deadlines", new Meaning(CHANNEL, "Deadlines set", QUIET)),
            Map.entry("marketplace.acknowledged", new Meaning(CHANNEL, "Taken on", GOOD)),
            Map.entry("marketplace.shipped", new Meaning(CHANNEL, "Shipment told", GOOD)),
            Map.entry("marketplace.cancellation-asked", new Meaning(CHANNEL, "Cancellation asked for", WAITING)),
            Map.entry("marketplace.called-off", new Meaning(CHANNEL, "Called off", QUIET)),
            Map.entry("refund.issued", new Meaning(CHANNEL, "Money given back", GOOD)),
            Map.entry("stock.reserved", new Meaning(STOCK, "Reserved", GOOD)),
            Map.entry("stock.backordered", new Meaning(STOCK, "Backordered", WAITING)),
            Map.entry("stock.released", new Meaning(STOCK, "Given back", QUIET)),
            Map.entry("stock.displaced", new Meaning(STOCK, "Stock lost", BAD)),
            Map.entry("stock.freed", new Meaning(STOCK, "Stock came", GOOD)),
            Map.entry("work.allocated", new Meaning(FACILITIES, "Allocated", GOOD)),
            Map.entry("work.goods-sent", new Meaning(FACILITIES, "Goods sent to store", GOOD)),
            Map.entry("work.goods-arrived", new Meaning(FACILITIES, "Goods at store", GOOD)),
            Map.entry("work.released", new Meaning(FACILITIES, "Work given out", GOOD)),
            Map.entry("work.paused", new Meaning(FACILITIES, "Facility paused", WAITING)),
            Map.entry("work.resumed", new Meaning(FACILITIES, "Facility works again", GOOD)),
            Map.entry("work.person-shown", new Meaning(FACILITIES, "Customer shown", QUIET)),
            Map.entry("work.arrived", new Meaning(CUSTOMER, "At the store", GOOD)),
            Map.entry("work.code-refused", new Meaning(CUSTOMER, "Wrong pickup code", WAITING)),
            Map.entry("work.handed-over", new Meaning(FACILITIES, "Handed over", GOOD)),
            Map.entry("work.kept", new Meaning(FACILITIES, "Not given back", WAITING)),
            Map.entry("work.extended", new Meaning(FACILITIES, "More time given", WAITING)),
            Map.entry("parcel.labelled", new Meaning(THROUGHLINE, "Parcel labelled", GOOD)),
            Map.entry("parcel.label-refused", new Meaning(THROUGHLINE, "Label refused", WAITING)),
            Map.entry("parcel.status", new Meaning(THROUGHLINE, "Parcel moved", GOOD)),
            Map.entry("parcel.voided", new Meaning(THROUGHLINE, "Label given back", QUIET)),
            Map.entry("reroute.opened", new Meaning(THROUGHLINE, "Reroute begun", WAITING)),
            Map.entry("reroute.waits", new Meaning(THROUGHLINE, "Supply waited for", WAITING)),
            Map.entry("reroute.offered", new Meaning(CUSTOMER, "Choice offered", WAITING)),
            Map.entry("reroute.unanswered", new Meaning(CUSTOMER, "Not answered yet", WAITING)),
            Map.entry("reroute.answered", new Meaning(CUSTOMER, "Choice made", GOOD)),
            Map.entry("reroute.ended", new Meaning(THROUGHLINE, "Reroute ended", GOOD)),
            Map.entry("return.authorised", new Meaning(THROUGHLINE, "Return authorised", GOOD)),
            Map.entry("return.approved", new Meaning(THROUGHLINE, "Return approved", GOOD)),
            Map.entry("return.refused", new Meaning(THROUGHLINE, "Return refused", QUIET)),
            Map.entry("return.money-refused", new Meaning(THROUGHLINE, "Refund refused", QUIET)),
            Map.entry("return.regraded", new Meaning(FACILITIES, "Goods looked at again", GOOD)),
            Map.entry("return.unexpected-decided", new Meaning(FACILITIES, "Unexpected goods placed", GOOD)),
            Map.entry("return.advance-owed", new Meaning(CUSTOMER, "Advance owed", WAITING)),
            Map.entry("return.labelled", new Meaning(THROUGHLINE, "Return labelled", GOOD)),
            Map.entry("return.label-refused", new Meaning(THROUGHLINE, "Label refused", WAITING)),
            Map.entry("return.unlabelled", new Meaning(THROUGHLINE, "No label bought", QUIET)),
            Map.entry("return.label-voided", new Meaning(THROUGHLINE, "Label given back", QUIET)),
            Map.entry("return.parcel", new Meaning(CUSTOMER, "Return moved", GOOD)),
            Map.entry("return.received", new Meaning(FACILITIES, "Goods came back", GOOD)),
            Map.entry("return.inspected", new Meaning(FACILITIES, "Goods inspected", GOOD)),
            Map.entry("return.overdue", new Meaning(THROUGHLINE, "Return overdue", WAITING)),
            Map.entry("return.refund-failed", new Meaning(CHANNEL, "Refund failed", BAD)),
            Map.entry("return.refund-asked", new Meaning(CHANNEL, "Asked to give back", WAITING)),
            Map.entry("return.refund-told", new Meaning(CHANNEL, "Refund answered", GOOD)),
            Map.entry("return.passed-on", new Meaning(CHANNEL, "Credit given back", GOOD)),
            Map.entry("return.exchange-owed", new Meaning(CUSTOMER, "Exchange to be paid", WAITING)),
            Map.entry("return.exchange-paid", new Meaning(CUSTOMER, "Exchange paid", GOOD)),
            Map.entry("return.exchange-ordered", new Meaning(THROUGHLINE, "Exchange ordered", GOOD)),
            Map.entry("return.exchange-given-up", new Meaning(THROUGHLINE, "Exchange given up", QUIET)),
            Map.entry("return.closed", new Meaning(THROUGHLINE, "Return closed", GOOD)),
            Map.entry("journal.posted", new Meaning(ERP, "Booked", GOOD)),
            Map.entry("journal.confirmed", new Meaning(ERP, "Books agree", GOOD)),
            Map.entry("journal.reversed", new Meaning(ERP, "Reversed", QUIET)),
            Map.entry("case.opened", new Meaning(THROUGHLINE, "Case opened", BAD)),
            Map.entry("case.decided", new Meaning(THROUGHLINE, "Decided", QUIET)),
            Map.entry("case.reopened", new Meaning(THROUGHLINE, "Case open again", BAD)),
            Map.entry("case.restated", new Meaning(THROUGHLINE, "Case says something else", QUIET)),
            Map.entry("case.closed", new Meaning(THROUGHLINE, "Case closed", QUIET)));

    static Optional<Meaning> of(String kind) {
        return Optional.ofNullable(MEANINGS.get(kind));
    }
}
