package io.throughline.api.console.order;

import io.throughline.api.console.Badge;
import io.throughline.api.console.JournalTable;
import io.throughline.api.console.Moment;
import io.throughline.api.console.Page;
import io.throughline.api.console.Section;
import io.throughline.api.console.TraceRow;
import io.throughline.api.console.cases.CaseRow;
import io.throughline.api.console.cases.EffectRow;
import io.throughline.api.console.returns.ReturnRow;
import io.throughline.api.order.OrderDetail;
import io.throughline.domain.inventory.OrderReservations.Reserved;
import java.util.List;
import java.util.Optional;

/**
 * One order: where it stands on each axis, its line, and everything that is known of it. {@code cancellationDeclined} is when one was declined last,
 * unless it was asked for again since.
 */
public record OrderPage(
        String id,
        String name,
        String account,
        String externalId,
        String channel,
        List<Axis> axes,
        boolean cancellationRequested,
        Optional<Moment> cancellationDeclined,
        Moment received,
        Moment changed,
        String processAddress,
        String cancelAddress,
        boolean mayCancel,
        OrderDetail detail,
        Optional<Deadlines> deadlines,
        Optional<RoutingTable> routing,
        List<WorkRow> work,
        List<CaseRow> cases,
        LinePicture picture,
        boolean intact,
        List<TraceRow> trace,
        List<EffectRow> effects,
        List<ReturnRow> returns,
        String booksAddress,
        List<JournalTable> journals,
        List<Reserved> reservations)
        implements Page {
    /** One axis of the order's state. */
    public record Axis(String name, Badge state) {}

    /** By when the order's marketplace wants to hear of it, and since when it has. */
    public record Deadlines(
            Moment acknowledgeBy, Optional<Moment> acknowledged, Moment shipBy, Optional<Moment> shipped) {}

    /** Work at one facility. */
    public record WorkRow(
            String id,
            String facility,
            String method,
            Badge state,
            String units,
            String reference,
            String tracking,
            Optional<String> reason,
            Optional<Moment> deadline) {}

    @Override
    public String template() {
        return "order";
    }

    @Override
    public String title() {
        return name.isBlank() ? id : name + " " + id;
    }

    @Override
    public Section section() {
        return Section.ORDERS;
    }
}
