package io.throughline.api.console.cases;

import io.throughline.api.console.Subjects;
import io.throughline.domain.counter.CounterReturnId;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.Orders;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.sale.StoreDayId;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which process in Temporal a case is about. */
final class CaseProcess {
    /** The sweep names what runs for an account by its process; a comparison is a run of its account's schedule, or was asked for. */
    private static final Pattern BY_NAME =
            Pattern.compile("(?:order|inventory|stock-feed|erp-stock|catalog|customer|stock-import|case)/.+"
                    + "|reconcile/[^/]+(?:-[0-9]{4}-[0-9]{2}-[0-9]{2}T[^/]*|/asked)");

    private CaseProcess() {}

    /** Its workflow id; empty where none is known, as with a dead letter or a shelf. */
    static Optional<String> of(Case about, Orders orders) {
        String subject = about.subject();
        return Subjects.orderOf(subject)
                .flatMap(orders::view)
                .map(OrderView::key)
                .map(OrderKey::workflowId)
                .or(() -> ReturnId.about(subject)
                        .flatMap(returned -> orders.view(returned.order())
                                .map(view -> returned.workflowId(view.key().account()))))
                .or(() -> CounterReturnId.about(subject).map(CounterReturnId::workflowId))
                .or(() -> StoreDayId.of(subject).map(StoreDayId::value))
                .or(() -> Optional.of(subject)
                        .filter(name -> BY_NAME.matcher(name).matches()));
    }
}
