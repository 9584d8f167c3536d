package io.throughline.api.http;

import io.throughline.domain.counter.CounterReturnId;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.ImportId;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.sale.StoreDayId;
import io.throughline.domain.transfer.TransferId;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** The addresses that answers point to: this API's own, and the Temporal UI's. */
public record Links(URI publicUrl, URI temporalUi, String temporalNamespace) {

    public URI order(OrderId id) {
        return URI.create(publicUrl + "/v1/orders/" + id);
    }

    /** A sale of a store, by the till's own id. */
    public URI storeSale(FacilityId store, String sale) {
        return URI.create(publicUrl + "/v1/stores/" + store + "/sales/" + sale);
    }

    public URI storeDay(StoreDayId day) {
        return URI.create(publicUrl + "/v1/stores/" + day.facility() + "/days/" + day.date());
    }

    public URI stockImport(ImportId id) {
        return URI.create(publicUrl + "/v1/imports/" + id);
    }

    public URI returned(ReturnId id) {
        return URI.create(publicUrl + "/v1/returns/" + id);
    }

    public URI counterReturn(CounterReturnId id) {
        return URI.create(publicUrl + "/v1/counter-returns/" + id);
    }

    public URI transfer(TransferId id) {
        return URI.create(publicUrl + "/v1/transfers/" + id);
    }

    /** The process of an order in the Temporal UI. */
    public URI process(OrderKey key) {
        return process(key.workflowId());
    }

    /** A process in the Temporal UI: its last run. */
    public URI process(String workflowId) {
        return URI.create(temporalUi + "/namespaces/" + temporalNamespace + "/workflows/"
                + URLEncoder.encode(workflowId, StandardCharsets.UTF_8));
    }

    /** One run of a process in the Temporal UI: its history. */
    public URI run(String workflowId, UUID run) {
        return URI.create(process(workflowId) + "/" + run + "/history");
    }

    /** One event of a run's history in the Temporal UI. */
    public URI event(String workflowId, UUID run, long event) {
        return URI.create(run(workflowId, run) + "/events/" + event);
    }

    /** Everything that leads on from an order, by what it is. */
    public Map<String, URI> ofOrder(OrderId id, OrderKey key) {
        Map<String, URI> links = new LinkedHashMap<>();
        links.put("self", order(id));
        links.put("trace", URI.create(order(id) + "/trace"));
        links.put("journals", URI.create(order(id) + "/journals"));
        links.put("process", process(key));
        return links;
    }
}
